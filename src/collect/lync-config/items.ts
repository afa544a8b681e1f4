import type { Field } from "./field-types.ts";

/** Where a setting applies, from its Identity: `Global`, `Site:name`, `Service:role:fqdn`, `Tag:name` or a plain name (granted to users). */
export type Scope =
  | { readonly kind: "global" }
  | { readonly kind: "site"; readonly site: string }
  | { readonly kind: "service"; readonly role: string; readonly fqdn: string }
  | { readonly kind: "user"; readonly name: string };

/** One normalisation or outbound translation rule; pattern and translation are .NET regular expressions. */
export interface TranslationRule {
  readonly name: Field<string>;
  readonly description: Field<string>;
  readonly pattern: Field<string>;
  readonly translation: Field<string>;
}

/** One normalisation rule of a dial plan. */
export interface NormalizationRule extends TranslationRule {
  readonly isInternalExtension: Field<boolean>;
}

/** Get-CsDialPlan. `simpleName` is what a UM dial plan's phone context must equal. */
export interface LyncDialPlan {
  readonly identity: Field<string>;
  readonly scope: Field<Scope>;
  readonly simpleName: Field<string>;
  readonly description: Field<string>;
  readonly dialinConferencingRegion: Field<string>;
  readonly normalizationRules: Field<readonly NormalizationRule[]>;
  readonly countryCode: Field<string>;
  readonly state: Field<string>;
  readonly city: Field<string>;
  readonly externalAccessPrefix: Field<string>;
  readonly optimizeDeviceDialing: Field<boolean>;
}

/** Media encryption of Get-CsMediaConfiguration. */
export type EncryptionLevel = "RequireEncryption" | "SupportEncryption" | "DoNotSupportEncryption";

/** Get-CsMediaConfiguration. */
export interface LyncMediaConfiguration {
  readonly identity: Field<string>;
  readonly scope: Field<Scope>;
  readonly encryptionLevel: Field<EncryptionLevel>;
  readonly enableQoS: Field<boolean>;
  readonly enableSiren: Field<boolean>;
  readonly maxVideoRateAllowed: Field<string>;
  readonly enableG722StereoCodec: Field<boolean>;
  readonly enableH264Codec: Field<boolean>;
  readonly enableAdaptiveBandwidthEstimation: Field<boolean>;
  readonly enableDtls: Field<boolean>;
  readonly enableRtpRtcpMultiplexing: Field<boolean>;
  readonly enableAvBundling: Field<boolean>;
  readonly enableInCallQoS: Field<boolean>;
  readonly inCallQoSIntervalSeconds: Field<number>;
  readonly enableRtx: Field<boolean>;
  readonly enableReceiveAgc: Field<boolean>;
  readonly enableVideoBasedSharing: Field<boolean>;
  readonly enableServerFecForVideoInterop: Field<boolean>;
  readonly enableSilkForAudioVideoConferences: Field<boolean>;
  readonly waitIceCompletedToAddDialOutUser: Field<boolean>;
}

/** Get-CsVoicePolicy. */
export interface LyncVoicePolicy {
  readonly identity: Field<string>;
  readonly scope: Field<Scope>;
  readonly name: Field<string>;
  readonly description: Field<string>;
  readonly pstnUsages: Field<readonly string[]>;
  readonly customCallForwardingSimulRingUsages: Field<readonly string[]>;
  readonly allowSimulRing: Field<boolean>;
  readonly allowCallForwarding: Field<boolean>;
  readonly allowPstnReRouting: Field<boolean>;
  readonly enableDelegation: Field<boolean>;
  readonly enableTeamCall: Field<boolean>;
  readonly enableCallTransfer: Field<boolean>;
  readonly enableCallPark: Field<boolean>;
  readonly enableBusyOptions: Field<boolean>;
  readonly enableMaliciousCallTracing: Field<boolean>;
  readonly enableBandwidthPolicyOverride: Field<boolean>;
  readonly preventPstnTollBypass: Field<boolean>;
  readonly enableVoicemailEscapeTimer: Field<boolean>;
  readonly pstnVoicemailEscapeTimerMs: Field<number>;
  readonly callForwardingSimulRingUsageType: Field<"VoicePolicyUsage" | "InternalOnly" | "CustomUsage">;
  readonly voiceDeploymentMode: Field<"OnPrem" | "Online" | "OnlineBasic" | "OnPremOnlineHybrid">;
}

/** Get-CsVoiceRoute. `priority` 0 is tried first; `pstnGateways` are identities such as `PstnGateway:gw.contoso.test`. */
export interface LyncVoiceRoute {
  readonly identity: Field<string>;
  readonly name: Field<string>;
  readonly description: Field<string>;
  readonly priority: Field<number>;
  readonly numberPattern: Field<string>;
  readonly pstnUsages: Field<readonly string[]>;
  readonly pstnGateways: Field<readonly string[]>;
  readonly suppressCallerId: Field<boolean>;
  readonly alternateCallerId: Field<string>;
}

/** Get-CsPstnUsage: one object, Global, with all usages in order. */
export interface LyncPstnUsages {
  readonly identity: Field<string>;
  readonly usages: Field<readonly string[]>;
}

/** One SIP response code translation of a trunk. */
export interface SipResponseCodeTranslation {
  readonly name: Field<string>;
  readonly receivedResponseCode: Field<number>;
  readonly receivedIsupCauseValue: Field<number>;
  readonly translatedResponseCode: Field<number>;
}

/** Get-CsTrunkConfiguration. */
export interface LyncTrunkConfiguration {
  readonly identity: Field<string>;
  readonly scope: Field<Scope>;
  readonly description: Field<string>;
  readonly srtpMode: Field<"Required" | "Optional" | "NotSupported">;
  readonly outboundTranslationRules: Field<readonly TranslationRule[]>;
  readonly sipResponseCodeTranslations: Field<readonly SipResponseCodeTranslation[]>;
  readonly pstnUsages: Field<readonly string[]>;
  readonly maxEarlyDialogs: Field<number>;
  readonly concentratedTopology: Field<boolean>;
  readonly enableBypass: Field<boolean>;
  readonly enableMobileTrunkSupport: Field<boolean>;
  readonly enableReferSupport: Field<boolean>;
  readonly enable3pccRefer: Field<boolean>;
  readonly enableSessionTimer: Field<boolean>;
  readonly enableSignalBoost: Field<boolean>;
  readonly enablePidfLoSupport: Field<boolean>;
  readonly enableRtpLatching: Field<boolean>;
  readonly enableOnlineVoice: Field<boolean>;
  readonly enableFastFailoverTimer: Field<boolean>;
  readonly removePlusFromUri: Field<boolean>;
  readonly rtcpActiveCalls: Field<boolean>;
  readonly rtcpCallsOnHold: Field<boolean>;
  readonly forwardCallHistory: Field<boolean>;
  readonly forwardPai: Field<boolean>;
}

/** How far a partner's identity claims are believed. */
export type VerificationLevel = "AlwaysVerifiable" | "AlwaysUnverifiable" | "UseSourceVerification";

/** Get-CsPublicProvider. */
export interface LyncPublicProvider {
  readonly identity: Field<string>;
  readonly name: Field<string>;
  readonly proxyFqdn: Field<string>;
  readonly verificationLevel: Field<VerificationLevel>;
  readonly enabled: Field<boolean>;
}

/** Get-CsHostingProvider. */
export interface LyncHostingProvider extends LyncPublicProvider {
  readonly enabledSharedAddressSpace: Field<boolean>;
  readonly hostsOcsUsers: Field<boolean>;
  readonly isLocal: Field<boolean>;
  readonly autodiscoverUrl: Field<string>;
}

/** Get-CsHostedVoicemailPolicy. `organization` is the text as stored: tenant FQDNs separated by commas. */
export interface LyncHostedVoicemailPolicy {
  readonly identity: Field<string>;
  readonly scope: Field<Scope>;
  readonly description: Field<string>;
  readonly destination: Field<string>;
  readonly organization: Field<string>;
  readonly tenant: Field<string>;
}

/** Get-CsAccessEdgeConfiguration. `routingMethod` is the name as shown; the last three belong to default routing only. */
export interface LyncAccessEdgeConfiguration {
  readonly identity: Field<string>;
  readonly routingMethod: Field<string>;
  readonly allowAnonymousUsers: Field<boolean>;
  readonly allowFederatedUsers: Field<boolean>;
  readonly allowOutsideUsers: Field<boolean>;
  readonly beClearingHouse: Field<boolean>;
  readonly enablePartnerDiscovery: Field<boolean>;
  readonly enableArchivingDisclaimer: Field<boolean>;
  readonly enableUserReplicator: Field<boolean>;
  readonly keepCrlsUpToDateForPeers: Field<boolean>;
  readonly markSourceVerifiableOnOutgoingMessages: Field<boolean>;
  readonly outgoingTlsCountForFederatedPartners: Field<number>;
  readonly discoveredPartnerStandardRate: Field<number>;
  readonly enableDiscoveredPartnerContactsLimit: Field<boolean>;
  readonly maxContactsPerDiscoveredPartner: Field<number>;
  readonly discoveredPartnerReportPeriodMinutes: Field<number>;
  readonly maxAcceptedCertificatesStored: Field<number>;
  readonly maxRejectedCertificatesStored: Field<number>;
  readonly certificatesDeletedPercentage: Field<number>;
  readonly defaultRouteFqdn: Field<string>;
  readonly verificationLevel: Field<VerificationLevel>;
  readonly isPublicProvider: Field<boolean>;
}

/** Get-CsUCPhoneConfiguration. */
export interface LyncUcPhoneConfiguration {
  readonly identity: Field<string>;
  readonly scope: Field<Scope>;
  readonly sipSecurityMode: Field<"High" | "Medium" | "Low">;
  readonly calendarPollIntervalSeconds: Field<number>;
  readonly enforcePhoneLock: Field<boolean>;
  readonly phoneLockTimeoutSeconds: Field<number>;
  readonly minPhonePinLength: Field<number>;
  readonly voiceDiffServTag: Field<number>;
  readonly voice8021p: Field<number>;
  readonly loggingLevel: Field<"Off" | "Low" | "Medium" | "High">;
}

/** Get-CsVoicemailReroutingConfiguration. */
export interface LyncVoicemailRerouting {
  readonly identity: Field<string>;
  readonly scope: Field<Scope>;
  readonly enabled: Field<boolean>;
  readonly autoAttendantNumber: Field<string>;
  readonly subscriberAccessNumber: Field<string>;
}

/** One simple URL. `component` is Meet, Dialin or Cscp; `domain` a SIP domain or `*`. */
export interface LyncSimpleUrl {
  readonly component: Field<string>;
  readonly domain: Field<string>;
  readonly activeUrl: Field<string>;
}

/** Get-CsSimpleUrlConfiguration: the simple URLs of one scope. */
export interface LyncSimpleUrlConfiguration {
  readonly identity: Field<string>;
  readonly scope: Field<Scope>;
  readonly simpleUrls: Field<readonly LyncSimpleUrl[]>;
}

/** One SIP domain, from Get-CsSipDomain or from a topology. */
export interface LyncSipDomain {
  readonly identity: Field<string>;
  readonly name: Field<string>;
  readonly isDefault: Field<boolean>;
}

/** Get-CsManagementStoreReplicationStatus; times are ISO 8601 in UTC. */
export interface LyncReplicationStatus {
  readonly identity: Field<string>;
  readonly replicaFqdn: Field<string>;
  readonly upToDate: Field<boolean>;
  readonly lastStatusReport: Field<string>;
  readonly lastUpdateCreation: Field<string>;
  readonly productVersion: Field<string>;
}

/** Get-CsExUmContact; `identity` is the distinguished name. */
export interface LyncExUmContact {
  readonly identity: Field<string>;
  readonly sipAddress: Field<string>;
  readonly displayName: Field<string>;
  readonly displayNumber: Field<string>;
  readonly lineUri: Field<string>;
  readonly registrarPool: Field<string>;
  readonly homeServer: Field<string>;
  readonly enabled: Field<boolean>;
  readonly enterpriseVoiceEnabled: Field<boolean>;
  readonly exUmEnabled: Field<boolean>;
  readonly autoAttendant: Field<boolean>;
  readonly isSubscriberAccess: Field<boolean>;
  readonly description: Field<string>;
  readonly otherIpPhone: Field<readonly string[]>;
}
