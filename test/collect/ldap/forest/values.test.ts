import { afterAll, beforeAll, expect, test } from "vitest";
import { sidBytes } from "../../../../src/lab/deployment/binary-values.ts";
import { gatewayDn } from "../../../../src/lab/deployment/exchange-plans.ts";
import { contoso, fabrikam } from "../../../../src/lab/deployment/forests.ts";
import { healthyDeployment } from "../../../../src/lab/deployment/healthy.ts";
import { lyncPools } from "../../../../src/lab/deployment/hosts.ts";
import { contactUnitDn } from "../../../../src/lab/deployment/lync-contacts.ts";
import { poolDn } from "../../../../src/lab/deployment/lync-topology.ts";
import { applyChanges, type Change } from "../../../../src/lab/deployment/mutations.ts";
import { lyncUserDn, mailboxDn } from "../../../../src/lab/deployment/people.ts";
import { contosoPlan, organizationDn, planDn } from "../../../../src/lab/deployment/plans.ts";
import type { Lab } from "../../../../src/lab/lab.ts";
import { startLab } from "../../../../src/lab/start.ts";
import type { Entry } from "../../../../src/lab/types.ts";
import type { KindName } from "../../../../src/model/kinds.ts";
import { scanDirectory, type Scanned } from "./scanning.ts";

const set = (forest: "contoso" | "fabrikam", dn: string, name: string, ...values: readonly (string | Uint8Array)[]): Change => ({ kind: "setAttribute", forest, dn, name, values });
const add = (forest: "contoso" | "fabrikam", entry: Entry): Change => ({ kind: "addEntry", forest, entry });
const serverDn = (name: string): string => `CN=${name},CN=Servers,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,${organizationDn}`;
const [pool, , branch] = lyncPools;
const trustDn = `CN=contoso.test,CN=System,${fabrikam.rootDn}`;
/** A name as nasty as Active Directory takes it: separators, quotes, a line end, an escape sequence, markup, Unicode, dots. */
const hostile = 'Plan, "A" + B; <b>x</b> = #1 \\ \u{1b}[31mred\nÄöß.漢字 \u{202e}evil.';
const hostileDn = `CN=Plan\\, \\"A\\" \\+ B\\; \\<b\\>x\\</b\\> \\= #1 \\\\ \\1B[31mred\\0AÄöß.漢字 \u{202e}evil.,CN=UM DialPlan Container,${organizationDn}`;
const plan = (dn: string, cn: string): Entry => ({ dn, objectClass: ["top", "container", "msExchContainer", "msExchUMDialPlan"], attributes: { cn: [cn], msExchUMPhoneContext: [`${cn}.fabrikam.test`] } });

const changes: readonly Change[] = [
  set("fabrikam", planDn(contosoPlan), "msExchUMDialPlanVoipSecurity", "7"),
  set("fabrikam", planDn(contosoPlan), "msExchUMDialPlanURIType", "0"),
  set("fabrikam", planDn(contosoPlan), "msExchUMNumberingPlanDigits", "six"),
  set("fabrikam", planDn(contosoPlan), "msExchUMPhoneContext", "a.fabrikam.test", "b.fabrikam.test"),
  set("fabrikam", planDn(contosoPlan), "msExchUMFaxEnabled", "yes"),
  set("fabrikam", gatewayDn("1:1"), "msExchUMIPGatewayStatus", "9"),
  set("fabrikam", gatewayDn("1:2"), "msExchUMIPGatewayAddress"),
  set("fabrikam", gatewayDn("2:1"), "msExchUMIPGatewayAddress", "SBA1.Contoso.Test."),
  set("fabrikam", gatewayDn("2:1"), "msExchUMIPGatewayFlags2"),
  set("fabrikam", serverDn("EX1"), "serialNumber", "Version fifteen"),
  set("fabrikam", serverDn("EX1"), "msExchUMCertificateThumbprint", "not a thumbprint"),
  set("fabrikam", serverDn("EX1"), "networkAddress", "netbios:EX1"),
  set("fabrikam", serverDn("EX2"), "serialNumber"),
  set("fabrikam", serverDn("EX2"), "msExchUMTlsListeningPort"),
  set("fabrikam", serverDn("EX2"), "msExchUMServerDialPlanLink"),
  set("fabrikam", serverDn("EX2"), "msExchUMCertificateThumbprint", "a9 4a 8f e5 cc b1 9b a6 1c 4c 08 73 d3 91 e9 87 98 2f bb d3"),
  set("fabrikam", serverDn("MBX1"), "msExchCurrentServerRoles"),
  set("fabrikam", `CN=UMCallRouterSettings,CN=SIP,CN=Protocols,${serverDn("EX2")}`, "msExchUMTlsListeningPort"),
  set("fabrikam", trustDn, "msDS-TrustForestTrustInfo", Uint8Array.from([1, 0, 0, 0, 255, 255, 255, 255])),
  set("fabrikam", trustDn, "securityIdentifier", Uint8Array.from([9])),
  set("fabrikam", trustDn, "trustDirection", "12"),
  set("fabrikam", mailboxDn("user00001"), "msExchUMEnabledFlags", "4294967296"),
  set("fabrikam", mailboxDn("user00002"), "proxyAddresses", "EUM:a@b;phone-context=x;phone-context=y.fabrikam.test", "eum:", "EUM", "x500:/o=a", "\u{1b}[2J", `sip:${"x".repeat(3000)}`),
  add("fabrikam", plan(hostileDn, hostile)),
  add("fabrikam", { dn: `CN=a stranger,CN=UM DialPlan Container,${organizationDn}`, objectClass: ["top", "container"], attributes: { cn: ["a stranger"] } }),
  set("contoso", poolDn(pool ?? expect.unreachable()), "msRTCSIP-PoolVersion", "-5"),
  set("contoso", poolDn(pool ?? expect.unreachable()), "msRTCSIP-PoolType", "6"),
  set("contoso", poolDn(branch ?? expect.unreachable()), "msRTCSIP-PoolData", "Something=else", "EXTENDEDTYPE=remoteregistrar", "ExtendedType=Director"),
  set("contoso", lyncUserDn("user00001"), "msRTCSIP-Line", "tel:+1", "tel:+2"),
  set("contoso", lyncUserDn("user00002"), "displayName", 'Robert"); \u{1b}]0;owned\u{7} <script>'),
  set("contoso", `CN=ContosoUM Subscriber Access,${contactUnitDn}`, "msRTCSIP-OptionFlags", "many"),
  add("contoso", { dn: `CN=Telephony\\, Night\\+Shift,OU=Staff,${contoso.rootDn}`, objectClass: ["top", "group"], attributes: { cn: ["Telephony, Night+Shift"], sAMAccountName: ["Night"], groupType: ["-2147483646"], objectSid: [sidBytes(`${contoso.domainSid}-13001`)], member: [lyncUserDn("user00003")] } }),
  set("contoso", `CN=RTCSBAUniversalServices,CN=Users,${contoso.rootDn}`, "member", `CN=Telephony\\, Night\\+Shift,OU=Staff,${contoso.rootDn}`),
];

const healthy = healthyDeployment({ users: 6 });
let lab: Lab;
let scanned: Scanned;

beforeAll(async () => {
  lab = await startLab(applyChanges(healthy, changes));
  scanned = await scanDirectory(lab);
}, 60_000);
afterAll(() => lab.close());

const reason = (kind: KindName, fact: string, name: string) => {
  const observation = scanned.fact(kind, fact, name);
  return observation.state === "unknown" ? observation.reason : observation;
};

test.for([
  ["umDialPlan", "voipSecurity", "ContosoUM"],
  ["umDialPlan", "uriType", "ContosoUM"],
  ["umDialPlan", "extensionDigits", "ContosoUM"],
  ["umDialPlan", "phoneContext", "ContosoUM"],
  ["umDialPlan", "faxEnabled", "ContosoUM"],
  ["umIpGateway", "status", "1:1"],
  ["umIpGateway", "address", "1:2"],
  ["exchangeServer", "version", "EX1"],
  ["exchangeServer", "product", "EX1"],
  ["exchangeServer", "assignedThumbprint", "EX1"],
  ["exchangeServer", "fqdn", "EX1"],
  ["exchangeServer", "roles", "MBX1"],
  ["trust", "topLevelNames", "fabrikam.test/contoso.test"],
  ["trust", "partnerSid", "fabrikam.test/contoso.test"],
  ["trust", "direction", "fabrikam.test/contoso.test"],
  ["lyncPool", "version", "lyncpool.contoso.test"],
  ["lyncPool", "poolType", "lyncpool.contoso.test"],
  ["exUmContact", "optionFlags", "ContosoUM Subscriber Access"],
  ["exUmContact", "contactKind", "ContosoUM Subscriber Access"],
] as const)("a value outside the known ones is malformed, and nothing else: %s.%s", ([kind, fact, name]) => {
  expect(reason(kind, fact, name)).toBe("malformed");
});

test("what stands beside a malformed value is known", () => {
  expect(scanned.value("umDialPlan", "accessNumbers", "ContosoUM")).toEqual([contosoPlan.accessNumber]);
  expect(scanned.value("exchangeServer", "startupMode", "EX1")).toBe("Dual");
  expect(scanned.value("exchangeOrganization", "dialPlans")).toHaveLength(4);
});

test("an attribute that is not set has the product's default, and its source says so", () => {
  expect(scanned.fact("umIpGateway", "mwiAllowed", "2:1")).toMatchObject({ value: true, source: expect.stringContaining("the product's default") as unknown });
  expect(scanned.value("exchangeServer", "tlsPort", "EX2")).toBe(5063);
  expect(scanned.value("umCallRouter", "tlsPort", "EX2")).toBe(5061);
  expect(scanned.value("exchangeServer", "dialPlans", "EX2")).toEqual([]);
  expect(scanned.value("exchangeServer", "version", "EX2")).toEqual({ major: 15, minor: 1, build: 2507, revision: 0 }); // from versionNumber
  expect(scanned.value("exchangeServer", "assignedThumbprint", "EX2")).toBe("A94A8FE5CCB19BA61C4C0873D391E987982FBBD3");
});

test("names with separators, quotes, control characters and Unicode are kept as they are", () => {
  expect(scanned.value("umDialPlan", "name", hostile)).toBe(hostile);
  expect(scanned.value("umDialPlan", "phoneContext", hostile)).toBe(`${hostile}.fabrikam.test`);
  expect(scanned.value("umDialPlan", "uriType", hostile)).toBe("TelExtn"); // not set: the product's default
});

test("an object of another class in a container of plans is no plan", () => {
  expect(scanned.store.all("umDialPlan").map(({ name }) => name)).not.toContain("a stranger");
});

test("DNS names are stored in one form, flags of pools are read whatever their case", () => {
  expect(scanned.value("umIpGateway", "address", "2:1")).toBe("sba1.contoso.test");
  expect(scanned.value("lyncPool", "branch", "sba1.contoso.test")).toBe(true);
  expect(scanned.value("lyncPool", "director", "sba1.contoso.test")).toBe(true);
});

test("a group with commas and plus signs in its DN is followed", () => {
  expect(scanned.value("securityGroup", "effectiveMembers", "RTCSBAUniversalServices")).toEqual([lyncUserDn("user00003")]);
});

test("users: a malformed value is unknown, an odd address is not an EUM address, hostile text is kept", () => {
  const of = (name: string, forest: string) => scanned.users.find((user) => user.facts["dn"]?.state === "known" && String(user.facts["dn"].value).startsWith(`CN=${name},`) && user.facts["forest"]?.state === "known" && user.facts["forest"].value === forest)?.id ?? expect.unreachable();
  expect(scanned.users).toHaveLength(8 + 8);
  expect(reason("user", "umEnabled", of("user00001", "fabrikam.test"))).toBe("malformed");
  expect(reason("user", "lineUri", of("user00001", "contoso.test"))).toBe("malformed");
  expect(scanned.value("user", "eumPrimary", of("user00002", "fabrikam.test"))).toEqual(["a@b;phone-context=x;phone-context=y.fabrikam.test"]);
  expect(scanned.value("user", "name", of("user00002", "contoso.test"))).toBe('Robert"); \u{1b}]0;owned\u{7} <script>');
});
