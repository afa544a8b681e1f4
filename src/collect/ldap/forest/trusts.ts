import { normalName } from "../../../model/ids.ts";
import type { RecordValue } from "../../../model/kinds.ts";
import { absent, known, unknown, type Observation } from "../../../model/observation.ts";
import type { Observer } from "../../../model/subject.ts";
import type { Entry } from "../client-contract.ts";
import { bytes } from "../client-entry.ts";
import { sidToText } from "../decode-sid.ts";
import { decodeForestTrustInfo } from "../decode-forest-trust.ts";
import { listBelow } from "./container.ts";
import { idList } from "./organization.ts";
import { enumOf, flagOf, readEntryOf, required, textOf, type ReadEntry } from "./observe-entry.ts";
import type { ForestSession } from "./session.ts";
import { subjectState } from "./state.ts";

/** [MS-ADTS] 6.1.6.7.12 and 6.1.6.7.15. Outbound: the domain that holds the object trusts the partner. */
const directions = { 0: "disabled", 1: "inbound", 2: "outbound", 3: "bidirectional" } as const;
const types = { 1: "downlevel", 2: "uplevel", 3: "mit", 4: "dce", 5: "aad" } as const;
/** trustAttributes, [MS-ADTS] 6.1.6.7.9. */
const flags = { quarantined: 0x4, forestTransitive: 0x8, selectiveAuthentication: 0x10, withinForest: 0x20, treatAsExternal: 0x40 } as const;

function partnerSid(read: ReadEntry): Observation<string> {
  const raw = bytes(read.entry, "securityIdentifier");
  if (raw.state === "absent") return absent(read.source);
  const sid = raw.state === "value" ? sidToText(raw.value) : undefined;
  return sid === undefined ? unknown("malformed", `${read.entry.dn}: securityIdentifier is no SID`, read.source) : known(sid, read.source);
}

function topLevelNames(read: ReadEntry): Observation<readonly RecordValue<"TopLevelName">[]> {
  const raw = bytes(read.entry, "msDS-TrustForestTrustInfo");
  if (raw.state === "absent") return absent(read.source);
  const records = raw.state === "value" ? decodeForestTrustInfo(raw.value) : undefined;
  if (records === undefined) return unknown("malformed", `${read.entry.dn}: msDS-TrustForestTrustInfo cannot be decoded`, read.source);
  const names = records.flatMap((record) => (record.kind === "topLevelName" || record.kind === "topLevelNameEx" ? [{ name: normalName(record.name), excluded: record.kind === "topLevelNameEx", enabled: record.enabled }] : []));
  return known(names, read.source);
}

function trustFacts(session: ForestSession, observer: Observer, entry: Entry): string {
  const { forest, source } = session;
  const read = readEntryOf(entry, source, ["objectClass", "trustDirection"]);
  const partner = required(textOf(read, "trustPartner"), read, "trustPartner");
  const name = partner.state === "known" ? normalName(partner.value) : entry.dn;
  const id = `${forest.name}/${name}`;
  const state = subjectState(observer, "trust", id, `${forest.name} → ${name}`);
  state("forest", known(forest.name, source));
  state("partner", partner.state === "known" ? known(name, source) : partner);
  state("flatName", textOf(read, "flatName"));
  state("direction", required(enumOf(read, "trustDirection", directions), read, "trustDirection"));
  state("trustType", required(enumOf(read, "trustType", types), read, "trustType"));
  for (const [fact, mask] of Object.entries(flags) as [keyof typeof flags, number][]) state(fact, required(flagOf(read, "trustAttributes", mask), read, "trustAttributes"));
  state("partnerSid", partnerSid(read));
  state("topLevelNames", topLevelNames(read));
  return id;
}

/** Reads the trusts of the forest root domain; forest trusts stand only there ([MS-ADTS] 6.1.6.7). */
export async function readTrusts(session: ForestSession, observer: Observer): Promise<void> {
  const found = await listBelow(session, `CN=System,${session.rootDn}`, "one", "(objectClass=trustedDomain)", ["trustPartner", "flatName", "trustDirection", "trustType", "trustAttributes", "securityIdentifier", "msDS-TrustForestTrustInfo"]);
  observer.observe("forest", session.forest.name, "trusts", idList(found, found.entries.map((entry) => trustFacts(session, observer, entry))));
}
