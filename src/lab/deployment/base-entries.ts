import type { Entry } from "../types.ts";
import { accountSid, groupType } from "./accounts.ts";
import { sidBytes } from "./binary-values.ts";
import { entry, organizationalUnit } from "./entry.ts";
import type { GivenAttributes, Security } from "./entry.ts";
import type { ForestNames } from "./forests.ts";

/** Read access of everybody who is logged on, as the class defaults of a directory give it object by object. */
const readableByAll: Security = { aces: ["(A;CI;RPLCLORC;;;AU)", "(A;CI;GA;;;DA)", "(A;CI;GA;;;SY)"] };

function container(dn: string, given: GivenAttributes = {}): Entry {
  return entry(dn, "top container", given);
}

function namingContexts(forest: ForestNames, domainAces: readonly string[]): readonly Entry[] {
  return [
    entry(forest.rootDn, "top domain domainDNS", { objectSid: sidBytes(forest.domainSid) }, { aces: [...(readableByAll.aces ?? []), ...domainAces] }),
    entry(forest.configurationDn, "top configuration", {}, readableByAll),
    entry(forest.schemaDn, "top dMD", { objectVersion: 69 }, readableByAll),
  ];
}

function configurationEntries(forest: ForestNames): readonly Entry[] {
  const configuration = forest.configurationDn;
  const site = `CN=Default-First-Site-Name,CN=Sites,${configuration}`;
  const server = `CN=${hostName(forest)},CN=Servers,${site}`;
  return [
    container(`CN=Services,${configuration}`),
    container(`CN=Extended-Rights,${configuration}`),
    entry(`CN=Partitions,${configuration}`, "top crossRefContainer"),
    entry(`CN=${forest.netbios},CN=Partitions,${configuration}`, "top crossRef", {
      dnsRoot: forest.realm,
      nCName: forest.rootDn,
      nETBIOSName: forest.netbios,
      systemFlags: 3,
    }),
    entry(`CN=Sites,${configuration}`, "top sitesContainer"),
    entry(site, "top site"),
    entry(`CN=Servers,${site}`, "top serversContainer"),
    entry(server, "top server", { dNSHostName: forest.domainController }),
    entry(`CN=NTDS Settings,${server}`, "top applicationSettings nTDSDSA", { options: 1 }),
  ];
}

function hostName(forest: ForestNames): string {
  return forest.domainController.slice(0, forest.domainController.indexOf(".")).toUpperCase();
}

function builtinGroup(forest: ForestNames, name: string, rid: number, type: number, members: readonly string[]): Entry {
  return entry(`CN=${name},CN=Users,${forest.rootDn}`, "top group", { sAMAccountName: name, groupType: type, objectSid: accountSid(forest, rid), member: members });
}

function domainEntries(forest: ForestNames): readonly Entry[] {
  const administrator = `CN=Administrator,CN=Users,${forest.rootDn}`;
  return [
    container(`CN=Users,${forest.rootDn}`),
    container(`CN=Computers,${forest.rootDn}`),
    container(`CN=System,${forest.rootDn}`),
    container(`CN=ForeignSecurityPrincipals,${forest.rootDn}`),
    organizationalUnit(`OU=Domain Controllers,${forest.rootDn}`),
    entry(`CN=${hostName(forest)},OU=Domain Controllers,${forest.rootDn}`, "top person organizationalPerson user computer", {
      sAMAccountName: `${hostName(forest)}$`,
      userAccountControl: 532480,
      dNSHostName: forest.domainController,
      objectSid: accountSid(forest, 1000),
    }),
    entry(administrator, "top person organizationalPerson user", { sAMAccountName: "Administrator", userAccountControl: 512, objectSid: accountSid(forest, 500) }),
    builtinGroup(forest, "Domain Admins", 512, groupType.global, [administrator]),
    builtinGroup(forest, "Domain Users", 513, groupType.global, []),
    builtinGroup(forest, "Enterprise Admins", 519, groupType.universal, [administrator]),
    builtinGroup(forest, "Schema Admins", 518, groupType.universal, [administrator]),
  ];
}

/** What every domain controller has by itself; only the embedded lab needs these entries made. `domainAces` are added to the domain head. */
export function baseEntries(forest: ForestNames, domainAces: readonly string[] = []): readonly Entry[] {
  return [...namingContexts(forest, domainAces), ...configurationEntries(forest), ...domainEntries(forest)];
}
