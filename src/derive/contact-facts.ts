import { singletonId } from "../model/ids.ts";
import { absent, known, type Observation } from "../model/observation.ts";
import type { Subject } from "../model/subject.ts";
import { allOf, chained, derivedSource, firstUnknown, joined, mapped } from "./combine.ts";
import type { DerivedWorld } from "./world.ts";

/** msRTCSIP-SourceObjectType of subscriber access and auto attendant objects, 0x90000000 as LDAP returns it. */
const umObject = -1879048192;

/** Digits by which numbers are compared: the plus and visual separators (RFC 3966) do not count. */
function digitsOf(number: string): string {
  return number.replaceAll(/\D/gu, "");
}

/** The number of a line URI, without scheme and parameters. */
function numberOf(lineUri: string): string {
  return lineUri.replace(/^tel:/iu, "").split(";")[0] ?? "";
}

/** The host of a SIP address, lower case; empty where it has none. */
function domainOf(sipAddress: string): string {
  const at = sipAddress.lastIndexOf("@");
  return at === -1 ? "" : (sipAddress.slice(at + 1).split(/[;?:]/u)[0] ?? "").toLowerCase();
}

function contextsOf(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => /opaque=app:exum:([^;?]+)/iu.exec(text)?.[1]?.toLowerCase() ?? []))];
}

/** A subject with numbers of its own. */
interface Numbered {
  readonly id: string;
  readonly numbers: readonly string[];
}

/** Ids by the digits of their numbers. */
type ByDigits = ReadonlyMap<string, readonly string[]>;

function byDigits(items: readonly Numbered[]): ByDigits {
  const found = new Map<string, string[]>();
  for (const { id, numbers } of items) {
    for (const digits of new Set(numbers.map(digitsOf))) if (digits !== "") found.set(digits, [...(found.get(digits) ?? []), id]);
  }
  return found;
}

/** The members of an optional reference or list of each of several owners, joined. */
function membersOf(world: DerivedWorld, fact: "dialPlans" | "autoAttendants"): Observation<readonly string[]> {
  return chained(world.read("deployment", singletonId.deployment, "exchangeOrganizations"), (list) => joined(list.map((id) => world.read("exchangeOrganization", id, fact))));
}

function numberedPlan(world: DerivedWorld, id: string): Observation<Numbered> {
  const numbers = joined([world.read("umDialPlan", id, "accessNumbers"), world.read("umDialPlan", id, "pilotIdentifiers")]);
  return chained(world.read("umDialPlan", id, "uriType"), (type) => mapped(numbers, (list) => ({ id, numbers: type === "SipName" ? list : [] })));
}

function numberedContact(world: DerivedWorld, id: string): Observation<Numbered> {
  const line = world.read("exUmContact", id, "lineUri");
  return line.state === "absent" ? known({ id, numbers: [] }, line.source) : mapped(line, (uri) => ({ id, numbers: [numberOf(uri)] }));
}

function numbered(ids: Observation<readonly string[]>, read: (id: string) => Observation<Numbered>): Observation<ByDigits> {
  return chained(ids, (list) => mapped(allOf(list.map(read)), byDigits));
}

/** What there is with a number, by its digits. */
interface Numbers {
  readonly plans: Observation<ByDigits>;
  readonly attendants: Observation<ByDigits>;
  readonly contacts: Observation<ByDigits>;
}

function numbersOf(world: DerivedWorld): Numbers {
  const contacts = chained(world.read("deployment", singletonId.deployment, "lyncDeployments"), (list) => joined(list.map((id) => world.read("lyncDeployment", id, "exUmContacts"))));
  return {
    plans: numbered(membersOf(world, "dialPlans"), (id) => numberedPlan(world, id)),
    attendants: numbered(membersOf(world, "autoAttendants"), (id) => mapped(world.read("umAutoAttendant", id, "pilotIdentifiers"), (numbers) => ({ id, numbers }))),
    contacts: numbered(contacts, (id) => numberedContact(world, id)),
  };
}

/** Those of an index that bear one of the numbers. */
function bearing(index: Observation<ByDigits>, numbers: Observation<readonly string[]>): Observation<readonly string[]> {
  return chained(numbers, (list) => mapped(index, (ids) => [...new Set(list.flatMap((number) => ids.get(digitsOf(number)) ?? []))]));
}

/** Whether markers or number say that a contact leads to UM; where one of them says so, the others need not have been read. */
function servesUm(world: DerivedWorld, id: string): Observation<boolean> {
  const marks: readonly Observation<boolean>[] = [
    mapped(world.read("exUmContact", id, "contactKind"), (kind) => kind !== "unclassified"),
    orAbsent(mapped(world.read("exUmContact", id, "sourceObjectType"), (type) => type === umObject), false),
    ...(["namedContexts", "plans", "attendants"] as const).map((fact) => mapped(world.read("exUmContact", id, fact), (list) => list.length > 0)),
  ];
  if (marks.some((mark) => mark.state === "known" && mark.value)) return known(true, derivedSource);
  return firstUnknown(marks) ?? known(false, derivedSource);
}

function orAbsent<T>(observation: Observation<T>, value: T): Observation<T> {
  return observation.state === "absent" ? known(value, observation.source) : observation;
}

function contactFacts(world: DerivedWorld, { id }: Subject, { plans, attendants }: Numbers): void {
  const line = world.read("exUmContact", id, "lineUri");
  const own = orAbsent<readonly string[]>(mapped(line, (uri) => [numberOf(uri)]), []);
  world.state("exUmContact", id, "sipDomain", mapped(world.read("exUmContact", id, "sipAddress"), domainOf));
  world.state("exUmContact", id, "number", line.state === "absent" ? absent(line.source) : mapped(line, numberOf));
  world.state("exUmContact", id, "namedContexts", mapped(joined([world.read("exUmContact", id, "otherIpPhone"), world.read("exUmContact", id, "otherTelephone")]), contextsOf));
  world.state("exUmContact", id, "plans", bearing(plans, own));
  world.state("exUmContact", id, "attendants", bearing(attendants, own));
  world.state("exUmContact", id, "servesUm", servesUm(world, id));
}

/** Others that hold the same text, whatever its case. Where none was found, somebody whose text was not read could still be one. */
function othersWith(world: DerivedWorld, fact: "sipAddress" | "lineUri"): (id: string) => Observation<readonly string[]> {
  const texts = new Map(world.all("exUmContact").map(({ id }) => [id, mapped(world.read("exUmContact", id, fact), (text) => text.toLowerCase())]));
  const holders = Map.groupBy(texts.keys(), (id) => {
    const text = texts.get(id);
    return text?.state === "known" ? text.value : undefined;
  });
  const unread = [...texts.values()].find(({ state }) => state === "unknown");
  return (id) => {
    const own = texts.get(id);
    if (own?.state !== "known") return own?.state === "unknown" ? own : known([], derivedSource);
    const others = (holders.get(own.value) ?? []).filter((other) => other !== id);
    return others.length > 0 || unread?.state !== "unknown" ? known(others, derivedSource) : unread;
  };
}

/** Which contacts of Lync belong to which dial plans and auto attendants of Exchange: by number, as ocsumutil makes them (section 10 of the requirements catalogue). */
export function deriveContacts(world: DerivedWorld): void {
  const numbers = numbersOf(world);
  for (const contact of world.all("exUmContact")) contactFacts(world, contact, numbers);
  const [byAddress, byLine] = [othersWith(world, "sipAddress"), othersWith(world, "lineUri")];
  for (const { id } of world.all("exUmContact")) {
    world.state("exUmContact", id, "sameAddress", byAddress(id));
    world.state("exUmContact", id, "sameLine", byLine(id));
  }
  for (const { id } of world.all("umDialPlan")) {
    world.state("umDialPlan", id, "contacts", bearing(numbers.contacts, joined([world.read("umDialPlan", id, "accessNumbers"), world.read("umDialPlan", id, "pilotIdentifiers")])));
  }
  for (const { id } of world.all("umAutoAttendant")) {
    const pilots = world.read("umAutoAttendant", id, "pilotIdentifiers");
    world.state("umAutoAttendant", id, "contacts", bearing(numbers.contacts, pilots));
    world.state("umAutoAttendant", id, "numbersWithoutContact", chained(pilots, (list) => mapped(numbers.contacts, (index) => list.filter((number) => !index.has(digitsOf(number))))));
  }
}
