import type { CollectContext, Collector } from "../../model/collector.ts";
import { AppError } from "../../model/errors.ts";
import { known, unknown, type Observation } from "../../model/observation.ts";
import type { ReportTarget } from "../../model/report.ts";
import type { SubjectIndex } from "../../model/subject.ts";
import { parentDn } from "./decode-dn.ts";
import { listContainers, readAccountContainers, type ContainerList } from "./forest/account-containers.ts";
import { forestProblems } from "./forest/forest-problems.ts";
import { readExchange } from "./forest/exchange.ts";
import { readForestFacts, readInventory } from "./forest/forest-facts.ts";
import { readGroups } from "./forest/groups.ts";
import { countHomes } from "./forest/home-counts.ts";
import { listBelow } from "./forest/container.ts";
import { createLinks, type Links } from "./forest/links.ts";
import { deploymentId, readLync } from "./forest/lync.ts";
import { openForest } from "./forest/open-forest.ts";
import { operatorFacts, operatorId, readOperator } from "./forest/operators.ts";
import { readTrusts, trustAttributeNames } from "./forest/trusts.ts";
import { readUsers, type UserStream } from "./forest/users.ts";
import type { DirectoryRequest, ForestRequest } from "./forest/request.ts";
import type { ForestSession } from "./forest/session.ts";

const forestFacts = ["rootDomain", "configurationDn", "rootDn", "exchangeSchemaLevel", "lyncSchemaLevel", "exchangeOrganization", "lyncDeployment", "trusts", "domains", "holds", "groups", "users", "accountContainers"] as const;

/** States one reason for every fact of a forest, and of its operator accounts, that nothing better is known of. */
function stateFailure(request: DirectoryRequest, name: string, failure: Observation<never>, { observer }: CollectContext): void {
  for (const fact of forestFacts) observer.observe("forest", name, fact, failure);
  for (const operator of request.operators.filter(({ forest }) => forest === name)) {
    observer.subject({ kind: "operator", id: operatorId(operator), name: operator.account });
    for (const fact of operatorFacts) observer.observe("operator", operatorId(operator), fact, failure);
  }
}

/** Streams the users of every domain of the forest. */
async function streamUsers(session: ForestSession, stream: UserStream): Promise<Observation<readonly string[]>> {
  const { domains } = session;
  if (domains.state !== "known") return domains;
  const told: string[] = [];
  let failure: Observation<never> | undefined;
  for (const domain of domains.value) {
    const count = await readUsers(session, domain, stream);
    if (count.state === "known") told.push(`${domain.dn}: ${count.value}`);
    else failure ??= count as Observation<never>;
  }
  return failure ?? known(told, session.source);
}

/** Containers that the contacts of a forest are in, or that operators will create some in. */
function addContactContainers(containers: ContainerList, request: DirectoryRequest, name: string, subjects: SubjectIndex): void {
  for (const { facts } of subjects.all("exUmContact")) {
    const parent = facts["forest"]?.state === "known" && facts["forest"].value === name && facts["dn"]?.state === "known" ? parentDn(String(facts["dn"].value)) : undefined;
    if (parent !== undefined) containers.add(parent, "contacts");
  }
  for (const operator of request.operators.filter(({ forest }) => forest === name)) for (const dn of operator.contactContainers) containers.add(dn, "contacts");
}

/** Reads the users, and what follows from all of them: who is homed where, and which containers they and the contacts stand in. */
async function readAccounts(request: DirectoryRequest, session: ForestSession, links: Links, context: CollectContext): Promise<void> {
  const { observer, subjects } = context;
  const { name, roles } = session.forest;
  const homes = countHomes(subjects, name);
  const containers = listContainers();
  if (roles.includes("lync")) addContactContainers(containers, request, name, subjects);
  const streamed = await streamUsers(session, {
    links,
    context,
    each(user) {
      homes.add(user);
      if (roles.includes("lync")) containers.addUser(user);
    },
  });
  observer.observe("forest", name, "users", streamed);
  homes.state(observer, streamed);
  const contacts = subjects.get("lyncDeployment", deploymentId(name))?.facts["exUmContacts"];
  await readAccountContainers(session, observer, subjects, containers, contacts?.state === "unknown" ? contacts : streamed);
}

async function readForest(request: DirectoryRequest, session: ForestSession, context: CollectContext): Promise<void> {
  const { observer, subjects, progress } = context;
  const { roles, name } = session.forest;
  const links = createLinks();
  await readForestFacts(session, observer);
  progress(`${name}: reading configuration`);
  const [services, system] = await Promise.all([listBelow(session.root, `CN=Services,${session.configurationDn}`, "one", []), listBelow(session.root, `CN=System,${session.rootDn}`, "one", trustAttributeNames)]);
  await readInventory(session, observer, { services, system });
  if (roles.includes("exchange")) await readExchange(session, observer, links, services);
  if (roles.includes("lync")) await readLync(session, observer, links, { services, system });
  readTrusts(session, observer, system);
  progress(`${name}: reading groups`);
  await readGroups(session, observer);
  for (const operator of request.operators.filter(({ forest }) => forest === name)) await readOperator(session, observer, subjects, operator);
  await readAccounts(request, session, links, context);
}

async function collectForest(request: DirectoryRequest, forest: ForestRequest, context: CollectContext): Promise<ReportTarget> {
  const { name } = forest.config;
  context.progress(`${name}: connecting`);
  const opened = await openForest({ request, forest, context });
  if (opened.state !== "known") {
    stateFailure(request, name, opened, context);
    return { kind: "directory", name, status: "not-read", problems: [opened.state === "unknown" ? opened.detail : "not read"] };
  }
  const session = opened.value;
  try {
    await readForest(request, session, context);
  } catch (error) {
    if (error instanceof AppError) throw error;
    // a fault of ours costs what is left of this forest, and nothing of the others
    stateFailure(request, name, unknown("collector-error", `internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, session.source), context);
  } finally {
    await session.close();
  }
  const problems = forestProblems(name, context.subjects);
  return { kind: "directory", name, status: problems.length === 0 ? "read" : "partly-read", problems };
}

/** Reads every forest of the configuration, several at a time. Ends when all have ended, also where one of them could not be written down. */
export const collectDirectory: Collector<DirectoryRequest> = async (request, context) => {
  const ended = await Promise.allSettled(request.forests.map((forest) => collectForest(request, forest, context)));
  return ended.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
};
