import { absent, known, unknown, type Observation } from "../../../model/observation.ts";
import type { Observer } from "../../../model/subject.ts";
import { isNoSuchObject } from "../client-failure.ts";
import { childDn, dnToDnsDomain } from "../decode-dn.ts";
import { failureOf, integerOf, readEntryOf, required } from "./observe-entry.ts";
import type { ForestSession } from "./session.ts";

/** rangeUpper of a schema marker. Every authenticated account may read the schema, so that an object that is not there is absent. */
async function schemaLevel(session: ForestSession, cn: string): Promise<Observation<number>> {
  const read = await session.client.readEntry(childDn("CN", cn, session.schemaDn), ["objectClass", "rangeUpper"]);
  if (read.ok) {
    const entry = readEntryOf(read.value, session.source);
    return required(integerOf(entry, "rangeUpper"), entry, "rangeUpper");
  }
  if (!isNoSuchObject(read.failure)) return failureOf(read.failure, session.source);
  const schema = await session.client.readEntry(session.schemaDn, ["objectClass"]);
  return schema.ok ? absent(session.source) : failureOf(schema.failure, session.source);
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
