import type { CollectContext, Collector } from "../../model/collector.ts";
import { known, unknown, type Observation } from "../../model/observation.ts";
import type { ReportTarget } from "../../model/report.ts";
import { dnKey, dnToDnsDomain } from "./decode-dn.ts";
import { connectDomain, openForest } from "./forest/connect.ts";
import { readExchange } from "./forest/exchange.ts";
import { readForestFacts } from "./forest/forest-facts.ts";
import { readGroups } from "./forest/groups.ts";
import { createLinks, type Links } from "./forest/links.ts";
import { readLync } from "./forest/lync.ts";
import { operatorId, readOperator } from "./forest/operators.ts";
import { readTrusts } from "./forest/trusts.ts";
import { readUsers } from "./forest/users.ts";
import type { DirectoryRequest, ForestRequest } from "./forest/request.ts";
import type { ForestSession } from "./forest/session.ts";

const forestFacts = ["rootDomain", "configurationDn", "rootDn", "exchangeSchemaLevel", "lyncSchemaLevel", "exchangeOrganization", "lyncDeployment", "trusts", "groups", "users"] as const;
const operatorFacts = ["exists", "dn", "enabled", "effectiveGroups", "contactRights"] as const;
/** systemFlags of a crossRef: a domain naming context of this forest ([MS-ADTS] 6.1.1.2.1.1). */
const domainCrossRef = "(&(objectClass=crossRef)(systemFlags:1.2.840.113556.1.4.803:=3))";

/** States one reason for every fact of a forest that could not be opened, and of its operator accounts. */
function stateFailure(request: DirectoryRequest, name: string, failure: Observation<never>, context: CollectContext): void {
  for (const fact of forestFacts) context.observer.observe("forest", name, fact, failure);
  for (const operator of request.operators.filter(({ forest }) => forest === name)) {
    context.observer.subject({ kind: "operator", id: operatorId(operator), name: operator.account });
    for (const fact of operatorFacts) context.observer.observe("operator", operatorId(operator), fact, failure);
  }
}

/** The domains of the forest by DN. */
async function domainsOf(session: ForestSession): Promise<Observation<readonly string[]>> {
  const found = await session.client.searchAll({ base: `CN=Partitions,${session.configurationDn}`, scope: "one", filter: domainCrossRef, attributes: ["nCName"] }, { maxEntries: 5_000 });
  const names = found.entries.flatMap((entry) => (entry.attributes.get("ncname") ?? []).filter((value) => typeof value === "string"));
  if (!found.complete) return unknown(found.failure.reason, found.failure.detail, session.source);
  return names.length > 0 ? known(names, session.source) : unknown("denied", "the domains of the forest are not readable (CN=Partitions)", session.source);
}

/** Streams the users of every domain of the forest. */
async function readAllUsers(request: DirectoryRequest, forest: ForestRequest, session: ForestSession, links: Links, context: CollectContext): Promise<Observation<readonly string[]>> {
  const domains = await domainsOf(session);
  if (domains.state !== "known") return domains;
  const held = new Set((session.rootDse.attributes.get("namingcontexts") ?? []).map((value) => dnKey(String(value))));
  const told: string[] = [];
  let failure: Observation<never> | undefined;
  for (const dn of domains.value) {
    const own = held.has(dnKey(dn));
    const other = own ? undefined : await connectDomain(request, forest, dnToDnsDomain(dn) ?? dn, "domainController", context);
    const client = own ? session.client : other?.ok === true ? other.value : undefined;
    if (client === undefined) {
      failure ??= other?.ok === false ? unknown(other.failure.reason, `${dn}: ${other.failure.detail}`, session.source) : undefined;
      continue;
    }
    const count = await readUsers(session, client, dn, links, context);
    if (!own) await client.close();
    if (count.state === "known") told.push(`${dn}: ${count.value}`);
    else failure ??= count as Observation<never>;
  }
  return failure ?? known(told, session.source);
}

function problemsOf(name: string, context: CollectContext): string[] {
  const facts = context.subjects.get("forest", name)?.facts ?? {};
  const details = forestFacts.flatMap((fact) => {
    const observation = facts[fact];
    return observation?.state === "unknown" ? [`${fact}: ${observation.detail}`] : [];
  });
  return [...new Set(details)];
}

async function collectForest(request: DirectoryRequest, forest: ForestRequest, context: CollectContext): Promise<ReportTarget> {
  const { name, roles } = forest.config;
  context.progress(`${name}: connecting`);
  const opened = await openForest(request, forest, context);
  if (opened.state !== "known") {
    stateFailure(request, name, opened, context);
    return { kind: "directory", name, status: "not-read", problems: [opened.state === "unknown" ? opened.detail : "not read"] };
  }
  const session = opened.value;
  const links = createLinks();
  try {
    await readForestFacts(session, context.observer);
    context.progress(`${name}: reading configuration`);
    if (roles.includes("exchange")) await readExchange(session, context.observer, links);
    if (roles.includes("lync")) await readLync(session, context.observer, links);
    await readTrusts(session, context.observer);
    const groups = await readGroups(session, context.observer);
    for (const operator of request.operators.filter((one) => one.forest === name)) await readOperator(session, context.observer, operator, groups);
    context.observer.observe("forest", name, "users", await readAllUsers(request, forest, session, links, context));
  } finally {
    await session.client.close();
    if (session.catalog.ok) await session.catalog.value.close();
  }
  const problems = problemsOf(name, context);
  return { kind: "directory", name, status: problems.length === 0 ? "read" : "partly-read", problems };
}

/** Reads every forest of the configuration, several at a time (directory.md). */
export const collectDirectory: Collector<DirectoryRequest> = (request, context) => Promise.all(request.forests.map((forest) => collectForest(request, forest, context)));
