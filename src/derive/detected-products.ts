import { factOf, valueOf } from "../model/fact-read.ts";
import type { Observation } from "../model/observation.ts";
import { singletonId } from "../model/ids.ts";
import type { DetectedProduct } from "../model/overview.ts";
import type { Subject, SubjectIndex, SubjectRef } from "../model/subject.ts";
import { exchangeVersionText } from "./exchange-builds.ts";
import { exchangeSchema, lyncSchema, type SchemaLevel } from "./schema-levels.ts";

const exchange = "Exchange Server";

function refOf({ kind, id, name }: Subject): SubjectRef {
  return { kind, id, name };
}

/** Why a fact that should tell a version does not. */
function unreadText(observation: Exclude<Observation, { readonly state: "known" }>): string {
  return observation.state === "absent" ? `not there (${observation.source})` : `not read: ${observation.detail}`;
}

function exchangeServer(server: Subject): DetectedProduct {
  const product = factOf(server, "exchangeServer", "product");
  if (product.state !== "known") return { product: exchange, subject: refOf(server), detail: unreadText(product) };
  return { product: exchange, subject: refOf(server), version: exchangeVersionText(product.value, valueOf(server, "exchangeServer", "version")), detail: `server object, ${product.source}` };
}

const topologyVersions: Readonly<Record<number, string>> = { 5: "Lync Server 2010", 6: "Lync Server 2013", 7: "Skype for Business Server 2015", 8: "Skype for Business Server 2019" };
const directoryVersions: Readonly<Record<number, string>> = { 3: "Office Communications Server 2007", 4: "Office Communications Server 2007 R2" };
/** The directory's number is the same from Lync Server 2010 on, as far as is known. */
const firstLync = 5;

function topologyVersion(pool: Subject): Pick<DetectedProduct, "version" | "detail"> {
  const version = factOf(pool, "topologyPool", "serviceVersion");
  if (version.state !== "known") return { detail: unreadText(version) };
  const text = topologyVersions[version.value];
  const detail = `ServiceVersion ${version.value} of the topology, ${version.source}`;
  return text === undefined ? { detail: `${detail}, is none that is known` } : { version: text, detail };
}

function directoryVersion(pool: Subject): Pick<DetectedProduct, "version" | "detail"> {
  const version = factOf(pool, "lyncPool", "version");
  if (version.state !== "known") return { detail: unreadText(version) };
  const detail = `msRTCSIP-PoolVersion ${version.value}, ${version.source}`;
  if (version.value >= firstLync) return { version: "Lync Server 2010 or later", detail: `${detail}; only the topology tells Lync Server 2010, 2013 and Skype for Business Server apart` };
  const text = directoryVersions[version.value];
  return text === undefined ? { detail } : { version: text, detail };
}

/** What a pool is by its roles; undefined for stores, gateways and the like. */
function poolProduct(pool: Subject): string | undefined {
  const roles = valueOf(pool, "topologyPool", "roles") ?? [];
  if (roles.includes("Registrar")) return valueOf(pool, "topologyPool", "director") === true ? "Director pool" : "Front End pool";
  if (roles.includes("EdgeServer")) return "Edge pool";
  return roles.includes("MediationServer") ? "Mediation pool" : undefined;
}

function directoryPool(pool: Subject, subjects: SubjectIndex): DetectedProduct {
  const product = valueOf(pool, "lyncPool", "director") === true ? "Director pool" : valueOf(pool, "lyncPool", "branch") === true ? "Branch pool" : "Front End pool";
  const topologyPool = factOf(pool, "lyncPool", "topologyPool");
  const same = topologyPool.state === "known" ? subjects.get("topologyPool", topologyPool.value) : undefined;
  return { product, subject: refOf(pool), ...(same === undefined ? directoryVersion(pool) : topologyVersion(same)) };
}

function pools(subjects: SubjectIndex): readonly DetectedProduct[] {
  const inDirectory = subjects.all("lyncPool");
  const named = new Set(inDirectory.flatMap((pool) => valueOf(pool, "lyncPool", "topologyPool") ?? []));
  const others = subjects.all("topologyPool").flatMap((pool) => {
    const product = named.has(pool.id) ? undefined : poolProduct(pool);
    return product === undefined ? [] : [{ product, subject: refOf(pool), ...topologyVersion(pool) }];
  });
  return [...inDirectory.map((pool) => directoryPool(pool, subjects)), ...others];
}

function schemaOf(product: string, forest: Subject, level: Observation<number>, meaning: (level: number) => SchemaLevel): readonly DetectedProduct[] {
  if (level.state === "absent") return [];
  return [{ product, subject: refOf(forest), ...(level.state === "known" ? meaning(level.value) : { detail: unreadText(level) }) }];
}

/** Lists that would name servers and pools and could not be read: what is not detected is not thereby not there. */
function unreadLists(subjects: SubjectIndex): readonly DetectedProduct[] {
  const unread = (product: string, subject: Subject, list: Observation): readonly DetectedProduct[] => (list.state === "unknown" ? [{ product, subject: refOf(subject), detail: `the list was ${unreadText(list)}` }] : []);
  const configuration = subjects.get("lyncConfiguration", singletonId.lyncConfiguration);
  return [
    ...subjects.all("forest").flatMap((forest) => [
      ...((valueOf(forest, "forest", "roles") ?? []).includes("exchange") ? unread("Exchange servers", forest, factOf(forest, "forest", "exchangeOrganization")) : []),
      ...((valueOf(forest, "forest", "roles") ?? []).includes("lync") ? unread("Lync pools", forest, factOf(forest, "forest", "lyncDeployment")) : []),
    ]),
    ...subjects.all("exchangeOrganization").flatMap((organization) => unread("Exchange servers", organization, factOf(organization, "exchangeOrganization", "servers"))),
    ...subjects.all("lyncDeployment").flatMap((deployment) => unread("Lync pools", deployment, factOf(deployment, "lyncDeployment", "pools"))),
    ...(configuration === undefined ? [] : unread("Pools of the topology", configuration, factOf(configuration, "lyncConfiguration", "topologyPools"))),
  ];
}

/**
 * The products of a deployment and their versions: Exchange from its server objects, Lync and Skype for Business from the topology, else as far as the directory
 * tells. Needs the derived facts. Nothing is assumed: what could not be told says why.
 */
export function detectedProducts(subjects: SubjectIndex): readonly DetectedProduct[] {
  return [
    ...unreadLists(subjects),
    ...subjects.all("exchangeServer").map(exchangeServer),
    ...pools(subjects),
    ...subjects.all("forest").flatMap((forest) => [
      ...schemaOf("Exchange schema", forest, factOf(forest, "forest", "exchangeSchemaLevel"), exchangeSchema),
      ...schemaOf("Lync schema", forest, factOf(forest, "forest", "lyncSchemaLevel"), lyncSchema),
    ]),
  ];
}
