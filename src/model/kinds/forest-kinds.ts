import { attestationNames } from "../attestations.ts";
import { operatorTools } from "../operator-tools.ts";
import { bool, factsFrom, int, list, oneOf, record, ref, text, timestamp, type Kind } from "../fact-type.ts";

const { fact, optional } = factsFrom("directory");
const configured = factsFrom("configuration");
const stated = factsFrom("attestation");
const derived = factsFrom("derived");

/** Forests and what holds for a whole forest. */
export const forestKinds = {
  deployment: {
    title: "Deployment",
    listedBy: [],
    facts: {
      profile: configured.fact(oneOf("on-premises", "hosted", "cloud-voicemail"), "Which integration is checked"),
      forests: configured.fact(list(ref("forest")), "The forests of the configuration"),
      operators: configured.fact(list(ref("operator")), "Accounts that will run ocsumutil or exchucutil"),
      phoneEdition: configured.optional(bool, "Whether Lync Phone Edition phones are in use, as stated in the configuration"),
      attestations: configured.fact(list(ref("attestation")), "What only an operator can know: one for each key that can be attested, stated or not"),
      endpoints: fact(list(ref("endpoint")), "Endpoints named by directory, topology and configuration"),
      certificateStatuses: factsFrom("revocation").fact(list(ref("certificateStatus")), "Certificates that endpoints sent; unknown while one of them was not seen"),
      lyncConfigurations: configured.fact(list(ref("lyncConfiguration")), "The Lync configuration (one, from all files together)"),
      exchangeForests: derived.fact(list(ref("forest")), "Forests with the role exchange"),
      lyncForests: derived.fact(list(ref("forest")), "Forests with the role lync"),
      exchangeOrganizations: derived.fact(list(ref("exchangeOrganization")), "All Exchange organisations"),
      lyncDeployments: derived.fact(list(ref("lyncDeployment")), "All Lync deployments"),
    },
  },
  attestation: {
    title: "Attestation",
    listedBy: [{ kind: "deployment", fact: "attestations" }],
    facts: {
      key: configured.fact(oneOf(...attestationNames), "Key of the statement (docs/configuration.md)"),
      statement: configured.fact(text, "What is stated to be true or not"),
      value: stated.fact(bool, "Whether it is true; not-collected until somebody states it"),
      by: stated.fact(text, "Who stated it"),
      date: stated.fact(text, "When, YYYY-MM-DD"),
    },
  },
  forest: {
    title: "Forest",
    listedBy: [{ kind: "deployment", fact: "forests" }],
    facts: {
      name: configured.fact(text, "DNS name of the forest root domain, lower case"),
      roles: configured.fact(list(oneOf("lync", "exchange")), "What the forest holds, as configured"),
      rootDomain: fact(text, "DNS name of the forest root domain as the directory says it"),
      configurationDn: fact(text, "configurationNamingContext"),
      rootDn: fact(text, "rootDomainNamingContext"),
      exchangeSchemaLevel: optional(int, "rangeUpper of ms-Exch-Schema-Version-Pt; absent: no Exchange schema"),
      lyncSchemaLevel: optional(int, "rangeUpper of ms-RTC-SIP-SchemaVersion; absent: no Lync schema"),
      exchangeOrganization: optional(ref("exchangeOrganization"), "The Exchange organisation"),
      lyncDeployment: optional(ref("lyncDeployment"), "The RTC Service container"),
      trusts: fact(list(ref("trust")), "Trusts of the forest root domain"),
      domains: fact(list(text), "DNS names of its domains, lower case"),
      holds: fact(list(oneOf("lync", "exchange")), "What its configuration holds, whatever the roles that are configured: RTC Service, an Exchange organisation"),
      groups: fact(list(ref("securityGroup")), "The RTC and CS groups, and in a forest with Exchange the groups of those who manage it"),
      accountContainers: fact(list(ref("accountContainer")), "Containers in which contacts and users of Lync were found, or contacts are to be created"),
      users: fact(list(text), "How the user streams ended; known once all were read"),
    },
  },
  trust: {
    title: "Trust",
    listedBy: [{ kind: "forest", fact: "trusts" }],
    facts: {
      forest: fact(ref("forest"), "The forest that holds the trustedDomain object"),
      partner: fact(text, "DNS name of the partner domain, lower case"),
      changedAt: optional(timestamp, "When the object was last changed, by the domain controller that was asked (whenChanged)"),
      flatName: optional(text, "NetBIOS name of the partner"),
      direction: fact(oneOf("disabled", "inbound", "outbound", "bidirectional"), "Outbound: this forest trusts the partner"),
      trustType: fact(oneOf("downlevel", "uplevel", "mit", "dce", "aad"), "trustType"),
      forestTransitive: fact(bool, "trustAttributes 0x8"),
      selectiveAuthentication: fact(bool, "trustAttributes 0x10"),
      quarantined: fact(bool, "trustAttributes 0x4 (SID filtering)"),
      withinForest: fact(bool, "trustAttributes 0x20"),
      treatAsExternal: fact(bool, "trustAttributes 0x40"),
      partnerSid: optional(text, "SID of the partner domain"),
      topLevelNames: optional(list(record("TopLevelName")), "Name suffixes of a forest trust"),
    },
  },
  securityGroup: {
    title: "Group",
    listedBy: [{ kind: "forest", fact: "groups" }],
    facts: {
      forest: fact(ref("forest"), "Forest"),
      name: fact(text, "sAMAccountName"),
      dn: fact(text, "Distinguished name"),
      changedAt: optional(timestamp, "When the object was last changed, by the domain controller that was asked (whenChanged)"),
      sid: fact(text, "SID"),
      scope: fact(oneOf("universal", "global", "domainLocal"), "Group scope"),
      security: fact(bool, "Security group"),
      effectiveMembers: fact(list(text), "DNs of all direct and nested members that are no groups"),
      universalGroups: fact(list(text), "SIDs of the universal security groups of its forest that it is in, nested ones too: rights granted to them in other forests are its own"),
    },
  },
  accountContainer: {
    title: "Container of accounts",
    listedBy: [{ kind: "forest", fact: "accountContainers" }],
    facts: {
      forest: fact(ref("forest"), "Forest"),
      dn: fact(text, "Distinguished name"),
      holds: fact(list(oneOf("contacts", "users")), "What was found there, or is to be created there"),
      inheritanceBlocked: fact(bool, "It takes over no permissions from above"),
      contactWrites: fact(list(record("WriteRight")), "What RTCUniversalUserAdmins may write on contacts in it (Grant-CsOUPermission -ObjectType Contact)"),
      userWrites: fact(list(record("WriteRight")), "What RTCUniversalUserAdmins may write on users in it (Grant-CsOUPermission -ObjectType User)"),
    },
  },
  operator: {
    title: "Operator account",
    listedBy: [{ kind: "deployment", fact: "operators" }],
    facts: {
      account: configured.fact(text, "The account as configured"),
      forest: configured.fact(ref("forest"), "The forest it belongs to"),
      tools: configured.fact(list(oneOf(...operatorTools)), "What it will run"),
      exists: fact(bool, "The account was found"),
      dn: fact(text, "Distinguished name"),
      enabled: fact(bool, "Not disabled"),
      effectiveGroups: fact(list(text), "sAMAccountName of each RTC or CS group, or group that manages Exchange, that it belongs to (tokenGroups: nested and primary groups count)"),
      contactRights: fact(list(record("ContactRight")), "Whether it may create contacts in the configured organizational units"),
    },
  },
} as const satisfies Record<string, Kind>;
