import { afterAll, beforeAll, expect, test } from "vitest";
import { fabrikam, contoso } from "../../../../src/lab/deployment/forests.ts";
import { healthyDeployment } from "../../../../src/lab/deployment/healthy.ts";
import { exchangeServers, lyncPools } from "../../../../src/lab/deployment/hosts.ts";
import { rtcGroupDn, operatorDn } from "../../../../src/lab/deployment/lync-groups.ts";
import { contactUnitDn } from "../../../../src/lab/deployment/lync-contacts.ts";
import { person } from "../../../../src/lab/deployment/people.ts";
import { allPlans } from "../../../../src/lab/deployment/plans.ts";
import type { Lab } from "../../../../src/lab/lab.ts";
import { startLab } from "../../../../src/lab/start.ts";
import { kinds, type KindName } from "../../../../src/model/kinds.ts";
import { scanDirectory, type Scanned } from "./scanning.ts";

let lab: Lab;
let scanned: Scanned;

beforeAll(async () => {
  lab = await startLab(healthyDeployment({ users: 6 }));
  scanned = await scanDirectory(lab);
}, 60_000);
afterAll(() => lab.close());

const guid = /^(?:[a-z.]+\/)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const names = (kind: KindName) => scanned.store.all(kind).map(({ name }) => name).sort();
const idOf = (kind: KindName, name: string) => scanned.store.all(kind).find((one) => one.name === name)?.id ?? expect.unreachable();
const idsOf = (kind: KindName) => scanned.store.all(kind).map(({ id }) => id);
const organization = () => scanned.store.all("exchangeOrganization")[0]?.id ?? expect.unreachable();

test("both forests are read whole, and nothing is asked to be changed", () => {
  expect(scanned.targets).toEqual([
    { kind: "directory", name: "contoso.test", status: "read", problems: [] },
    { kind: "directory", name: "fabrikam.test", status: "read", problems: [] },
  ]);
  expect(lab.writesSeen()).toBe(0);
});

test("every fact that the directory gives is there, and none of them is unknown", () => {
  const elsewhere = ["forest contoso.test.exchangeOrganization", "forest fabrikam.test.lyncDeployment"]; // not asked of a forest without that role
  const wanting = [...scanned.store.entries(), ...scanned.users].flatMap(({ kind, name, facts }) =>
    Object.entries(kinds[kind].facts).flatMap(([fact, { source }]) => {
      const state = source === "directory" ? facts[fact] : undefined;
      if (source !== "directory" || (state !== undefined && state.state !== "unknown")) return [];
      return [`${kind} ${name}.${fact}${state === undefined ? "" : `: ${state.detail}`}`];
    }),
  );
  expect(wanting).toEqual(elsewhere);
});

test("the forests say who they are", () => {
  expect(scanned.value("forest", "rootDomain", contoso.realm)).toBe("contoso.test");
  expect(scanned.value("forest", "configurationDn", fabrikam.realm)).toBe(fabrikam.configurationDn);
  expect(scanned.value("forest", "rootDn", fabrikam.realm)).toBe(fabrikam.rootDn);
  expect(scanned.value("forest", "exchangeSchemaLevel", fabrikam.realm)).toBe(15334);
  expect(scanned.fact("forest", "exchangeSchemaLevel", contoso.realm).state).toBe("absent");
  expect(scanned.value("forest", "lyncSchemaLevel", contoso.realm)).toBe(1150);
  expect(scanned.fact("forest", "lyncSchemaLevel", fabrikam.realm).state).toBe("absent");
  expect(scanned.value("forest", "users", contoso.realm)).toEqual([`${contoso.rootDn}: 8`]);
});

test("dial plans: enumerations that do not begin at 0, the phone context, links by GUID", () => {
  expect(names("umDialPlan")).toEqual(allPlans.map(({ name }) => name).sort());
  expect(idsOf("umDialPlan").every((id) => guid.test(id))).toBe(true);
  for (const plan of allPlans) {
    expect(scanned.value("umDialPlan", "uriType", plan.name)).toBe(plan.uriType === 3 ? "SipName" : "TelExtn");
    expect(scanned.value("umDialPlan", "voipSecurity", plan.name)).toBe(plan.voipSecurity === 3 ? "Secured" : "Unsecured");
    expect(scanned.value("umDialPlan", "phoneContext", plan.name)).toBe(`${plan.name}.fabrikam.test`);
    expect(scanned.value("umDialPlan", "extensionDigits", plan.name)).toBe(6);
    expect(scanned.value("umDialPlan", "accessNumbers", plan.name)).toEqual([plan.accessNumber]);
    expect(scanned.value("umDialPlan", "pilotIdentifiers", plan.name)).toEqual(plan.uriType === 3 ? [plan.accessNumber] : []);
    expect(scanned.value("umDialPlan", "equivalentPhoneContexts", plan.name)).toEqual([]);
    expect(scanned.value("umDialPlan", "faxEnabled", plan.name)).toBe(plan.uriType !== 3);
  }
  expect(scanned.value("umDialPlan", "defaultAutoAttendant", "ContosoUM")).toBe(idOf("umAutoAttendant", "ContosoAA"));
  expect(scanned.fact("umDialPlan", "defaultAutoAttendant", "LegacyPBX").state).toBe("absent");
});

test("gateways, and each hunt group under the gateway that its DN says", () => {
  expect(names("umIpGateway")).toEqual(["1:1", "1:2", "2:1", "LegacyPBX Gateway"]);
  expect(scanned.value("umIpGateway", "address", "1:1")).toBe("lyncpool.contoso.test");
  expect(scanned.value("umIpGateway", "port", "1:1")).toBe(0);
  expect(scanned.value("umIpGateway", "status", "1:1")).toBe("Enabled");
  expect(["1:1", "1:2", "2:1"].map((name) => scanned.value("umIpGateway", "outcallsAllowed", name))).toEqual([true, false, false]);
  expect(["1:1", "2:1"].map((name) => scanned.value("umIpGateway", "mwiAllowed", name))).toEqual([true, false]);
  const groups = scanned.store.all("umHuntGroup");
  expect(groups).toHaveLength(7);
  for (const { id, name, facts } of groups) {
    const dn = facts["dn"]?.state === "known" ? String(facts["dn"].value) : "";
    const gateway = /^CN=[^,]+,CN=([^,]+),/.exec(dn)?.[1] ?? "";
    expect(scanned.value("umHuntGroup", "gateway", id)).toBe(idOf("umIpGateway", gateway));
    expect(scanned.value("umHuntGroup", "dialPlan", id)).toBe(idOf("umDialPlan", name));
    expect(scanned.value("umHuntGroup", "pilotIdentifier", id)).toBe(name === "LegacyPBX" ? "9000" : name);
  }
});

test("auto attendants and mailbox policies name their plan", () => {
  expect(scanned.value("umAutoAttendant", "dialPlan", "BranchAA")).toBe(idOf("umDialPlan", "BranchUM"));
  expect(scanned.value("umAutoAttendant", "enabled", "BranchAA")).toBe(true);
  expect(scanned.value("umAutoAttendant", "pilotIdentifiers", "BranchAA")).toEqual(["+15035550101"]);
  expect(scanned.value("umAutoAttendant", "speechEnabled", "BranchAA")).toBe(false);
  expect(scanned.fact("umAutoAttendant", "operatorExtension", "BranchAA").state).toBe("absent");
  expect(scanned.value("umMailboxPolicy", "dialPlan", "ContosoUM Default Policy")).toBe(idOf("umDialPlan", "ContosoUM"));
  expect(scanned.value("umMailboxPolicy", "minPinLength", "ContosoUM Default Policy")).toBe(6);
});

test("servers: the build without its offset of 30000, product, roles, ports and thumbprint", () => {
  expect(names("exchangeServer")).toEqual(["CAS1", "EX1", "EX2", "MBX1"]);
  for (const server of exchangeServers) {
    const [major, minor, build, revision] = server.version;
    expect(scanned.value("exchangeServer", "version", server.name)).toEqual({ major, minor, build, revision });
    expect(scanned.value("exchangeServer", "product", server.name)).toBe(minor === 1 ? "Exchange2016" : "Exchange2013");
    expect(scanned.value("exchangeServer", "fqdn", server.name)).toBe(server.fqdn);
  }
  expect(scanned.value("exchangeServer", "roles", "CAS1")).toEqual(["Cafe", "FrontendTransport"]);
  expect(scanned.value("exchangeServer", "roles", "MBX1")).toEqual(["Mailbox", "ClientAccess", "UnifiedMessaging", "HubTransport"]);
  expect(scanned.value("exchangeServer", "startupMode", "EX1")).toBe("Dual");
  expect([scanned.value("exchangeServer", "tcpPort", "EX1"), scanned.value("exchangeServer", "tlsPort", "EX1")]).toEqual([5062, 5063]);
  expect(scanned.value("exchangeServer", "dialPlans", "EX1")).toEqual([idOf("umDialPlan", "ContosoUM"), idOf("umDialPlan", "BranchUM")]);
  expect(scanned.value("exchangeServer", "assignedThumbprint", "EX1")).toBe(lab.certificates.get("server:ex1.fabrikam.test")?.thumbprint);
  expect(scanned.value("exchangeServer", "maxCalls", "EX1")).toBe(100);
});

test("call routers belong to their servers", () => {
  expect(names("umCallRouter")).toEqual(["CAS1", "EX1", "EX2"]);
  expect(scanned.value("umCallRouter", "server", "CAS1")).toBe(idOf("exchangeServer", "CAS1"));
  expect([scanned.value("umCallRouter", "tcpPort", "CAS1"), scanned.value("umCallRouter", "tlsPort", "CAS1")]).toEqual([5060, 5061]);
});

test("the organisation lists what it holds", () => {
  const lists = { dialPlans: "umDialPlan", ipGateways: "umIpGateway", huntGroups: "umHuntGroup", autoAttendants: "umAutoAttendant", mailboxPolicies: "umMailboxPolicy", servers: "exchangeServer", callRouters: "umCallRouter", containers: "exchangeContainer" } as const;
  for (const [fact, kind] of Object.entries(lists)) expect([...(scanned.value("exchangeOrganization", fact) as string[])].sort()).toEqual([...idsOf(kind)].sort());
  expect(scanned.value("forest", "exchangeOrganization", fabrikam.realm)).toBe(organization());
  expect(scanned.value("exchangeOrganization", "objectVersion")).toBe(16223);
});

test("containers carry their DACL with SIDs of the other forest, in stored order", () => {
  const aces = scanned.value("exchangeContainer", "aces", `${organization()}/dialPlans`) as { readonly trusteeSid: string; readonly mask: number; readonly inherited: boolean; readonly containerInherit: boolean }[];
  const admins = scanned.value("securityGroup", "sid", "RTCUniversalServerAdmins");
  expect(aces.filter(({ trusteeSid }) => trusteeSid === admins)).toEqual([{ allow: true, trusteeSid: admins, mask: 0x14, containerInherit: true, inheritOnly: false, noPropagate: false, inherited: false }]);
});

test("pools: generation, branch flag and front ends", () => {
  expect(names("lyncPool")).toEqual(lyncPools.map(({ fqdn }) => fqdn).sort());
  for (const pool of lyncPools) {
    expect(scanned.value("lyncPool", "name", pool.fqdn)).toBe(pool.cn);
    expect(scanned.value("lyncPool", "version", pool.fqdn)).toBe(6);
    expect(scanned.value("lyncPool", "poolType", pool.fqdn)).toBe(pool.kind === "enterprise" ? "Enterprise" : "Standard");
    expect(scanned.value("lyncPool", "branch", pool.fqdn)).toBe(pool.kind === "branch");
    expect(scanned.value("lyncPool", "director", pool.fqdn)).toBe(false);
    expect(scanned.value("lyncPool", "frontEnds", pool.fqdn)).toEqual(pool.members.map(({ fqdn }) => fqdn).sort());
  }
  expect(scanned.value("lyncDeployment", "edgePools")).toEqual(["edgeint.contoso.test"]);
  expect(scanned.value("lyncDeployment", "sipDomains")).toEqual(["contoso.test"]);
  expect(scanned.value("lyncDeployment", "configurationStore")).toBe("sql1.contoso.test/rtc");
  expect(scanned.value("lyncDeployment", "trustedServers")).toContain("lyncfe1.contoso.test");
  expect(scanned.store.all("trustedService").map(({ id }) => String(scanned.value("trustedService", "serviceType", id))).sort()).toEqual(["Gateway", "MRAS", "MediationServer", "MediationServer", "MediationServer"]);
});

test("contacts: subscriber access and auto attendant are told apart", () => {
  expect(names("exUmContact")).toEqual(["BranchAA Auto Attendant", "BranchUM Subscriber Access", "ContosoAA Auto Attendant", "ContosoUM Subscriber Access"]);
  expect(scanned.value("exUmContact", "contactKind", "ContosoUM Subscriber Access")).toBe("subscriberAccess");
  expect(scanned.value("exUmContact", "contactKind", "ContosoAA Auto Attendant")).toBe("autoAttendant");
  expect(scanned.value("exUmContact", "lineUri", "ContosoUM Subscriber Access")).toBe("tel:+14255550100");
  expect(scanned.value("exUmContact", "sourceObjectType", "ContosoUM Subscriber Access")).toBe(-1879048192);
  expect(scanned.value("exUmContact", "homeServer", "ContosoUM Subscriber Access")).toMatch(/^CN=Lc Services,CN=Microsoft,CN=1:1,/);
  expect(scanned.value("lyncDeployment", "exUmContacts")).toHaveLength(4);
});

test("trusts with direction, SID and the names that they route", () => {
  const trust = "fabrikam.test/contoso.test";
  expect(scanned.value("trust", "direction", trust)).toBe("bidirectional");
  expect(scanned.value("trust", "trustType", trust)).toBe("uplevel");
  expect([scanned.value("trust", "forestTransitive", trust), scanned.value("trust", "selectiveAuthentication", trust), scanned.value("trust", "quarantined", trust)]).toEqual([true, false, false]);
  expect(scanned.value("trust", "partnerSid", trust)).toBe(contoso.domainSid);
  expect(scanned.value("trust", "flatName", trust)).toBe("CONTOSO");
  expect(scanned.value("trust", "topLevelNames", trust)).toEqual([{ name: "contoso.test", excluded: false, enabled: true }]);
});

test("groups by SID, with members of nested groups and without the groups themselves", () => {
  expect(scanned.value("securityGroup", "effectiveMembers", "RTCUniversalServerAdmins")).toEqual([operatorDn]);
  expect(scanned.value("securityGroup", "scope", "RTCUniversalServerAdmins")).toBe("universal");
  expect(scanned.value("securityGroup", "security", "RTCUniversalServerAdmins")).toBe(true);
  expect(scanned.value("securityGroup", "dn", "RTCUniversalServerAdmins")).toBe(rtcGroupDn("RTCUniversalServerAdmins"));
  expect(idOf("securityGroup", "RTCUniversalServerAdmins")).toMatch(/^S-1-5-21-1010101010-/);
  expect(scanned.value("securityGroup", "effectiveMembers", "RTCUniversalReadOnlyAdmins")).toEqual([]);
  expect(scanned.value("forest", "groups", contoso.realm)).toHaveLength(24);
  const managing = scanned.store.all("securityGroup").filter(({ id }) => id.startsWith(fabrikam.domainSid)).map(({ name }) => name);
  expect(managing.sort()).toEqual(["Organization Management", "Recipient Management"]);
});

test("the operator's groups and rights", () => {
  expect(scanned.value("operator", "exists")).toBe(true);
  expect(scanned.value("operator", "enabled")).toBe(true);
  expect(scanned.value("operator", "dn")).toBe(operatorDn);
  expect(scanned.value("operator", "effectiveGroups")).toEqual(["CSAdministrator", "RTCUniversalGlobalReadOnlyGroup", "RTCUniversalGlobalWriteGroup", "RTCUniversalServerAdmins", "RTCUniversalServerReadOnlyGroup", "RTCUniversalUserAdmins", "RTCUniversalUserReadOnlyGroup"]);
  expect(scanned.value("operator", "contactRights")).toMatchObject([{ container: contactUnitDn, create: "granted" }]);
});

test("users of both forests, with links to plan and policy of their own forest", () => {
  const who = person(1);
  const inLync = scanned.users.find(({ name, facts }) => name === `Person ${who.alias}` && facts["forest"]?.state === "known" && facts["forest"].value === contoso.realm) ?? expect.unreachable();
  const inExchange = scanned.users.find(({ name, id }) => name === `Person ${who.alias}` && id !== inLync.id) ?? expect.unreachable();
  expect(inLync.id).toMatch(guid);
  expect(scanned.value("user", "sipAddress", inLync.id)).toBe(`sip:${who.sipUri}`);
  expect(scanned.value("user", "lineUri", inLync.id)).toBe(who.lineUri);
  expect(scanned.value("user", "lyncEnabled", inLync.id)).toBe(true);
  expect(scanned.value("user", "optionFlags", inLync.id)).toBe(385);
  expect(scanned.value("user", "homeServer", inLync.id)).toMatch(/^CN=Lc Services,/);
  expect(scanned.value("user", "homePool", inLync.id)).toBe(idOf("lyncPool", who.pool?.fqdn ?? ""));
  expect(scanned.value("user", "sid", inLync.id)).toBe(`${contoso.domainSid}-${who.rid}`);
  expect(scanned.fact("user", "mailboxGuid", inLync.id).state).toBe("absent");
  expect(scanned.value("user", "grantedPolicies", inLync.id)).toEqual([]);
  expect(scanned.value("user", "masterSid", inExchange.id)).toBe(`${contoso.domainSid}-${who.rid}`);
  expect(scanned.value("user", "mailboxGuid", inExchange.id)).toMatch(/^[0-9a-f-]{36}$/);
  expect(scanned.value("user", "mailboxHome", inExchange.id)).toMatch(/cn=Servers\/cn=/);
  expect(scanned.value("user", "missedCallNotices", inExchange.id)).toBe(true);
  expect(scanned.value("user", "umEnabled", inExchange.id)).toBe(true);
  expect(scanned.value("user", "enabledAccount", inExchange.id)).toBe(false);
  expect(scanned.value("user", "umDialPlan", inExchange.id)).toBe(idOf("umDialPlan", who.plan.name));
  expect(scanned.value("user", "umMailboxPolicy", inExchange.id)).toBe(idOf("umMailboxPolicy", `${who.plan.name} Default Policy`));
  expect(scanned.value("user", "eumPrimary", inExchange.id)).toEqual([`${who.sipUri};phone-context=${who.plan.phoneContext}`]);
  expect(scanned.value("user", "eumSecondary", inExchange.id)).toEqual([`${who.extension};phone-context=${who.plan.phoneContext}`]);
  expect(scanned.value("user", "sipProxies", inExchange.id)).toEqual([`sip:${who.sipUri}`]);
  expect(scanned.value("user", "changedAt", inExchange.id)).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test.each(["exchangeOrganization", "umDialPlan", "umIpGateway", "umHuntGroup", "umAutoAttendant", "umMailboxPolicy", "exchangeServer", "umCallRouter", "lyncPool", "trustedService", "exUmContact", "trust", "securityGroup"] as const)(
  "tells of each object of the kind %s when it was last changed",
  (kind) => {
    const all = scanned.store.all(kind);
    expect(all.length).toBeGreaterThan(0);
    for (const { facts } of all) expect(facts["changedAt"]).toMatchObject({ state: "known", value: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u) });
  },
);
