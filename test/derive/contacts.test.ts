import { describe, expect, it } from "vitest";
import { deriveFacts } from "../../src/derive/derive-facts.ts";
import type { Subject } from "../../src/model/subject.ts";
import { missing, subject, worldOf } from "./world-of.ts";

const at = new Date("2026-01-01T00:00:00Z");
const unmarked = { contactKind: "unclassified", sourceObjectType: undefined, otherIpPhone: [], otherTelephone: [] } as const;

async function derived(...more: readonly Subject[]) {
  const base = [
    subject("deployment", "deployment", { forests: ["one.test"], endpoints: [] }),
    subject("forest", "one.test", { roles: ["lync", "exchange"], lyncDeployment: "rtc", exchangeOrganization: "org", groups: [] }),
    subject("lyncDeployment", "rtc", { pools: [], sipDomains: [], exUmContacts: ["sa", "aa", "other"] }),
    subject("lyncConfiguration", "lync-configuration", { topologyPools: [], configuredSipDomains: [] }),
    subject("exchangeOrganization", "org", { forest: "one.test", dialPlans: ["plan", "pbx"], autoAttendants: ["desk"], ipGateways: [], huntGroups: [], servers: [], callRouters: [] }),
    subject("umDialPlan", "plan", { organization: "org", uriType: "SipName", phoneContext: "Plan.one.test", accessNumbers: ["+1 (425) 555-0100"], pilotIdentifiers: ["+14255550109"] }),
    subject("umDialPlan", "pbx", { organization: "org", uriType: "TelExtn", phoneContext: "PBX.one.test", accessNumbers: ["+14255550101"], pilotIdentifiers: [] }),
    subject("umAutoAttendant", "desk", { organization: "org", dialPlan: "plan", pilotIdentifiers: ["+14255550101", "+14255550102"] }),
    subject("exUmContact", "sa", { ...unmarked, sipAddress: "sip:sa@Contoso.test;transport=tls", lineUri: "tel:+14255550100;ext=100" }),
    subject("exUmContact", "aa", { ...unmarked, sipAddress: "sip:aa@contoso.test", lineUri: "TEL:14255550101" }),
    subject("exUmContact", "other", { ...unmarked, sipAddress: "broken", lineUri: undefined }),
  ];
  const world = await deriveFacts(worldOf(...base.filter(({ id }) => !more.some((one) => one.id === id)), ...more), at);
  return (kind: Parameters<typeof world.get>[0], id: string, fact: string): unknown => {
    const observation = world.get(kind, id)?.facts[fact];
    return observation?.state === "known" ? observation.value : observation?.state;
  };
}

describe("contacts of Lync", () => {
  it("belong to the plans and attendants of Exchange that have their number, however it is written", async () => {
    const value = await derived();
    expect(value("exUmContact", "sa", "plans")).toEqual(["plan"]);
    expect(value("exUmContact", "aa", "attendants")).toEqual(["desk"]);
    expect(value("exUmContact", "aa", "plans")).toEqual([]); // the telephone extension plan has that number too, and is none of Lync's
    expect(value("umDialPlan", "plan", "contacts")).toEqual(["sa"]);
    expect(value("umAutoAttendant", "desk", "contacts")).toEqual(["aa"]);
    expect(value("umAutoAttendant", "desk", "numbersWithoutContact")).toEqual(["+14255550102"]);
  });

  it("have number and domain taken from their URIs", async () => {
    const value = await derived();
    expect(value("exUmContact", "sa", "number")).toBe("+14255550100");
    expect(value("exUmContact", "sa", "sipDomain")).toBe("contoso.test");
    expect(value("exUmContact", "other", "number")).toBe("absent");
    expect(value("exUmContact", "other", "sipDomain")).toBe("");
  });

  it("serve UM by number or by any mark; others are left alone", async () => {
    const value = await derived();
    expect(["sa", "aa", "other"].map((id) => value("exUmContact", id, "servesUm"))).toEqual([true, true, false]);
    const marks: readonly Subject[] = [
      subject("exUmContact", "other", { ...unmarked, sipAddress: "sip:x@contoso.test", lineUri: undefined, sourceObjectType: -1879048192 }),
      subject("exUmContact", "sa", { ...unmarked, sipAddress: "sip:y@contoso.test", lineUri: undefined, otherTelephone: ["sip:y@contoso.test;OPAQUE=app:exum:Plan.one.test;x=1"] }),
    ];
    const marked = await derived(...marks);
    expect(marked("exUmContact", "other", "servesUm")).toBe(true);
    expect(marked("exUmContact", "sa", "servesUm")).toBe(true);
    expect(marked("exUmContact", "sa", "namedContexts")).toEqual(["plan.one.test"]);
  });

  it("are not told apart while numbers of Exchange were not read, unless a mark tells", async () => {
    const plan = subject("umDialPlan", "plan", { organization: "org", uriType: "SipName", phoneContext: "Plan.one.test", accessNumbers: missing, pilotIdentifiers: [] });
    const value = await derived(plan, subject("exUmContact", "aa", { ...unmarked, contactKind: "autoAttendant", sipAddress: "sip:aa@contoso.test", lineUri: undefined }));
    expect(value("exUmContact", "sa", "plans")).toBe("unknown");
    expect(value("exUmContact", "other", "servesUm")).toBe("unknown");
    expect(value("exUmContact", "aa", "servesUm")).toBe(true);
  });

  it("that share an address or a line are told, whatever the case; who is not read could be another", async () => {
    const twin = subject("exUmContact", "aa", { ...unmarked, sipAddress: "SIP:SA@contoso.test;transport=TLS", lineUri: "tel:+14255550100;EXT=100" });
    const value = await derived(twin);
    expect([value("exUmContact", "aa", "sameAddress"), value("exUmContact", "sa", "sameLine"), value("exUmContact", "other", "sameLine")]).toEqual([["sa"], ["aa"], []]);
    const unread = await derived(twin, subject("exUmContact", "other", { ...unmarked, sipAddress: missing, lineUri: missing }));
    expect([unread("exUmContact", "sa", "sameAddress"), unread("exUmContact", "other", "sameAddress")]).toEqual([["aa"], "unknown"]);
    const alone = await derived(subject("exUmContact", "other", { ...unmarked, sipAddress: missing, lineUri: missing }));
    expect(alone("exUmContact", "sa", "sameAddress")).toBe("unknown");
  });

  it("leave no attendant without a contact while one number was not read", async () => {
    const value = await derived(subject("exUmContact", "other", { ...unmarked, sipAddress: "sip:x@contoso.test", lineUri: missing }));
    expect(value("umAutoAttendant", "desk", "numbersWithoutContact")).toBe("unknown");
  });
});
