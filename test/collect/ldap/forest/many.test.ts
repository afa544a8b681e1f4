import { afterAll, beforeAll, expect, test } from "vitest";
import { sidBytes } from "../../../../src/lab/deployment/binary-values.ts";
import { contoso, fabrikam } from "../../../../src/lab/deployment/forests.ts";
import { healthyDeployment } from "../../../../src/lab/deployment/healthy.ts";
import { operatorDn, rtcGroupDn } from "../../../../src/lab/deployment/lync-groups.ts";
import { lyncUserDn } from "../../../../src/lab/deployment/people.ts";
import type { Change } from "../../../../src/lab/deployment/mutations.ts";
import type { Lab } from "../../../../src/lab/lab.ts";
import { startLab } from "../../../../src/lab/start.ts";
import type { Entry } from "../../../../src/lab/types.ts";
import type { DirectoryRequest } from "../../../../src/collect/ldap/forest/request.ts";
import { scanChanged, scanDirectory, shortLimits } from "./scanning.ts";

const people = 1_600;
const healthy = healthyDeployment({ users: people });
let lab: Lab;

beforeAll(async () => {
  lab = await startLab(healthy);
}, 60_000);
afterAll(() => lab.close());

const patient = { request: { limits: { ...shortLimits, operationTimeoutMs: 15_000, targetTimeoutMs: 30_000 } } };
const set = (dn: string, name: string, values: readonly string[]): Change => ({ kind: "setAttribute", forest: "contoso", dn, name, values });
const group = (name: string, rid: number, groupType: string, member: readonly string[]): Entry => ({ dn: `CN=${name},OU=Staff,${contoso.rootDn}`, objectClass: ["top", "group"], attributes: { cn: [name], sAMAccountName: [name], groupType: [groupType], objectSid: [sidBytes(`${contoso.domainSid}-${rid}`)], ...(member.length === 0 ? {} : { member }) } });
const add = (entry: Entry): Change => ({ kind: "addEntry", forest: "contoso", entry });
const everyone = Array.from({ length: people }, (_, index) => lyncUserDn(`user${String(index + 1).padStart(5, "0")}`));
const operators = (...accounts: readonly string[]): Pick<DirectoryRequest, "operators"> => ({ operators: accounts.map((account) => ({ account, forest: contoso.realm, tools: ["ocsumutil"], contactContainers: [] })) });

test("users come page by page, each once", async () => {
  const scanned = await scanDirectory(lab, { ...patient, only: "fabrikam", request: { limits: { ...patient.request.limits, pageSize: 500 } } });
  expect(scanned.users).toHaveLength(people + 2);
  expect(new Set(scanned.users.map(({ id }) => id)).size).toBe(people + 2);
  expect(scanned.value("forest", "users", fabrikam.realm)).toEqual([`${fabrikam.rootDn}: ${people + 2}`]);
});

test("a group of more members than one answer holds, nested in a group of another kind, and a primary group", async () => {
  const changes = [
    add(group("Everyone of Voice", 13_002, "-2147483646", everyone)),
    add(group("Primary", 13_003, "-2147483646", [])),
    set(rtcGroupDn("RTCUniversalServerAdmins"), "member", [`CN=Everyone of Voice,OU=Staff,${contoso.rootDn}`, `CN=Primary,OU=Staff,${contoso.rootDn}`]),
    set(operatorDn, "primaryGroupID", ["13003"]),
  ];
  const scanned = await scanChanged(lab, healthy, changes, { only: "contoso", request: { ...patient.request, ...operators("CONTOSO\\ucoperator", "ucoperator@contoso.test", operatorDn, "ucoperator") } });
  expect(scanned.value("securityGroup", "effectiveMembers", "RTCUniversalServerAdmins")).toEqual([...everyone, operatorDn].sort());
  for (const account of ["contoso\\ucoperator", "ucoperator@contoso.test", operatorDn.toLowerCase(), "ucoperator"]) {
    expect(scanned.value("operator", "effectiveGroups", `contoso.test/${account}`)).toContain("RTCUniversalServerAdmins");
  }
});

test("groups nested in a circle end", async () => {
  const scanned = await scanChanged(lab, healthy, [set(rtcGroupDn("RTCUniversalServerAdmins"), "member", [rtcGroupDn("RTCUniversalUserAdmins")]), set(rtcGroupDn("RTCUniversalUserAdmins"), "member", [rtcGroupDn("RTCUniversalServerAdmins"), operatorDn])], { ...patient, only: "contoso" });
  expect(scanned.value("securityGroup", "effectiveMembers", "RTCUniversalServerAdmins")).toEqual([operatorDn]);
});

test("operators: one that is not there, of another domain, disabled, without the right to make contacts", async () => {
  const strange = ["CONTOSO\\nobody", "FABRIKAM\\ucoperator", "nobody@contoso.test", `CN=nobody,CN=Users,${contoso.rootDn}`, "CN=nobody,DC=elsewhere,DC=test", "CONTOSO\\*", "*", "CONTOSO\\ucoperator)(objectClass=*"];
  const scanned = await scanChanged(lab, healthy, [set(operatorDn, "userAccountControl", ["514"])], {
    ...patient,
    only: "contoso",
    request: { ...patient.request, operators: [...operators(...strange).operators, { account: "CONTOSO\\ucoperator", forest: contoso.realm, tools: ["ocsumutil"], contactContainers: [`OU=Staff,${contoso.rootDn}`, "OU=nowhere,DC=contoso,DC=test", "OU=x,DC=elsewhere,DC=test"] }] },
  });
  for (const account of strange) expect(scanned.value("operator", "exists", account)).toBe(false);
  expect(scanned.value("operator", "enabled", "CONTOSO\\ucoperator")).toBe(false);
  expect(scanned.value("operator", "contactRights", "CONTOSO\\ucoperator")).toMatchObject([{ create: "denied" }, { create: "unknown" }, { create: "unknown" }]);
});

test("a protected account is judged by AdminSDHolder, not by its container", async () => {
  const holder: Entry = { dn: `CN=AdminSDHolder,CN=System,${contoso.rootDn}`, objectClass: ["top", "container"], attributes: { cn: ["AdminSDHolder"] }, aces: ["(OD;;RP;{attr:msRTCSIP-Line};;{svc-umpreflight})"] };
  const scanned = await scanChanged(lab, healthy, [add(holder), set(lyncUserDn("user00001"), "adminCount", ["1"]), set(lyncUserDn("user00001"), "msRTCSIP-Line", [])], { ...patient, only: "contoso" });
  expect(scanned.fact("forest", "users", contoso.realm)).toMatchObject({ state: "unknown", reason: "denied" });
  expect(scanned.fact("user", "lineUri", "Person user00001")).toMatchObject({ state: "unknown", reason: "denied" });
  expect(scanned.fact("user", "lineUri", "Person user00002").state).toBe("known");
  expect(scanned.fact("user", "voiceMailSettings", "Person user00002").state).toBe("known");
});
