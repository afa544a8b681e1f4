import { bool, factsFrom, int, list, oneOf, ref, text, type Kind } from "../fact-type.ts";

const { fact, optional } = factsFrom("directory");
const derived = factsFrom("derived");

/** The Lync / Skype for Business side of the directory. */
export const lyncKinds = {
  lyncDeployment: {
    title: "Lync deployment",
    listedBy: [{ kind: "deployment", fact: "lyncDeployments" }],
    facts: {
      forest: fact(ref("forest"), "Forest"),
      dn: fact(text, "DN of RTC Service"),
      pools: fact(list(ref("lyncPool")), "Pools that the directory names"),
      trustedServers: fact(list(text), "FQDNs of trusted servers, lower case"),
      trustedServices: fact(list(ref("trustedService")), "Trusted services"),
      edgePools: fact(list(text), "Internal FQDNs of Edge pools, lower case"),
      sipDomains: fact(list(text), "SIP domains in the directory, lower case; the complete list is in the Central Management Store"),
      exUmContacts: fact(list(ref("exUmContact")), "Subscriber access and auto attendant contacts"),
      configurationStore: optional(text, "Central Management Store: SQL server and instance"),
    },
  },
  lyncPool: {
    title: "Lync pool",
    listedBy: [{ kind: "lyncDeployment", fact: "pools" }],
    facts: {
      forest: fact(ref("forest"), "Forest"),
      name: fact(text, "cn in the directory, such as 1:1"),
      fqdn: fact(text, "Pool FQDN, lower case"),
      dn: fact(text, "Distinguished name"),
      version: fact(int, "High word of msRTCSIP-PoolVersion: 3 OCS 2007, 4 R2, 5 Lync 2010 and later"),
      poolType: optional(oneOf("Standard", "Enterprise"), "msRTCSIP-PoolType"),
      branch: fact(bool, "Survivable branch registrar (ExtendedType=RemoteRegistrar)"),
      director: fact(bool, "Director (ExtendedType=Director)"),
      frontEnds: fact(list(text), "FQDNs of its front end servers, lower case"),
      umUsers: fact(int, "Users with Enterprise Voice and a UM address (EUM) that are homed on it"),
      gateways: derived.fact(list(ref("umIpGateway")), "UM IP gateways whose address is its FQDN"),
      topologyPool: derived.optional(ref("topologyPool"), "The same pool in the topology"),
      media: derived.fact(ref("mediaConfiguration"), "The media configuration in effect: service, else site, else global"),
      dialPlan: derived.fact(ref("lyncDialPlan"), "The Lync dial plan in effect for users without one of their own: service, else site, else global"),
      voicePolicy: derived.fact(ref("voicePolicy"), "The voice policy in effect for users without one of their own: site, else global"),
      hostedVoicemailPolicy: derived.fact(ref("hostedVoicemailPolicy"), "The hosted voice mail policy in effect for users without one of their own: site, else global"),
      endpoints: derived.fact(list(ref("endpoint")), "Its endpoints that were named for probing"),
      inside: derived.fact(ref("dnsName"), "Its FQDN in the inside DNS view"),
    },
  },
  trustedService: {
    title: "Trusted service",
    listedBy: [{ kind: "lyncDeployment", fact: "trustedServices" }],
    facts: {
      forest: fact(ref("forest"), "Forest"),
      dn: fact(text, "Distinguished name"),
      fqdn: fact(text, "FQDN, lower case"),
      serviceType: fact(text, "msRTCSIP-TrustedServiceType, such as MediationServer"),
      port: optional(int, "Port"),
    },
  },
  exUmContact: {
    title: "ExUM contact",
    listedBy: [{ kind: "lyncDeployment", fact: "exUmContacts" }],
    facts: {
      forest: fact(ref("forest"), "Forest"),
      name: fact(text, "Display name, else cn"),
      dn: fact(text, "Distinguished name"),
      sipAddress: fact(text, "msRTCSIP-PrimaryUserAddress"),
      lineUri: optional(text, "msRTCSIP-Line"),
      enabled: fact(bool, "msRTCSIP-UserEnabled"),
      optionFlags: fact(int, "msRTCSIP-OptionFlags"),
      otherIpPhone: fact(list(text), "otherIpPhone"),
      otherTelephone: fact(list(text), "otherTelephone"),
      voiceMailSettings: fact(list(text), "msExchUCVoiceMailSettings"),
      sourceObjectType: optional(int, "msRTCSIP-SourceObjectType, signed"),
      homeServer: optional(text, "DN of msRTCSIP-PrimaryHomeServer"),
      pool: optional(ref("lyncPool"), "The pool of that home server; absent where it is none of the pools"),
      contactKind: fact(oneOf("autoAttendant", "subscriberAccess", "unclassified"), "What the markers of the contact say; none of them is documented for certain"),
      sipDomain: derived.fact(text, "Domain of its SIP address, lower case; empty where the address has none"),
      number: derived.optional(text, "The number of its line URI, without tel: and parameters"),
      namedContexts: derived.fact(list(text), "Phone contexts that otherIpPhone and otherTelephone name (opaque=app:exum:), lower case"),
      plans: derived.fact(list(ref("umDialPlan")), "SIP dial plans of which its number is an access number or pilot identifier"),
      attendants: derived.fact(list(ref("umAutoAttendant")), "Auto attendants of which it bears a number"),
      servesUm: derived.fact(bool, "Markers or number say that it leads to Unified Messaging; contacts of other purposes are left alone"),
    },
  },
} as const satisfies Record<string, Kind>;
