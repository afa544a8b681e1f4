import { bool, factsFrom, int, list, oneOf, record, ref, text, type Kind } from "../fact-type.ts";

const { fact, optional } = factsFrom("lync-config");
const derived = factsFrom("derived");

const scope = fact(oneOf("global", "site", "service", "user"), "Scope");
const identity = fact(text, "Identity");

/** Lync / Skype for Business configuration from files (Central Management Store). */
export const configurationKinds = {
  lyncConfiguration: {
    title: "Lync configuration",
    listedBy: [{ kind: "deployment", fact: "lyncConfigurations" }],
    facts: {
      inputs: fact(list(text), "Files that were read, with their formats"),
      dialPlans: fact(list(ref("lyncDialPlan")), "Dial plans"),
      mediaConfigurations: fact(list(ref("mediaConfiguration")), "Media configurations"),
      hostingProviders: fact(list(ref("hostingProvider")), "Hosting providers"),
      hostedVoicemailPolicies: fact(list(ref("hostedVoicemailPolicy")), "Hosted voice mail policies"),
      accessEdge: fact(list(ref("accessEdgeConfiguration")), "Access Edge configuration"),
      phoneConfigurations: fact(list(ref("phoneConfiguration")), "UC phone configurations"),
      voicePolicies: fact(list(ref("voicePolicy")), "Voice policies"),
      pstnUsages: fact(list(ref("pstnUsage")), "PSTN usages, in order"),
      voiceRoutes: fact(list(ref("voiceRoute")), "Voice routes"),
      trunkConfigurations: fact(list(ref("trunkConfiguration")), "Trunk configurations"),
      voicemailReroutings: fact(list(ref("voicemailRerouting")), "Voice mail rerouting configurations"),
      publicProviders: fact(list(ref("publicProvider")), "Public providers"),
      replicas: fact(list(ref("configurationReplica")), "Replicas of the configuration, with their status"),
      simpleUrls: fact(list(ref("simpleUrl")), "Simple URLs of all collections"),
      topologyPools: fact(list(ref("topologyPool")), "Pools of the topology"),
      pstnGateways: fact(list(ref("pstnGateway")), "Trunks to PSTN gateways of the topology"),
      configuredSipDomains: fact(list(text), "SIP domains of the Central Management Store, lower case"),
      sipDomains: derived.fact(list(ref("sipDomain")), "SIP domains of directory and configuration together"),
      disagreements: fact(list(ref("inputDisagreement")), "Values on which two inputs disagree"),
    },
  },
  lyncDialPlan: {
    title: "Lync dial plan",
    listedBy: [{ kind: "lyncConfiguration", fact: "dialPlans" }],
    facts: { identity, scope, simpleName: fact(text, "SimpleName"), normalizationRules: fact(list(record("NormalizationRule")), "Normalisation rules") },
  },
  mediaConfiguration: {
    title: "Media configuration",
    listedBy: [{ kind: "lyncConfiguration", fact: "mediaConfigurations" }],
    facts: { identity, scope, encryptionLevel: fact(oneOf("RequireEncryption", "SupportEncryption", "DoNotSupportEncryption"), "EncryptionLevel") },
  },
  hostingProvider: {
    title: "Hosting provider",
    listedBy: [{ kind: "lyncConfiguration", fact: "hostingProviders" }],
    facts: {
      identity,
      proxyFqdn: fact(text, "ProxyFqdn, lower case"),
      enabled: fact(bool, "Enabled"),
      sharedAddressSpace: fact(bool, "EnabledSharedAddressSpace"),
      hostsOcsUsers: fact(bool, "HostsOCSUsers"),
      isLocal: fact(bool, "IsLocal"),
      verificationLevel: fact(oneOf("AlwaysVerifiable", "AlwaysUnverifiable", "UseSourceVerification"), "VerificationLevel"),
      autodiscoverUrl: optional(text, "AutodiscoverUrl"),
    },
  },
  hostedVoicemailPolicy: {
    title: "Hosted voice mail policy",
    listedBy: [{ kind: "lyncConfiguration", fact: "hostedVoicemailPolicies" }],
    facts: { identity, scope, destination: optional(text, "Destination"), organizations: fact(list(text), "Organization, split at commas") },
  },
  accessEdgeConfiguration: {
    title: "Access Edge configuration",
    listedBy: [{ kind: "lyncConfiguration", fact: "accessEdge" }],
    facts: {
      identity,
      allowFederatedUsers: fact(bool, "AllowFederatedUsers"),
      allowOutsideUsers: fact(bool, "AllowOutsideUsers"),
      enablePartnerDiscovery: optional(bool, "EnablePartnerDiscovery"),
      routingMethod: fact(oneOf("UseDnsSrvRouting", "DefaultRoute"), "RoutingMethod"),
    },
  },
  phoneConfiguration: {
    title: "UC phone configuration",
    listedBy: [{ kind: "lyncConfiguration", fact: "phoneConfigurations" }],
    facts: { identity, scope, sipSecurityMode: fact(oneOf("High", "Medium", "Low"), "SIPSecurityMode") },
  },
  topologyPool: {
    title: "Topology pool",
    listedBy: [{ kind: "lyncConfiguration", fact: "topologyPools" }],
    facts: {
      fqdn: fact(text, "Pool FQDN, lower case"),
      site: fact(text, "Site name, as in Site:<name>"),
      machines: fact(list(text), "FQDNs of its machines, lower case"),
      roles: fact(list(text), "RoleName of its services, such as Registrar"),
      serviceVersion: fact(int, "Highest ServiceVersion: 5 Lync 2010, 6 Lync 2013, 7 Skype for Business 2015, 8 Skype for Business 2019"),
      director: fact(bool, "Registrar with IsDirector"),
      ports: fact(list(record("TopologyPort")), "Ports"),
      accessEdgeFqdn: optional(text, "External FQDN of the Access Edge, lower case"),
      externalFqdns: fact(list(text), "FQDNs of its services outside: Access Edge, web conferencing, A/V, web services; lower case"),
      externalNames: derived.fact(list(ref("dnsName")), "Those FQDNs in the outside DNS view"),
      accessEdge: derived.optional(ref("dnsName"), "That FQDN in the outside DNS view"),
    },
  },
  inputDisagreement: {
    title: "Disagreement between inputs",
    listedBy: [{ kind: "lyncConfiguration", fact: "disagreements" }],
    facts: { section: fact(text, "Part of the configuration"), identity, property: fact(text, "Property"), values: fact(list(record("SourceValue")), "What each input says") },
  },
} as const satisfies Record<string, Kind>;
