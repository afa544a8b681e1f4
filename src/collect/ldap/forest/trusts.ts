import { normalName } from "../../../model/ids.ts";
import type { RecordValue } from "../../../model/kinds.ts";
import { known } from "../../../model/observation.ts";
import type { Observer } from "../../../model/subject.ts";
import { sidToText } from "../decode-sid.ts";
import { decodeForestTrustInfo } from "../decode-forest-trust.ts";
import { idList, ofClass, type Listing } from "./container.ts";
import { bytesOf, changedAt, enumOf, flagOf, required, textOf, type ReadEntry } from "./observe-entry.ts";
import type { ForestSession } from "./session.ts";
import { subjectState } from "./state.ts";

/** [MS-ADTS] 6.1.6.7.12 and 6.1.6.7.15. Outbound: the domain that holds the object trusts the partner. */
const directions = { 0: "disabled", 1: "inbound", 2: "outbound", 3: "bidirectional" } as const;
const types = { 1: "downlevel", 2: "uplevel", 3: "mit", 4: "dce", 5: "aad" } as const;
/** trustAttributes, [MS-ADTS] 6.1.6.7.9. */
const flags = { quarantined: 0x4, forestTransitive: 0x8, selectiveAuthentication: 0x10, withinForest: 0x20, treatAsExternal: 0x40 } as const;

function topLevelNamesOf(raw: Buffer): readonly RecordValue<"TopLevelName">[] | undefined {
  return decodeForestTrustInfo(raw)?.flatMap((record) => (record.kind === "topLevelName" || record.kind === "topLevelNameEx" ? [{ name: normalName(record.name), excluded: record.kind === "topLevelNameEx", enabled: record.enabled }] : []));
}

function trustFacts(session: ForestSession, observer: Observer, read: ReadEntry): string {
  const { forest, source } = session;
  const partner = required(textOf(read, "trustPartner"), read, "trustPartner");
  const name = partner.state === "known" ? normalName(partner.value) : read.entry.dn;
  const id = `${forest.name}/${name}`;
  const state = subjectState(observer, "trust", id, `${forest.name} → ${name}`);
  state("forest", known(forest.name, source));
  state("partner", partner.state === "known" ? known(name, source) : partner);
  state("changedAt", changedAt(read));
  state("flatName", textOf(read, "flatName"));
  state("direction", required(enumOf(read, "trustDirection", directions), read, "trustDirection"));
  state("trustType", required(enumOf(read, "trustType", types), read, "trustType"));
  for (const [fact, mask] of Object.entries(flags) as [keyof typeof flags, number][]) state(fact, required(flagOf(read, "trustAttributes", mask), read, "trustAttributes"));
  state("partnerSid", bytesOf(read, "securityIdentifier", sidToText));
  state("topLevelNames", bytesOf(read, "msDS-TrustForestTrustInfo", topLevelNamesOf));
  return id;
}

/** What is read of a trusted domain object. */
export const trustAttributeNames = ["trustPartner", "flatName", "trustDirection", "trustType", "trustAttributes", "securityIdentifier", "msDS-TrustForestTrustInfo"] as const;

/** Reads the trusts of the forest root domain; forest trusts stand only there ([MS-ADTS] 6.1.6.7). `system` is what CN=System of that domain holds. */
export function readTrusts(session: ForestSession, observer: Observer, system: Listing): void {
  const ids = ofClass(system, "trustedDomain").entries.map((read) => trustFacts(session, observer, read));
  observer.observe("forest", session.forest.name, "trusts", idList(system.complete, ids));
}
