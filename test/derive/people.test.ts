import { describe, expect, it } from "vitest";
import { createDigestTable } from "../../src/derive/people/digest-table.ts";
import { eumAddresses } from "../../src/derive/people/eum-address.ts";
import { lineKey, lineUri } from "../../src/derive/people/line-uri.ts";
import { createPeople } from "../../src/derive/people/people.ts";
import { voiceMailSettings } from "../../src/derive/people/voice-mail-settings.ts";
import type { FactName, FactValue } from "../../src/model/kinds.ts";
import { known, unknown, type Observation } from "../../src/model/observation.ts";
import type { Subject } from "../../src/model/subject.ts";
import { missing, subject, worldOf } from "./world-of.ts";

const [lync, exchange] = ["contoso.test", "fabrikam.test"];
const context = ";phone-context=hq.fabrikam.test";
type Given = { readonly [F in FactName<"user">]?: FactValue<"user", F> | undefined | typeof missing };

/** Nothing is set but what is given. */
const blank: Given = {
  masterSid: undefined,
  originatorSid: undefined,
  mailboxGuid: undefined,
  mailboxHome: undefined,
  umEnabled: false,
  umDialPlan: undefined,
  umMailboxPolicy: undefined,
  eumPrimary: [],
  eumSecondary: [],
  sipProxies: [],
  sipAddress: undefined,
  optionFlags: 0,
  lineUri: undefined,
  voiceMailSettings: [],
};

function user(id: string, given: Given): Subject {
  return subject("user", id, { ...blank, forest: lync, dn: `CN=${id}`, sid: `S-${id}`, ...given });
}

const addresses = { eumPrimary: [`anna@contoso.test${context}`], eumSecondary: [`1001${context}`], sipProxies: ["sip:anna@contoso.test"] };
const anna = user("anna", { ...addresses, sipAddress: "sip:anna@contoso.test", lineUri: "tel:+14255551001;ext=1001", optionFlags: 385 });
const mailbox = user("anna-mailbox", { ...addresses, forest: exchange, masterSid: "S-anna", mailboxGuid: "guid", umEnabled: true, umDialPlan: "hq", umMailboxPolicy: "hq-policy", mailboxHome: "/o=x/cn=Configuration/cn=Servers/cn=EX1" });

const forests = [subject("forest", lync, { users: ["read"], lyncDeployment: "rtc" }), subject("forest", exchange, { users: ["read"], lyncDeployment: undefined })];
const world = [
  subject("deployment", "deployment", { exchangeForests: [exchange] }),
  subject("lyncDeployment", "rtc", { exUmContacts: ["sa"] }),
  subject("exUmContact", "sa", { forest: lync, dn: "CN=sa", sipAddress: "sip:sa@contoso.test", lineUri: "tel:+14255550100" }),
  subject("umDialPlan", "hq", { uriType: "SipName" }),
  subject("umDialPlan", "pbx", { uriType: "TelExtn" }),
  subject("exchangeServer", "ex1", { forest: exchange, name: "ex1" }),
];

interface Completed {
  readonly fact: (id: string, name: FactName<"user">) => Observation;
  readonly value: (id: string, name: FactName<"user">) => unknown;
  readonly passes: number;
}

/** What all users together make of each; `instead` are subjects of the world in place of those with the same id. */
function completed(users: readonly Subject[], instead: readonly Subject[] = [], lost = 0): Completed {
  const people = createPeople();
  for (const one of users) people.note(one);
  const replaced = [...forests, ...world].filter(({ id }) => !instead.some((one) => one.id === id));
  const again = people.settle(worldOf(...replaced, ...instead), lost);
  if (again) for (const one of users) people.recall(one);
  const done = new Map(users.map((one) => [one.id, people.complete(one)]));
  const fact = (id: string, name: string): Observation => done.get(id)?.facts[name] ?? expect.unreachable();
  return { fact, passes: again ? 3 : 2, value: (id, name) => { const found = fact(id, name); return found.state === "known" ? found.value : expect.unreachable(`${name} is ${found.state}`); } };
}

describe("what one account says", () => {
  it.each([
    ["tel:+14255551001", true, "+14255551001", undefined],
    ["tel:+14255551001;ext=1001", true, "+14255551001", "1001"],
    ["TEL:+1425;EXT=7", true, "+1425", "7"],
    ["tel:+1 (425) 555-1001;ext=10-01", false, "+14255551001", "1001"],
    ["tel:1001;phone-context=contoso.test", false, "1001", undefined],
    ["+14255551001", false, "+14255551001", undefined],
    ["tel:+1425;ext=1;ext=2", false, "+1425", "1"],
    ["", false, "", undefined],
  ])("line URI %s", (text, wellFormed, number, extension) => {
    expect(lineUri(text)).toEqual({ wellFormed, number, ...(extension === undefined ? {} : { extension }) });
  });

  it("takes line URIs for the same however they are written", () => {
    expect(lineKey("tel:+1-425-555-1001;EXT=1001")).toBe(lineKey("tel:+14255551001;ext=1001"));
    expect(lineKey("tel:-")).not.toBe(lineKey("tel:")); // neither is a number
    expect(lineKey("tel:+14255551001")).not.toBe(lineKey("tel:+14255551001;ext=1001"));
  });

  it("takes EUM addresses apart at the last phone context", () => {
    expect(eumAddresses(known(["a@b;phone-context=x;PHONE-CONTEXT=hq.test"], "s"), known(["1001;phone-context=hq.test", "12-3", ";phone-context="], "s"))).toMatchObject({
      value: [
        { primary: true, extension: "a@b;phone-context=x", phoneContext: "hq.test", form: "sip" },
        { primary: false, extension: "1001", phoneContext: "hq.test", form: "digits" },
        { extension: "12-3", phoneContext: "", form: "other" },
        { extension: "", phoneContext: "", form: "other" },
      ],
    });
    expect(eumAddresses(known([], "s"), unknown("denied", "hidden"))).toMatchObject({ state: "unknown", reason: "denied" });
  });

  it.each([
    [[], undefined, undefined, [], "unset"],
    [["CsHostedVoiceMail=1"], undefined, true, [], "hosted"],
    [["CSHostedVoiceMail=0"], undefined, false, [], "not-hosted"],
    [["ExchangeHostedVoiceMail=1", "CsHostedVoiceMail=0"], true, false, [], "conflicting"],
    [["CsHostedVoiceMail=1", "cshostedvoicemail=1"], undefined, true, ["CsHostedVoiceMail=1", "cshostedvoicemail=1"], "hosted"],
    [["CsHostedVoiceMail=1", "CsHostedVoiceMail=0"], undefined, undefined, ["CsHostedVoiceMail=1", "CsHostedVoiceMail=0"], "conflicting"],
    [["CsHostedVoiceMail=yes"], undefined, undefined, ["CsHostedVoiceMail=yes"], "unset"],
  ])("voice mail settings %j", (values, exchangeSays, lyncSays, odd, route) => {
    expect(voiceMailSettings(values)).toEqual({ exchange: exchangeSays, lync: lyncSays, odd, route });
  });

  it("names the option flags", () => {
    expect(completed([user("u", { optionFlags: 0x3d1 })]).value("u", "options")).toEqual(["publicIm", "remoteCallControl", "anonymousMeetings", "enterpriseVoice", "enhancedPresence", "remoteCallControlDual"]);
  });
});

describe("an account and its mailbox in another forest", () => {
  it("agree, and nothing is read again", () => {
    const { value, fact, passes } = completed([anna, mailbox]);
    expect(passes).toBe(2);
    expect(value("anna", "mailboxForest")).toBe(exchange);
    expect([value("anna", "mailboxUmEnabled"), value("anna", "mailboxDialPlan"), value("anna", "mailboxPolicy")]).toEqual([true, "hq", "hq-policy"]);
    expect(value("anna", "mailboxEumAddresses")).toEqual(value("anna-mailbox", "eumAddresses"));
    expect(value("anna", "mailboxSipProxies")).toEqual(["sip:anna@contoso.test"]);
    expect(fact("anna", "mailboxDn").state).toBe("unknown"); // and not absent: it was not looked for
    expect(value("anna-mailbox", "mailboxDn")).toBe("CN=anna-mailbox");
    expect(value("anna-mailbox", "mailboxServer")).toBe("ex1");
  });

  it.each([
    ["another EUM address", { eumSecondary: [`2002${context}`] }],
    ["another SIP proxy", { sipProxies: ["sip:other@contoso.test"] }],
    ["a plan that is no SIP plan", { umDialPlan: "pbx" }],
    ["no UM", { umEnabled: false }],
    ["another word on hosting", { voiceMailSettings: ["ExchangeHostedVoiceMail=1"] }],
  ] satisfies readonly (readonly [string, Given])[])("with %s the mailbox is quoted", (_, change) => {
    const other = { ...mailbox, facts: { ...mailbox.facts, ...subject("user", "x", change).facts } };
    const { value, fact, passes } = completed([other, anna]);
    expect(passes).toBe(3);
    expect(value("anna", "mailboxDn")).toBe("CN=anna-mailbox");
    expect(value("anna", "mailboxEumAddresses")).toEqual(value("anna-mailbox", "eumAddresses"));
    expect(value("anna", "mailboxSipProxies")).toEqual(value("anna-mailbox", "sipProxies"));
    expect(fact("anna", "mailboxHosting").state).toBe(fact("anna-mailbox", "hostedByExchange").state);
  });

  it("are found by the account that really signs in", () => {
    const resource = { ...anna, facts: { ...anna.facts, ...subject("user", "x", { originatorSid: "S-owner" }).facts } };
    const own = { ...mailbox, facts: { ...mailbox.facts, ...subject("user", "x", { masterSid: "S-1-5-10", sid: "S-owner" }).facts } };
    expect(completed([resource, own]).value("anna", "mailboxForest")).toBe(exchange);
  });

  it("are not there: the mailbox is absent only when every mailbox was read", () => {
    expect(completed([anna]).fact("anna", "mailboxForest").state).toBe("absent");
    expect(completed([anna]).value("anna", "mailboxEumAddresses")).toEqual([]);
    expect(completed([anna], [subject("forest", exchange, { users: missing })]).fact("anna", "mailboxForest")).toMatchObject({ state: "unknown", reason: "timeout" });
    expect(completed([anna], [], 1).fact("anna", "mailboxForest")).toMatchObject({ state: "unknown", reason: "malformed" });
    const hidden = { ...mailbox, facts: { ...mailbox.facts, masterSid: unknown("denied", "hidden") } };
    expect(completed([anna, hidden]).fact("anna", "mailboxForest")).toMatchObject({ state: "unknown", reason: "denied" });
    const perhaps = user("perhaps", { mailboxGuid: missing });
    expect(completed([anna, perhaps]).fact("anna", "mailboxForest")).toMatchObject({ state: "unknown", reason: "timeout" });
  });

  it("a mailbox with the address that names nobody as its owner is told", () => {
    const unlinked = { ...mailbox, facts: { ...mailbox.facts, ...subject("user", "x", { masterSid: undefined }).facts } };
    expect(completed([anna, unlinked]).fact("anna", "mailboxForest")).toMatchObject({ state: "unknown", reason: "unsupported" });
  });

  it("of two mailboxes the one with UM counts", () => {
    const archive = user("archive", { forest: exchange, masterSid: "S-anna", mailboxGuid: "g2" });
    for (const users of [[anna, archive, mailbox], [mailbox, archive, anna]]) {
      const { value } = completed(users);
      expect([value("anna", "mailboxUmEnabled"), value("anna", "mailboxDialPlan")]).toEqual([true, "hq"]);
    }
  });

  it("addresses that were not read are unknown on the other side too", () => {
    const dark = { ...mailbox, facts: { ...mailbox.facts, eumSecondary: unknown("denied", "hidden") } };
    expect(completed([anna, dark]).fact("anna", "mailboxEumAddresses")).toMatchObject({ state: "unknown", reason: "denied" });
  });
});

describe("what may be held once", () => {
  const ben = user("ben", { sipAddress: "sip:Anna@contoso.test", lineUri: "tel:+1-425-555-1001;ext=1001" });

  it("names the others, in whatever spelling", () => {
    const { value } = completed([anna, ben, mailbox]);
    expect(value("anna", "lineHolders")).toEqual(["ben (CN=ben)"]);
    expect(value("ben", "lineHolders")).toEqual(["anna (CN=anna)"]);
    expect(value("ben", "sipAddressHolders")).toEqual(["anna (CN=anna)"]);
    expect(value("anna", "eumAddressHolders")).toEqual([]); // the copy on the account is no second holder
    expect(value("anna-mailbox", "eumAddressHolders")).toEqual([]);
  });

  it("looks at contacts, and at each organisation by itself", () => {
    const clash = user("clash", { lineUri: "tel:+14255550100", sipAddress: "sip:SA@contoso.test" });
    const twin = user("twin", { forest: exchange, mailboxGuid: "g", eumSecondary: [`1001${context}`] });
    const elsewhere = user("elsewhere", { forest: "other.test", mailboxGuid: "g", eumSecondary: [`1001${context}`], lineUri: "tel:+14255551001;ext=1001" });
    const { value } = completed([anna, clash, mailbox, twin, elsewhere], [subject("forest", "other.test", { users: ["read"], lyncDeployment: undefined })]);
    expect(value("clash", "lineHolders")).toEqual(["sa (CN=sa)"]);
    expect(value("clash", "sipAddressHolders")).toEqual(["sa (CN=sa)"]);
    expect(value("twin", "eumAddressHolders")).toEqual(["anna-mailbox (CN=anna-mailbox)"]);
    expect(value("elsewhere", "eumAddressHolders")).toEqual([]);
    expect(value("elsewhere", "lineHolders")).toEqual([]);
  });

  it("is not known to be held once while anything was not read, but twice is twice", () => {
    const dark = user("dark", { lineUri: missing });
    expect(completed([anna, dark]).fact("anna", "lineHolders")).toMatchObject({ state: "unknown", reason: "timeout" });
    expect(completed([anna, ben, dark]).value("anna", "lineHolders")).toEqual(["ben (CN=ben)"]);
    expect(completed([anna], [subject("forest", lync, { users: missing, lyncDeployment: "rtc" })]).fact("anna", "sipAddressHolders").state).toBe("unknown");
    expect(completed([anna], [subject("lyncDeployment", "rtc", { exUmContacts: missing })]).fact("anna", "lineHolders").state).toBe("unknown");
    expect(completed([anna, mailbox], [subject("lyncDeployment", "rtc", { exUmContacts: missing })]).value("anna-mailbox", "eumAddressHolders")).toEqual([]);
    expect(completed([anna], [], 1).fact("anna", "lineHolders")).toMatchObject({ state: "unknown", reason: "malformed" });
  });

  it("by two with one id is told all the same", () => {
    const people = createPeople();
    const two = [user("twin", { lineUri: "tel:+1", dn: "CN=a" }), user("twin", { lineUri: "tel:+1", dn: "CN=b" })];
    for (const one of two) people.note(one);
    expect(people.settle(worldOf(...forests, ...world), 0)).toBe(true);
    for (const one of two) people.recall(one);
    expect(two.map((one) => people.complete(one).facts["lineHolders"])).toMatchObject([{ value: [expect.stringMatching(/^twin/)] }, { value: [expect.stringMatching(/^twin/)] }]);
  });

  it("by very many is told of ten", () => {
    const crowd = Array.from({ length: 50 }, (_, at) => user(`u${at}`, { lineUri: "tel:+1" }));
    expect(completed(crowd).value("u40", "lineHolders")).toHaveLength(11);
    expect(completed(crowd).value("u3", "lineHolders")).toHaveLength(10);
  });
});

it("a table of digests numbers texts as a map would", () => {
  const table = createDigestTable();
  const numbers = new Map<string, number>();
  for (let at = 0; at < 20_000; at += 1) {
    const text = `text ${(at * 7919) % 12_345}`;
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    expect(table.add(text)).toBe(numbers.get(text));
  }
  expect(table.size).toBe(numbers.size);
  for (const [text, number] of numbers) expect(table.find(text)).toBe(number);
  expect(table.find("another")).toBeUndefined();
});

it("somebody whose forest is not known may hold what others hold: nobody is the only one then", () => {
  for (const forest of [missing, undefined] as const) {
    const { fact } = completed([mailbox, anna, user("lost", { ...addresses, forest, sipAddress: "sip:anna@contoso.test", lineUri: "tel:+14255551001;ext=1001" })]);
    for (const name of ["lineHolders", "sipAddressHolders"] as const) expect(fact("anna", name).state).toBe("unknown");
    expect(fact("anna-mailbox", "eumAddressHolders").state).toBe("unknown");
  }
});
