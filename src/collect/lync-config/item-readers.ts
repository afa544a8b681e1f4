import { count, flag, moment, nameOf, objectList, oneOf, scopeOf, seconds, text, textList } from "./field-readers.ts";
import type { ItemReaders } from "./field-readers.ts";
import type { LyncSimpleUrl, NormalizationRule, SipResponseCodeTranslation, TranslationRule, VerificationLevel } from "./items.ts";
import type { SectionItems, SectionName } from "./types.ts";

/** Sections that are lists of cmdlet objects: all but the topology. */
export type ObjectSectionName = Exclude<SectionName, "topology">;

const identity = text("Identity");
const scope = scopeOf("Identity");
const verificationLevel = oneOf<VerificationLevel>("VerificationLevel", ["AlwaysVerifiable", "AlwaysUnverifiable", "UseSourceVerification"]);

const translationRule: ItemReaders<TranslationRule> = {
  name: text("Name"),
  description: text("Description"),
  pattern: text("Pattern"),
  translation: text("Translation"),
};
const normalizationRule: ItemReaders<NormalizationRule> = { ...translationRule, isInternalExtension: flag("IsInternalExtension") };
const responseCodeTranslation: ItemReaders<SipResponseCodeTranslation> = {
  name: text("Name"),
  receivedResponseCode: count("ReceivedResponseCode"),
  receivedIsupCauseValue: count("ReceivedISUPCauseValue"),
  translatedResponseCode: count("TranslatedResponseCode"),
};

const simpleUrl: ItemReaders<LyncSimpleUrl> = { component: text("Component"), domain: text("Domain"), activeUrl: text("ActiveUrl") };

const dialPlans: ItemReaders<SectionItems["dialPlans"]> = {
  identity,
  scope,
  simpleName: text("SimpleName"),
  description: text("Description"),
  dialinConferencingRegion: text("DialinConferencingRegion"),
  normalizationRules: objectList(normalizationRule, "NormalizationRules", "NormalizationRule"),
  countryCode: text("CountryCode"),
  state: text("State"),
  city: text("City"),
  externalAccessPrefix: text("ExternalAccessPrefix"),
  optimizeDeviceDialing: flag("OptimizeDeviceDialing"),
};

const mediaConfigurations: ItemReaders<SectionItems["mediaConfigurations"]> = {
  identity,
  scope,
  encryptionLevel: oneOf("EncryptionLevel", ["RequireEncryption", "SupportEncryption", "DoNotSupportEncryption"]),
  enableQoS: flag("EnableQoS"),
  enableSiren: flag("EnableSiren"),
  maxVideoRateAllowed: nameOf("MaxVideoRateAllowed"),
  enableG722StereoCodec: flag("EnableG722StereoCodec"),
  enableH264Codec: flag("EnableH264Codec"),
  enableAdaptiveBandwidthEstimation: flag("EnableAdaptiveBandwidthEstimation"),
  enableDtls: flag("EnableDtls"),
  enableRtpRtcpMultiplexing: flag("EnableRtpRtcpMultiplexing"),
  enableAvBundling: flag("EnableAVBundling"),
  enableInCallQoS: flag("EnableInCallQoS"),
  inCallQoSIntervalSeconds: count("InCallQoSIntervalSeconds"),
  enableRtx: flag("EnableRtx"),
  enableReceiveAgc: flag("EnableReceiveAgc"),
  enableVideoBasedSharing: flag("EnableVideoBasedSharing"),
  enableServerFecForVideoInterop: flag("EnableServerFecForVideoInterop"),
  enableSilkForAudioVideoConferences: flag("EnableSilkForAudioVideoConferences"),
  waitIceCompletedToAddDialOutUser: flag("WaitIceCompletedToAddDialOutUser"),
};

const voicePolicies: ItemReaders<SectionItems["voicePolicies"]> = {
  identity,
  scope,
  name: text("Name"),
  description: text("Description"),
  pstnUsages: textList("PstnUsages", "PstnUsage"),
  customCallForwardingSimulRingUsages: textList("CustomCallForwardingSimulRingUsages", "CustomCallForwardingSimulRingUsage"),
  allowSimulRing: flag("AllowSimulRing"),
  allowCallForwarding: flag("AllowCallForwarding"),
  allowPstnReRouting: flag("AllowPSTNReRouting"),
  enableDelegation: flag("EnableDelegation"),
  enableTeamCall: flag("EnableTeamCall"),
  enableCallTransfer: flag("EnableCallTransfer"),
  enableCallPark: flag("EnableCallPark"),
  enableBusyOptions: flag("EnableBusyOptions"),
  enableMaliciousCallTracing: flag("EnableMaliciousCallTracing"),
  enableBandwidthPolicyOverride: flag("EnableBWPolicyOverride"),
  preventPstnTollBypass: flag("PreventPSTNTollBypass"),
  enableVoicemailEscapeTimer: flag("EnableVoicemailEscapeTimer"),
  pstnVoicemailEscapeTimerMs: count("PSTNVoicemailEscapeTimer"),
  callForwardingSimulRingUsageType: oneOf("CallForwardingSimulRingUsageType", ["VoicePolicyUsage", "InternalOnly", "CustomUsage"]),
  voiceDeploymentMode: oneOf("VoiceDeploymentMode", ["OnPrem", "Online", "OnlineBasic", "OnPremOnlineHybrid"]),
};

const voiceRoutes: ItemReaders<SectionItems["voiceRoutes"]> = {
  identity,
  name: text("Name"),
  description: text("Description"),
  priority: count("Priority"),
  numberPattern: text("NumberPattern"),
  pstnUsages: textList("PstnUsages", "PstnUsage"),
  pstnGateways: textList("PstnGatewayList", "PstnGateway"),
  suppressCallerId: flag("SuppressCallerId"),
  alternateCallerId: text("AlternateCallerId"),
};

const trunkConfigurations: ItemReaders<SectionItems["trunkConfigurations"]> = {
  identity,
  scope,
  description: text("Description"),
  srtpMode: oneOf("SRTPMode", ["Required", "Optional", "NotSupported"]),
  outboundTranslationRules: objectList(translationRule, "OutboundTranslationRulesList", "OutboundTranslationRule"),
  sipResponseCodeTranslations: objectList(responseCodeTranslation, "SipResponseCodeTranslationRulesList", "SipResponseCodeTranslationRule"),
  pstnUsages: textList("PstnUsages", "PstnUsage"),
  maxEarlyDialogs: count("MaxEarlyDialogs"),
  concentratedTopology: flag("ConcentratedTopology"),
  enableBypass: flag("EnableBypass"),
  enableMobileTrunkSupport: flag("EnableMobileTrunkSupport"),
  enableReferSupport: flag("EnableReferSupport"),
  enable3pccRefer: flag("Enable3pccRefer"),
  enableSessionTimer: flag("EnableSessionTimer"),
  enableSignalBoost: flag("EnableSignalBoost"),
  enablePidfLoSupport: flag("EnablePIDFLOSupport"),
  enableRtpLatching: flag("EnableRTPLatching"),
  enableOnlineVoice: flag("EnableOnlineVoice"),
  enableFastFailoverTimer: flag("EnableFastFailoverTimer"),
  removePlusFromUri: flag("RemovePlusFromUri"),
  rtcpActiveCalls: flag("RTCPActiveCalls"),
  rtcpCallsOnHold: flag("RTCPCallsOnHold"),
  forwardCallHistory: flag("ForwardCallHistory"),
  forwardPai: flag("ForwardPAI"),
};

const publicProviders: ItemReaders<SectionItems["publicProviders"]> = {
  identity,
  name: text("Name", "ProviderName"),
  proxyFqdn: text("ProxyFqdn"),
  verificationLevel,
  enabled: flag("Enabled"),
};

const hostingProviders: ItemReaders<SectionItems["hostingProviders"]> = {
  ...publicProviders,
  enabledSharedAddressSpace: flag("EnabledSharedAddressSpace"),
  hostsOcsUsers: flag("HostsOCSUsers"),
  isLocal: flag("IsLocal"),
  autodiscoverUrl: text("AutodiscoverUrl"),
};

const accessEdgeConfiguration: ItemReaders<SectionItems["accessEdgeConfiguration"]> = {
  identity,
  routingMethod: nameOf("RoutingMethod"),
  allowAnonymousUsers: flag("AllowAnonymousUsers"),
  allowFederatedUsers: flag("AllowFederatedUsers"),
  allowOutsideUsers: flag("AllowOutsideUsers"),
  beClearingHouse: flag("BeClearingHouse"),
  enablePartnerDiscovery: flag("EnablePartnerDiscovery"),
  enableArchivingDisclaimer: flag("EnableArchivingDisclaimer"),
  enableUserReplicator: flag("EnableUserReplicator"),
  keepCrlsUpToDateForPeers: flag("KeepCrlsUpToDateForPeers"),
  markSourceVerifiableOnOutgoingMessages: flag("MarkSourceVerifiableOnOutgoingMessages"),
  outgoingTlsCountForFederatedPartners: count("OutgoingTlsCountForFederatedPartners"),
  discoveredPartnerStandardRate: count("DiscoveredPartnerStandardRate"),
  enableDiscoveredPartnerContactsLimit: flag("EnableDiscoveredPartnerContactsLimit"),
  maxContactsPerDiscoveredPartner: count("MaxContactsPerDiscoveredPartner"),
  discoveredPartnerReportPeriodMinutes: count("DiscoveredPartnerReportPeriodMinutes"),
  maxAcceptedCertificatesStored: count("MaxAcceptedCertificatesStored"),
  maxRejectedCertificatesStored: count("MaxRejectedCertificatesStored"),
  certificatesDeletedPercentage: count("CertificatesDeletedPercentage"),
  defaultRouteFqdn: text("DefaultRouteFqdn"),
  verificationLevel,
  isPublicProvider: flag("IsPublicProvider"),
};

const exUmContacts: ItemReaders<SectionItems["exUmContacts"]> = {
  identity,
  sipAddress: text("SipAddress"),
  displayName: text("DisplayName"),
  displayNumber: text("DisplayNumber"),
  lineUri: text("LineURI"),
  registrarPool: text("RegistrarPool"),
  homeServer: text("HomeServer"),
  enabled: flag("Enabled"),
  enterpriseVoiceEnabled: flag("EnterpriseVoiceEnabled"),
  exUmEnabled: flag("ExUmEnabled"),
  autoAttendant: flag("AutoAttendant"),
  isSubscriberAccess: flag("IsSubscriberAccess"),
  description: text("Description"),
  otherIpPhone: textList("OtherIpPhone"),
};

/** How the objects of each cmdlet are read; property names as its documentation spells them. */
export const itemReaders: { readonly [K in ObjectSectionName]: ItemReaders<SectionItems[K]> } = {
  dialPlans,
  mediaConfigurations,
  voicePolicies,
  voiceRoutes,
  trunkConfigurations,
  hostingProviders,
  publicProviders,
  accessEdgeConfiguration,
  exUmContacts,
  pstnUsages: { identity, usages: textList("Usage") },
  hostedVoicemailPolicies: { identity, scope, description: text("Description"), destination: text("Destination"), organization: text("Organization"), tenant: text("Tenant") },
  ucPhoneConfigurations: {
    identity,
    scope,
    sipSecurityMode: oneOf("SIPSecurityMode", ["High", "Medium", "Low"]),
    calendarPollIntervalSeconds: seconds("CalendarPollInterval"),
    enforcePhoneLock: flag("EnforcePhoneLock"),
    phoneLockTimeoutSeconds: seconds("PhoneLockTimeout"),
    minPhonePinLength: count("MinPhonePinLength"),
    voiceDiffServTag: count("VoiceDiffServTag"),
    voice8021p: count("Voice8021p"),
    loggingLevel: oneOf("LoggingLevel", ["Off", "Low", "Medium", "High"]),
  },
  voicemailRerouting: { identity, scope, enabled: flag("Enabled"), autoAttendantNumber: text("AutoAttendantNumber"), subscriberAccessNumber: text("SubscriberAccessNumber") },
  simpleUrls: { identity, scope, simpleUrls: objectList(simpleUrl, "SimpleUrl") },
  sipDomains: { identity, name: text("Name", "Identity"), isDefault: flag("IsDefault") },
  replicationStatus: {
    identity: text("ReplicaFqdn"),
    replicaFqdn: text("ReplicaFqdn"),
    upToDate: flag("UpToDate"),
    lastStatusReport: moment("LastStatusReport"),
    lastUpdateCreation: moment("LastUpdateCreation"),
    productVersion: text("ProductVersion"),
  },
};
