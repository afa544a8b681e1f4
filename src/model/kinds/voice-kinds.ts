import { bool, factsFrom, int, list, oneOf, record, ref, text, timestamp, type Kind } from "../fact-type.ts";

const { fact, optional } = factsFrom("lync-config");
const derived = factsFrom("derived");

const scope = fact(oneOf("global", "site", "service", "user"), "Scope");
const identity = fact(text, "Identity");

/** Enterprise Voice and what stands around it, from configuration files and the topology. */
export const voiceKinds = {
  voicePolicy: {
    title: "Voice policy",
    listedBy: [{ kind: "lyncConfiguration", fact: "voicePolicies" }],
    facts: { identity, scope, pstnUsages: fact(list(text), "PstnUsages, in order") },
  },
  pstnUsage: {
    title: "PSTN usage",
    listedBy: [{ kind: "lyncConfiguration", fact: "pstnUsages" }],
    facts: {
      name: fact(text, "Name, as in Usage of the global PSTN usage object"),
      policies: derived.fact(list(ref("voicePolicy")), "Voice policies that name it"),
      routes: derived.fact(list(ref("voiceRoute")), "Routes that name it"),
    },
  },
  voiceRoute: {
    title: "Voice route",
    listedBy: [{ kind: "lyncConfiguration", fact: "voiceRoutes" }],
    facts: {
      identity,
      priority: fact(int, "Priority; 0 is tried first"),
      numberPattern: optional(text, "NumberPattern, a .NET regular expression"),
      patternSyntax: fact(oneOf("valid", "invalid"), "Whether NumberPattern is a .NET regular expression; an empty one is invalid"),
      patternProblem: optional(text, "What is wrong with it"),
      pstnUsages: fact(list(text), "PstnUsages"),
      gateways: fact(list(text), "PstnGatewayList: FQDNs or addresses of gateways and trunks, without the prefix, lower case"),
    },
  },
  trunkConfiguration: {
    title: "Trunk configuration",
    listedBy: [{ kind: "lyncConfiguration", fact: "trunkConfigurations" }],
    facts: { identity, scope, srtpMode: fact(oneOf("Required", "Optional", "NotSupported"), "SRTPMode") },
  },
  pstnGateway: {
    title: "PSTN gateway",
    listedBy: [{ kind: "lyncConfiguration", fact: "pstnGateways" }],
    facts: {
      fqdn: fact(text, "FQDN or IP address, lower case"),
      site: fact(text, "Site name"),
      mediationPools: fact(list(text), "FQDNs of the Mediation pools of the trunk, lower case"),
      mediationServerPort: fact(int, "Port on which the Mediation Server listens for it"),
      ports: fact(list(record("TopologyPort")), "Ports of the gateway"),
      mediation: derived.fact(list(ref("topologyPool")), "Those Mediation pools in the topology"),
      trunk: derived.fact(ref("trunkConfiguration"), "The trunk configuration in effect: service, else site, else global"),
      inside: derived.optional(ref("dnsName"), "Its name in the inside DNS view; absent for an IP address"),
    },
  },
  voicemailRerouting: {
    title: "Voice mail rerouting",
    listedBy: [{ kind: "lyncConfiguration", fact: "voicemailReroutings" }],
    facts: {
      identity,
      scope,
      enabled: fact(bool, "Enabled"),
      autoAttendantNumber: optional(text, "AutoAttendantNumber"),
      subscriberAccessNumber: optional(text, "SubscriberAccessNumber"),
    },
  },
  configurationReplica: {
    title: "Replica of the configuration",
    listedBy: [{ kind: "lyncConfiguration", fact: "replicas" }],
    facts: {
      fqdn: fact(text, "ReplicaFqdn, lower case"),
      upToDate: fact(bool, "UpToDate"),
      lastStatusReport: optional(timestamp, "LastStatusReport"),
      productVersion: optional(text, "ProductVersion"),
    },
  },
  publicProvider: {
    title: "Public provider",
    listedBy: [{ kind: "lyncConfiguration", fact: "publicProviders" }],
    facts: { identity, proxyFqdn: fact(text, "ProxyFqdn, lower case"), enabled: fact(bool, "Enabled") },
  },
  simpleUrl: {
    title: "Simple URL",
    listedBy: [{ kind: "lyncConfiguration", fact: "simpleUrls" }],
    facts: {
      identity: fact(text, "Scope of the collection, Global or a site"),
      component: fact(text, "Meet, Dialin or Cscp (the control panel)"),
      domain: fact(text, "SIP domain it is for; * stands for all"),
      url: fact(text, "ActiveUrl"),
      host: fact(text, "Host name of the URL, lower case"),
      inside: derived.fact(ref("dnsName"), "That host in the inside DNS view"),
      outside: derived.fact(ref("dnsName"), "That host in the outside DNS view"),
    },
  },
} as const satisfies Record<string, Kind>;
