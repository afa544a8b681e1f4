import { describe, expect, it } from "vitest";
import { deriveFacts } from "../../src/derive/derive-facts.ts";
import type { Subject, SubjectIndex } from "../../src/model/subject.ts";
import { missing, subject, worldOf } from "./world-of.ts";
import type { RecordValue } from "../../src/model/kinds.ts";

const at = new Date("2026-01-01T00:00:00Z");

function deployment(more: readonly Subject[] = []): Subject[] {
  const there = (id: string) => more.some((one) => one.id === id);
  return [
    subject("deployment", "deployment", { forests: ["lync.test", "exch.test"], endpoints: [] }),
    subject("forest", "lync.test", { roles: ["lync"], lyncDeployment: "rtc", groups: [] }),
    subject("forest", "exch.test", { roles: ["exchange"], exchangeOrganization: "org", groups: [] }),
    subject("lyncDeployment", "rtc", { pools: ["p1"], sipDomains: ["contoso.test"] }),
    subject("lyncPool", "p1", { fqdn: "pool.lync.test" }),
    subject("lyncConfiguration", "lync-configuration", { mediaConfigurations: ["global"], topologyPools: [], configuredSipDomains: ["contoso.test", "litware.test"] }),
    subject("mediaConfiguration", "global", { identity: "Global", scope: "global", encryptionLevel: "RequireEncryption" }),
    subject("exchangeOrganization", "org", { forest: "exch.test", dialPlans: ["plan"], ipGateways: ["gw", "pbx"], huntGroups: ["hg", "hg2"], servers: ["s1"], callRouters: [] }),
    subject("umDialPlan", "plan", { organization: "org", phoneContext: "Plan.exch.test" }),
    subject("umIpGateway", "gw", { organization: "org", address: "POOL.lync.test" }),
    subject("umIpGateway", "pbx", { organization: "org", address: "10.1.2.3" }),
    subject("umHuntGroup", "hg", { gateway: "gw", dialPlan: "plan" }),
    subject("umHuntGroup", "hg2", { gateway: "pbx", dialPlan: "other" }),
    subject("exchangeServer", "s1", { organization: "org", dialPlans: ["plan"], roles: ["UnifiedMessaging"], product: "Exchange2016", fqdn: "s1.exch.test" }),
  ].filter(({ id }) => !there(id)).concat(more);
}

async function derived(...more: readonly Subject[]): Promise<SubjectIndex> {
  return deriveFacts(worldOf(...deployment(more)), at);
}

function value(world: SubjectIndex, kind: Parameters<SubjectIndex["get"]>[0], id: string, fact: string): unknown {
  const observation = world.get(kind, id)?.facts[fact];
  return observation?.state === "known" ? observation.value : observation?.state;
}

describe("derived relations", () => {
  it("join gateways with pools by address, whatever the case, and plans with gateways through hunt groups", async () => {
    const world = await derived();
    expect(value(world, "umIpGateway", "gw", "pools")).toEqual(["p1"]);
    expect(value(world, "umIpGateway", "pbx", "pools")).toEqual([]);
    expect(value(world, "umIpGateway", "pbx", "inside")).toBe("absent");
    expect(value(world, "lyncPool", "p1", "gateways")).toEqual(["gw"]);
    expect(value(world, "umDialPlan", "plan", "gateways")).toEqual(["gw"]);
    expect(value(world, "umDialPlan", "plan", "servers")).toEqual(["s1"]);
    expect(value(world, "umDialPlan", "plan", "phoneContextName")).toBe("Plan");
  });

  it("are unknown as soon as one of the things they rest on was not read", async () => {
    const world = await derived(subject("umHuntGroup", "hg2", { gateway: "pbx", dialPlan: missing }), subject("lyncPool", "p1", { fqdn: missing }));
    expect(value(world, "umDialPlan", "plan", "huntGroups")).toBe("unknown");
    expect(value(world, "umDialPlan", "plan", "gateways")).toBe("unknown");
    expect(value(world, "umIpGateway", "gw", "pools")).toBe("unknown");
  });

  it("do not take a list that was not read for an empty one", async () => {
    const world = await derived(subject("lyncDeployment", "rtc", { pools: missing, sipDomains: missing }));
    expect(value(world, "umIpGateway", "gw", "pools")).toBe("unknown");
  });

  it("know no UM on Exchange 2019", async () => {
    const world = await derived(subject("exchangeServer", "s1", { organization: "org", dialPlans: [], roles: ["UnifiedMessaging"], product: "Exchange2019", fqdn: "s1.exch.test" }));
    expect(value(world, "exchangeServer", "s1", "hasUm")).toBe(false);
  });

  it("leave what one server of unknown version does not touch known", async () => {
    const odd = subject("exchangeServer", "s2", { organization: "org", dialPlans: [], roles: ["UnifiedMessaging"], product: missing, fqdn: "s2.exch.test" });
    const plain = subject("exchangeServer", "s3", { organization: "org", dialPlans: [], roles: ["Mailbox"], product: missing, fqdn: "s3.exch.test" });
    const organization = subject("exchangeOrganization", "org", { forest: "exch.test", dialPlans: ["plan"], ipGateways: [], huntGroups: [], servers: ["s1", "s2", "s3"], callRouters: [] });
    const reached = subject("endpoint", "pool.lync.test:5061", { pool: "p1", server: undefined });
    const pool = subject("lyncPool", "p1", { fqdn: "pool.lync.test", frontEnds: [] });
    const unlisted = subject("deployment", "deployment", { forests: ["lync.test", "exch.test"], endpoints: missing });
    const world = await derived(odd, plain, organization, reached, pool, unlisted);
    expect(value(world, "exchangeServer", "s2", "hasUm")).toBe("unknown");
    expect(value(world, "exchangeServer", "s3", "hasUm")).toBe(false);
    expect(value(world, "exchangeOrganization", "org", "hasUmOf2016")).toBe(true);
    expect(value(world, "lyncPool", "p1", "endpoints")).toEqual(["pool.lync.test:5061"]);
    expect(value(world, "exchangeServer", "s2", "endpoints")).toBe("unknown");
    const older = subject("exchangeServer", "s1", { organization: "org", dialPlans: [], roles: ["UnifiedMessaging"], product: "Exchange2013", fqdn: "s1.exch.test" });
    expect(value(await derived(odd, plain, organization, older), "exchangeOrganization", "org", "hasUmOf2016")).toBe("unknown");
    expect(value(await derived(pool, unlisted), "lyncPool", "p1", "endpoints")).toBe("unknown"); // nothing says that endpoints were planned at all
  });

  it("take SIP domains from both sides, complete only with the configuration", async () => {
    const world = await derived();
    expect(world.all("sipDomain").map(({ id }) => id)).toEqual(["contoso.test", "litware.test"]);
    expect(value(world, "sipDomain", "litware.test", "internalTls")).toBe("inside/_sipinternaltls._tcp.litware.test");
    const without = await derived(subject("lyncConfiguration", "lync-configuration", { configuredSipDomains: missing, mediaConfigurations: missing }));
    expect(without.all("sipDomain").map(({ id }) => id)).toEqual(["contoso.test"]);
    expect(value(without, "lyncConfiguration", "lync-configuration", "sipDomains")).toBe("unknown");
  });
});

describe("the media configuration in effect", () => {
  const service = subject("mediaConfiguration", "svc", { identity: "Service:Registrar:pool.lync.test", scope: "service", encryptionLevel: "SupportEncryption" });
  const site = subject("mediaConfiguration", "site", { identity: "Site:Redmond", scope: "site", encryptionLevel: "DoNotSupportEncryption" });
  const configuration = (ids: readonly string[], pools: readonly string[]) => subject("lyncConfiguration", "lync-configuration", { mediaConfigurations: ids, topologyPools: pools, configuredSipDomains: [] });
  const inSite = subject("topologyPool", "t1", { fqdn: "pool.lync.test", site: "Redmond" });

  it.each([
    ["service before all", ["global", "site", "svc"], [service, site, inSite], "svc"],
    ["site before global", ["global", "site"], [site, inSite], "site"],
    ["global otherwise", ["global"], [inSite], "global"],
  ])("is %s", async (_, ids, subjects, expected) => {
    const world = await derived(configuration(ids, ["t1"]), ...subjects);
    expect(value(world, "lyncPool", "p1", "media")).toBe(expected);
  });

  it("is unknown when there are site configurations and the pool's site is not known", async () => {
    const world = await derived(configuration(["global", "site"], []), site);
    expect(value(world, "lyncPool", "p1", "media")).toBe("unknown");
  });
});

describe("exchucutil's grants", () => {
  const group = (id: string, name: string, forest: string) => subject("securityGroup", id, { name, sid: id, forest });
  const ace = (sid: string, mask: number, more = {}) => ({ allow: true, trusteeSid: sid, mask, containerInherit: true, inheritOnly: false, noPropagate: false, inherited: false, ...more });
  const base = [
    subject("forest", "lync.test", { roles: ["lync"], lyncDeployment: "rtc", groups: ["S-1-1", "S-1-2"] }),
    subject("forest", "exch.test", { roles: ["exchange"], exchangeOrganization: "org", groups: ["S-2-1"] }),
    group("S-1-1", "RTCUniversalServerAdmins", "lync.test"),
    group("S-1-2", "RTCComponentUniversalServices", "lync.test"),
    group("S-2-1", "RTCUniversalServerAdmins", "exch.test"),
  ];
  const container = (aces: readonly ReturnType<typeof ace>[]) => subject("exchangeContainer", "c", { organization: "org", role: "dialPlans", dn: "CN=UM DialPlan Container", aces });

  it("are complete when both groups may list and read, here and below", async () => {
    const world = await derived(...base, container([ace("S-1-1", 0x14), ace("S-1-2", 0x80000000)]));
    expect(value(world, "exchangeContainer", "c", "missingGrants")).toEqual([]);
  });

  it.each([
    ["a right that is missing", [ace("S-1-1", 0x14), ace("S-1-2", 0x4)], ["read property", "read property on objects below"]],
    ["no inheritance", [ace("S-1-1", 0x14), ace("S-1-2", 0x14, { containerInherit: false })], ["list children on objects below", "read property on objects below"]],
    ["a denial before the grant", [ace("S-1-2", 0x10, { allow: false }), ace("S-1-1", 0x14), ace("S-1-2", 0x14)], ["read property", "read property on objects below"]],
    ["a denial for everyone before the grant", [ace("S-1-1", 0x14), ace("S-1-1-0", 0x4, { allow: false }), ace("S-1-2", 0x14)], ["list children", "list children on objects below"]],
    ["a denial for every account before the grant", [ace("S-1-1", 0x14), ace("S-1-5-11", 0x10, { allow: false }), ace("S-1-2", 0x14)], ["read property", "read property on objects below"]],
    ["a grant for one property only", [ace("S-1-1", 0x14), ace("S-1-2", 0x14, { objectType: "x" })], ["list children", "read property", "list children on objects below", "read property on objects below"]],
  ])("show %s", async (_, aces, rights) => {
    const world = await derived(...base, container(aces));
    expect(value(world, "exchangeContainer", "c", "missingGrants")).toEqual([{ group: "lync.test\\RTCComponentUniversalServices", container: "CN=UM DialPlan Container", rights }]);
  });

  it.each([
    ["of one property on the container, and what is below", [ace("S-1-2", 0x10, { allow: false, objectType: "p" }), ace("S-1-1", 0x14), ace("S-1-2", 0x14)], ["read property p", "read property p on objects below"]],
    ["of one property for everyone, on objects below", [ace("S-1-1-0", 0x10, { allow: false, objectType: "p", inheritOnly: true }), ace("S-1-2", 0x14), ace("S-1-1", 0x14)], ["read property p on objects below"]],
    ["of objects of one class", [ace("S-1-2", 0x4, { allow: false, inheritedObjectType: "c", inheritOnly: true }), ace("S-1-1", 0x14), ace("S-1-2", 0x14)], ["list children on objects below of class c"]],
    ["of generic reading of one property", [ace("S-1-2", 0x80000000, { allow: false, objectType: "p", containerInherit: false }), ace("S-1-1", 0x14), ace("S-1-2", 0x14)], ["list children p", "read property p"]],
  ])("are limited by a denial %s", async (_, aces, rights) => {
    const world = await derived(...base, container(aces));
    expect(value(world, "exchangeContainer", "c", "missingGrants")).toEqual([]);
    const limited = value(world, "exchangeContainer", "c", "limitedGrants") as readonly { group: string; rights: readonly string[] }[];
    expect(limited.find(({ group: name }) => name === "lync.test\\RTCComponentUniversalServices")?.rights).toEqual(rights);
  });

  it("are not limited by a denial that stands behind the grant, that is of something else, or of somebody else", async () => {
    const world = await derived(...base, container([ace("S-1-1", 0x14), ace("S-1-2", 0x14), ace("S-1-2", 0x10, { allow: false, objectType: "p" }), ace("S-1-9", 0x10, { allow: false, objectType: "p" }), ace("S-1-1", 0x20, { allow: false, objectType: "p" })]));
    expect(value(world, "exchangeContainer", "c", "limitedGrants")).toEqual([]);
  });

  it("are those of the groups, however their names are spelt", async () => {
    const [lync, exchange, , services] = base;
    const world = await derived(...[lync, exchange, services].flatMap((one) => one ?? []), group("S-1-1", "rtcuniversalserverADMINS", "lync.test"), group("S-2-1", "RTCUNIVERSALSERVERADMINS", "exch.test"), container([ace("S-2-1", 0x14), ace("S-1-2", 0x14)]));
    expect(value(world, "exchangeContainer", "c", "missingGrants")).toMatchObject([{ group: "lync.test\\rtcuniversalserverADMINS" }]);
    expect(value(world, "exchangeContainer", "c", "localNamesakes")).toEqual(["exch.test\\RTCUNIVERSALSERVERADMINS"]);
  });

  it("held by same-named groups of the Exchange forest are told apart", async () => {
    const world = await derived(...base, container([ace("S-2-1", 0x14)]));
    expect(value(world, "exchangeContainer", "c", "localNamesakes")).toEqual(["exch.test\\RTCUniversalServerAdmins"]);
    expect(value(world, "exchangeContainer", "c", "missingGrants")).toHaveLength(2);
  });

  describe("through other groups", () => {
    const [local, universal, services] = ["S-1-5-21-7-7-7-1", "S-1-5-21-8-8-8-1", "S-1-5-21-8-8-8-2"];
    const [lync, exchange, admins] = base;
    const known = [lync, exchange, admins].flatMap((one) => one ?? []);
    const lyncForest = subject("forest", "lync.test", { roles: ["lync"], lyncDeployment: "rtc", groups: ["S-1-1", services] });
    const inUniversal = subject("securityGroup", services, { name: "RTCComponentUniversalServices", sid: services, forest: "lync.test", universalGroups: [universal] });
    const grants = async (aces: readonly ReturnType<typeof ace>[], trusteeGroups: readonly RecordValue<"TrusteeGroup">[], group = inUniversal) => {
      const given = subject("exchangeContainer", "c", { organization: "org", role: "dialPlans", dn: "CN=UM DialPlan Container", aces: [ace("S-1-1", 0x14), ...aces], trusteeGroups });
      const world = await derived(...known.slice(1), lyncForest, group, given);
      return { missing: value(world, "exchangeContainer", "c", "missingGrants"), limited: value(world, "exchangeContainer", "c", "limitedGrants") };
    };
    const holds = (...members: readonly string[]) => [{ sid: local, members }];
    const unread: readonly RecordValue<"TrusteeGroup">[] = [{ sid: local, members: [], reason: "denied", detail: "members may not be read" }];
    const nothing = { missing: [], limited: [] };

    it.each([
      ["the group itself", [ace(local, 0x14)], holds(services)],
      ["a universal group that it is in", [ace(local, 0x14)], holds(universal)],
      ["nothing but the universal group", [ace(universal, 0x14)], [{ sid: universal, members: [] }]],
    ])("are there when the trustee holds %s", async (_, aces, groups) => {
      expect(await grants(aces, groups)).toEqual(nothing);
    });

    it.each([
      ["the group", holds(services)],
      ["everybody", holds("S-1-5-11")],
    ])("are taken by a denial whose trustee holds %s, as a whole or for one property", async (_, groups) => {
      expect((await grants([ace(local, 0x10, { allow: false }), ace(services, 0x14)], groups)).missing).toMatchObject([{ rights: ["read property", "read property on objects below"] }]);
      expect((await grants([ace(local, 0x10, { allow: false, objectType: "p" }), ace(services, 0x14)], groups)).limited).toMatchObject([{ rights: ["read property p", "read property p on objects below"] }]);
    });

    it("do not come from a group that holds somebody else, nor from one that holds everybody", async () => {
      expect((await grants([ace(local, 0x14)], holds("S-1-5-21-9-9-9-9", "S-1-5-11"))).missing).toHaveLength(1);
    });

    it.each([
      ["allows", [ace(local, 0x14)]],
      ["denies before the grant", [ace(local, 0x10, { allow: false }), ace(services, 0x14)]],
    ])("are unknown when a trustee that %s could not be looked into", async (_, aces) => {
      expect((await grants(aces, unread)).missing).toBe("unknown");
      expect((await grants(aces, [])).missing).toBe("unknown");
      const blind = subject("securityGroup", services, { name: "RTCComponentUniversalServices", sid: services, forest: "lync.test", universalGroups: missing });
      expect((await grants(aces, holds(), blind)).missing).toBe("unknown");
    });

    it("are known when an unread trustee decides nothing", async () => {
      expect(await grants([ace(services, 0x14), ace(local, 0x14), ace(local, 0x10, { allow: false }), ace(local, 0x20, { allow: false })], unread)).toEqual(nothing);
      expect((await grants([ace(services, 0x14), ace(local, 0x10, { allow: false, objectType: "p" })], unread)).limited).toEqual([]);
    });

    it("may be limited by a denial through an unread trustee", async () => {
      expect((await grants([ace(local, 0x10, { allow: false, objectType: "p" }), ace(services, 0x14)], unread)).limited).toBe("unknown");
    });
  });

  it("are unknown while the groups of a Lync forest are", async () => {
    const world = await derived(subject("forest", "lync.test", { roles: ["lync"], lyncDeployment: "rtc", groups: missing }), container([ace("S-1-1", 0x14)]));
    expect(value(world, "exchangeContainer", "c", "missingGrants")).toBe("unknown");
  });
});
