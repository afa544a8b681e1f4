import { absent, known, type Observation } from "../../../model/observation.ts";
import { rdnValue } from "../decode-dn.ts";
import { idList, ofClass, together } from "./container.ts";
import { contactClass } from "./judged-classes.ts";
import { idOf } from "./links.ts";
import type { LyncReading } from "./lync-reading.ts";
import { booleanOf, changedAt, changeTime, failureOf, integerOf, required, textOf, textsOf, type ReadEntry } from "./observe-entry.ts";
import type { Domain } from "./session.ts";
import { subjectState } from "./state.ts";

const attributes = ["objectClass", "objectGUID", changeTime, "cn", "displayName", "msRTCSIP-PrimaryUserAddress", "msRTCSIP-Line", "msRTCSIP-UserEnabled", "msRTCSIP-OptionFlags", "otherIpPhone", "otherTelephone", "msExchUCVoiceMailSettings", "msRTCSIP-SourceObjectType", "msRTCSIP-PrimaryHomeServer"];
/**
 * Subscriber access and auto attendant contacts carry one of the marks, or at least a line of their own. Contacts that stand for users of another forest (central forest
 * topology) have a line too, but name the SID of that user.
 */
const filter = "(&(objectCategory=person)(objectClass=contact)(msRTCSIP-PrimaryUserAddress=*)(|(msRTCSIP-SourceObjectType=-1879048192)(msRTCSIP-OptionFlags:1.2.840.113556.1.4.803:=1024)(otherIpPhone=*)(&(msRTCSIP-Line=*)(!(msRTCSIP-OriginatorSid=*)))))";
const maxContacts = 20_000;
const autoAttendantFlag = 0x400;

/** The part of a SIP URI before the @, lower case. */
function userPart(uri: string): string {
  return (/^(?:sip:)?([^@]*)@/i.exec(uri)?.[1] ?? uri).toLowerCase();
}

/**
 * What the explicit marks say; a contact without one is left to a comparison of numbers. In samples otherIpPhone of subscriber access is the contact's own address
 * with the phone context behind it; how it looks for an auto attendant is not documented, so that another user part says nothing.
 */
function kindOf(read: ReadEntry): Observation<"autoAttendant" | "subscriberAccess" | "unclassified"> {
  const flags = integerOf(read, "msRTCSIP-OptionFlags", 0);
  const phones = textsOf(read, "otherIpPhone");
  const address = textOf(read, "msRTCSIP-PrimaryUserAddress");
  if (flags.state !== "known") return flags;
  if ((flags.value & autoAttendantFlag) !== 0) return known("autoAttendant", flags.source);
  if (phones.state !== "known") return phones;
  const marked = phones.value.filter((phone) => phone.toLowerCase().includes("opaque=app:exum:"));
  if (marked.length === 0) return known("unclassified", phones.source);
  if (address.state !== "known") return address.state === "unknown" ? address : known("unclassified", phones.source);
  return known(marked.some((phone) => userPart(phone) === userPart(address.value)) ? "subscriberAccess" : "unclassified", phones.source);
}

/** The pool of a home server, its service object two levels below; none where all pools were read and it is of none of them. */
function poolAt({ links, below }: LyncReading, home: Observation<string>): Observation<string> {
  if (home.state !== "known") return home;
  const id = links.idAbove(home.value, 2);
  if (ofClass(below, "msRTCSIP-Pool").entries.some(({ entry }) => idOf(entry) === id)) return known(id, home.source);
  return below.complete.state === "known" ? absent(home.source) : below.complete;
}

function contactFacts(reading: LyncReading, read: ReadEntry): string {
  const { session, observer } = reading;
  const { entry, source } = read;
  const id = idOf(entry);
  const displayed = textOf(read, "displayName");
  const name = displayed.state === "known" ? displayed.value : rdnValue(entry.dn);
  const state = subjectState(observer, "exUmContact", id, name);
  state("forest", known(session.forest.name, source));
  state("name", known(name, source));
  state("dn", known(entry.dn, source));
  state("changedAt", changedAt(read));
  state("sipAddress", required(textOf(read, "msRTCSIP-PrimaryUserAddress"), read, "SIP address"));
  state("lineUri", textOf(read, "msRTCSIP-Line"));
  state("enabled", booleanOf(read, "msRTCSIP-UserEnabled", false));
  state("optionFlags", integerOf(read, "msRTCSIP-OptionFlags", 0));
  state("otherIpPhone", textsOf(read, "otherIpPhone"));
  state("otherTelephone", textsOf(read, "otherTelephone"));
  state("voiceMailSettings", textsOf(read, "msExchUCVoiceMailSettings"));
  state("sourceObjectType", integerOf(read, "msRTCSIP-SourceObjectType"));
  const home = textOf(read, "msRTCSIP-PrimaryHomeServer");
  state("homeServer", home);
  state("pool", poolAt(reading, home));
  state("contactKind", kindOf(read));
  return id;
}

interface Found {
  readonly ids: readonly string[];
  readonly complete: Observation<true>;
}

async function contactsOf(reading: LyncReading, domain: Domain): Promise<Found> {
  const reader = await domain.reader();
  if (!reader.ok) return { ids: [], complete: failureOf(reader.failure, reading.session.source) };
  const { client, source } = reader.value;
  // first the rights: a connection that is lost meanwhile must not leave contacts behind of which nothing is told but that they may be hidden in part
  const rights = await (await domain.rights()).of(contactClass);
  const found = await client.searchAll({ base: domain.dn, scope: "sub", filter, attributes }, { maxEntries: maxContacts });
  const ids = found.entries.map((entry) => contactFacts(reading, { entry, source, hiding: rights.hiding(entry), concealing: undefined }));
  return { ids, complete: found.complete ? rights.complete : failureOf(found.failure, source) };
}

/** Reads the ExUM contacts of the forest. They stand in an ordinary organizational unit of any domain; a global catalog lacks some of their attributes. */
export async function readExUmContacts(reading: LyncReading): Promise<Observation<readonly string[]>> {
  const { domains, source } = reading.session;
  if (domains.state !== "known") return domains;
  const found = await Promise.all(domains.value.map((domain) => contactsOf(reading, domain)));
  return idList(together(found.map(({ complete }) => complete), source), found.flatMap(({ ids }) => ids));
}
