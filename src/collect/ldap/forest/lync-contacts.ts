import { known, unknown, type Observation } from "../../../model/observation.ts";
import type { Entry } from "../client-contract.ts";
import { rdnValue } from "../decode-dn.ts";
import { failureOf, booleanOf, integerOf, readEntryOf, required, textOf, textsOf, type ReadEntry } from "./observe-entry.ts";
import { idOf } from "./links.ts";
import type { LyncReading } from "./lync-reading.ts";
import { subjectState } from "./state.ts";

const attributes = ["objectClass", "objectGUID", "cn", "displayName", "msRTCSIP-PrimaryUserAddress", "msRTCSIP-Line", "msRTCSIP-UserEnabled", "msRTCSIP-OptionFlags", "otherIpPhone", "msRTCSIP-SourceObjectType", "msRTCSIP-PrimaryHomeServer"];
/** Subscriber access and auto attendant contacts carry one of these marks (directory.md, section 4). */
const filter = "(&(objectClass=contact)(msRTCSIP-PrimaryUserAddress=*)(|(otherIpPhone=*app:exum*)(msRTCSIP-SourceObjectType=-1879048192)(msRTCSIP-OptionFlags:1.2.840.113556.1.4.803:=1024)(otherIpPhone=*)))";
const maxContacts = 20_000;
const autoAttendantFlag = 0x400;

/** What the explicit marks say; a contact without one is left to a comparison of numbers. */
function kindOf(read: ReadEntry): Observation<"autoAttendant" | "subscriberAccess" | "unclassified"> {
  const flags = integerOf(read, "msRTCSIP-OptionFlags", 0);
  const phones = textsOf(read, "otherIpPhone");
  if (flags.state !== "known") return flags;
  if (phones.state !== "known") return phones;
  if ((flags.value & autoAttendantFlag) !== 0) return known("autoAttendant", flags.source);
  return known(phones.value.some((phone) => phone.toLowerCase().includes("opaque=app:exum:")) ? "subscriberAccess" : "unclassified", phones.source);
}

function contactFacts(reading: LyncReading, entry: Entry): string {
  const { session, observer } = reading;
  const read = readEntryOf(entry, session.source, ["objectClass", "msRTCSIP-PrimaryUserAddress"]);
  const id = idOf(entry);
  const displayed = textOf(read, "displayName");
  const name = displayed.state === "known" ? displayed.value : rdnValue(entry.dn);
  const state = subjectState(observer, "exUmContact", id, name);
  state("forest", known(session.forest.name, session.source));
  state("name", known(name, session.source));
  state("dn", known(entry.dn, session.source));
  state("sipAddress", required(textOf(read, "msRTCSIP-PrimaryUserAddress"), read, "SIP address"));
  state("lineUri", textOf(read, "msRTCSIP-Line"));
  state("enabled", booleanOf(read, "msRTCSIP-UserEnabled", false));
  state("optionFlags", integerOf(read, "msRTCSIP-OptionFlags", 0));
  state("otherIpPhone", textsOf(read, "otherIpPhone"));
  state("sourceObjectType", integerOf(read, "msRTCSIP-SourceObjectType"));
  state("homeServer", textOf(read, "msRTCSIP-PrimaryHomeServer"));
  state("contactKind", kindOf(read));
  return id;
}

/** Reads the ExUM contacts of the forest: through the global catalog, as they stand in an ordinary organizational unit of any domain. */
export async function readExUmContacts(reading: LyncReading): Promise<Observation<readonly string[]>> {
  const { session } = reading;
  const { catalog, source } = session;
  if (!catalog.ok) return failureOf(catalog.failure, source);
  const found = await catalog.value.searchAll({ base: "", scope: "sub", filter, attributes }, { maxEntries: maxContacts });
  const ids = found.entries.map((entry) => contactFacts(reading, entry));
  if (!found.complete) return failureOf(found.failure, source);
  return ids.length > 0 ? known(ids, source) : unknown("denied", "no contact was found; whether there is none or the account may not see them cannot be told", source);
}
