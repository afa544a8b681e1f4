import type { LyncConfiguration } from "../types.ts";
import { edge, lyncPools, sipDomain } from "./hosts.ts";
import { topologyConfiguration } from "./lync-topology-configuration.ts";
import { voiceConfiguration } from "./lync-voice-configuration.ts";
import { contosoPlan } from "./plans.ts";

/** Destination of Cloud Voicemail in the worldwide cloud. */
const cloudVoicemail = "exap.um.outlook.com";

function providers(): LyncConfiguration {
  const provider = { EnabledSharedAddressSpace: true, IsLocal: false, Enabled: true };
  return {
    CsHostingProvider: [
      { ...provider, Identity: "Cloud Voicemail", Name: "Cloud Voicemail", ProxyFqdn: cloudVoicemail, VerificationLevel: "UseSourceVerification", HostsOCSUsers: false, AutodiscoverUrl: null },
      {
        ...provider,
        Identity: "Online",
        Name: "Online",
        ProxyFqdn: "sipfed.online.lync.com",
        VerificationLevel: "UseSourceVerification",
        HostsOCSUsers: true,
        AutodiscoverUrl: "https://webdir.online.lync.com/Autodiscover/AutodiscoverService.svc/root",
      },
    ],
    CsPublicProvider: [],
    CsHostedVoicemailPolicy: [
      { Identity: "Global", Description: null, Destination: cloudVoicemail, Organization: "contoso.onmicrosoft.com", Tenant: null },
      { Identity: "Tag:CloudVoicemail", Description: "Users with mailboxes online", Destination: cloudVoicemail, Organization: "contoso.onmicrosoft.com", Tenant: null },
    ],
  };
}

function edgeConfiguration(): LyncConfiguration {
  return {
    CsAccessEdgeConfiguration: [
      {
        Identity: "Global",
        AllowAnonymousUsers: true,
        AllowFederatedUsers: true,
        AllowOutsideUsers: true,
        BeClearingHouse: false,
        EnablePartnerDiscovery: true,
        KeepCrlsUpToDateForPeers: true,
        MarkSourceVerifiableOnOutgoingMessages: true,
        OutgoingTlsCountForFederatedPartners: 4,
        RoutingMethod: "UseDnsSrvRouting",
      },
    ],
    CsManagementStoreReplicationStatus: [...lyncPools.flatMap((pool) => pool.members.map((member) => member.fqdn)), edge.internal.fqdn].map((fqdn) => ({
      Identity: fqdn,
      ReplicaFqdn: fqdn,
      UpToDate: true,
      LastStatusReport: "2016-05-02T08:15:00Z",
      LastUpdateCreation: "2016-05-02T08:10:00Z",
      ProductVersion: "5.0.8308.0",
    })),
  };
}

function simpleUrl(Component: string, Domain: string, label: string): Readonly<Record<string, unknown>> {
  return { Component, Domain, ActiveUrl: `https://${label}.${sipDomain}` };
}

function mediaConfiguration(): LyncConfiguration {
  return {
    CsMediaConfiguration: [{ Identity: "Global", EnableQoS: false, EncryptionLevel: "RequireEncryption", EnableSiren: false, MaxVideoRateAllowed: "VGA600K", EnableG722StereoCodec: true }],
    CsUCPhoneConfiguration: [
      { Identity: "Global", CalendarPollInterval: "00:03:00", EnforcePhoneLock: true, PhoneLockTimeout: "00:10:00", MinPhonePinLength: 6, SIPSecurityMode: "High", VoiceDiffServTag: 40, Voice8021p: 0, LoggingLevel: "Off" },
    ],
    CsVoicemailReroutingConfiguration: [
      { Identity: "Global", Enabled: false, AutoAttendantNumber: null, SubscriberAccessNumber: null },
      { Identity: "Site:Portland", Enabled: true, AutoAttendantNumber: contosoPlan.autoAttendant?.number ?? null, SubscriberAccessNumber: contosoPlan.accessNumber },
    ],
    CsSimpleUrlConfiguration: [{ Identity: "Global", SimpleUrl: [simpleUrl("Cscp", "*", "admin"), simpleUrl("Dialin", "*", "dialin"), simpleUrl("Meet", sipDomain, "meet")] }],
    CsSipDomain: [{ Identity: sipDomain, Name: sipDomain, IsDefault: true }],
  };
}

/** The Central Management Store as the collector exports it: cmdlet noun → objects. Everything is set as the documents demand. */
export function lyncConfiguration(): LyncConfiguration {
  return { ...topologyConfiguration(), ...voiceConfiguration(), ...mediaConfiguration(), ...providers(), ...edgeConfiguration() };
}
