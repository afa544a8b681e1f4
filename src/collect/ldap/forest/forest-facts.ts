import { absent, known, unknown, type Observation } from "../../../model/observation.ts";
import type { Observer } from "../../../model/subject.ts";
import { isNoSuchObject } from "../client-failure.ts";
import { childDn, dnToDnsDomain } from "../decode-dn.ts";
import { childNamed, listBelow, ofClass, readObject, type Listing } from "./container.ts";
import { findRtcService, type Places } from "./lync.ts";
import { failureOf, integerOf, required } from "./observe-entry.ts";
import type { ForestSession } from "./session.ts";

/** rangeUpper of a schema marker; one that is not there is absent where the account may list the schema. */
async function schemaLevel(session: ForestSession, cn: string): Promise<Observation<number>> {
  const { root, schemaDn, source } = session;
  const read = await readObject(root, childDn("CN", cn, schemaDn), ["rangeUpper"]);
  if (read.ok) return required(integerOf(read.value, "rangeUpper"), read.value, "rangeUpper");
  if (!isNoSuchObject(read.failure)) return failureOf(read.failure, source);
  const schema = await readObject(root, schemaDn, []);
  if (!schema.ok) return failureOf(schema.failure, source);
  return schema.value.concealing === undefined ? absent(source) : unknown("denied", schema.value.concealing, source);
}

/** Whether there is an Exchange organisation, which stands below CN=Microsoft Exchange. */
async function hasOrganization({ root, source }: ForestSession, services: Listing): Promise<Observation<boolean>> {
  const microsoft = childNamed(services, "Microsoft Exchange");
  if (microsoft === undefined) return services.complete.state === "known" ? known(false, source) : services.complete;
  const { entries, complete } = ofClass(await listBelow(root, microsoft.entry.dn, "one", []), "msExchOrganizationContainer");
  if (entries.length > 0) return known(true, source);
  return complete.state === "known" ? known(false, source) : complete;
}

/** States which domains the forest has, and what of Lync and Exchange it holds, whatever was configured (key forest.topologies). */
export async function readInventory(session: ForestSession, observer: Observer, places: Places): Promise<void> {
  const { forest, source, domains } = session;
  observer.observe("forest", forest.name, "domains", domains.state === "known" ? known(domains.value.map(({ dns }) => dns).sort(), source) : domains);
  const [lync, exchange] = await Promise.all([findRtcService(session, places.services, places.system), hasOrganization(session, places.services)]);
  if (lync.state === "unknown") return observer.observe("forest", forest.name, "holds", lync);
  if (exchange.state !== "known") return observer.observe("forest", forest.name, "holds", exchange);
  observer.observe("forest", forest.name, "holds", known([...(lync.state === "known" ? ["lync" as const] : []), ...(exchange.value ? ["exchange" as const] : [])], source));
}

/** States what holds for the forest as a whole. */
export async function readForestFacts(session: ForestSession, observer: Observer): Promise<void> {
  const { forest, source, rootDn, configurationDn } = session;
  const root = dnToDnsDomain(rootDn);
  observer.observe("forest", forest.name, "rootDomain", root === undefined ? unknown("malformed", `${rootDn} is no domain`, source) : known(root, source));
  observer.observe("forest", forest.name, "configurationDn", known(configurationDn, source));
  observer.observe("forest", forest.name, "rootDn", known(rootDn, source));
  observer.observe("forest", forest.name, "exchangeSchemaLevel", await schemaLevel(session, "ms-Exch-Schema-Version-Pt"));
  observer.observe("forest", forest.name, "lyncSchemaLevel", await schemaLevel(session, "ms-RTC-SIP-SchemaVersion"));
}
