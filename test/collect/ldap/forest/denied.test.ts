import { afterAll, beforeAll, expect, test } from "vitest";
import { contoso, fabrikam } from "../../../../src/lab/deployment/forests.ts";
import { gatewayDn } from "../../../../src/lab/deployment/exchange-plans.ts";
import { healthyDeployment } from "../../../../src/lab/deployment/healthy.ts";
import { contactUnitDn } from "../../../../src/lab/deployment/lync-contacts.ts";
import { rtcServiceDn } from "../../../../src/lab/deployment/lync-topology.ts";
import { contosoPlan, organizationDn, planDn } from "../../../../src/lab/deployment/plans.ts";
import type { Change } from "../../../../src/lab/deployment/mutations.ts";
import type { Lab } from "../../../../src/lab/lab.ts";
import { startLab } from "../../../../src/lab/start.ts";
import type { KindName } from "../../../../src/model/kinds.ts";
import { scanChanged, type Scanned } from "./scanning.ts";

const healthy = healthyDeployment({ users: 6 });
let lab: Lab;

beforeAll(async () => {
  lab = await startLab(healthy);
}, 60_000);
afterAll(() => lab.close());

const scanner = "{svc-umpreflight}";
const deny = (forest: "contoso" | "fabrikam", dn: string, ...aces: readonly string[]): Change => ({ kind: "setAces", forest, dn, aces });
/** No listing and no reading, for the object and all below, whatever is inherited. */
const closed = `(D;CI;LCRPRC;;;${scanner})`;
const serverDn = (name: string): string => `CN=${name},CN=Servers,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,${organizationDn}`;
const staff = `OU=Staff,${contoso.rootDn}`;
const organization = "exchangeOrganization";

type Expected = Readonly<Record<string, "denied" | "known">>;

interface Denial {
  readonly title: string;
  readonly forest: "contoso" | "fabrikam";
  readonly changes: readonly Change[];
  /** `kind.fact` or `kind.fact@subject` → what it must be. */
  readonly facts: Expected;
}

const denials: readonly Denial[] = [
  {
    title: "a UM container that may not be listed",
    forest: "fabrikam",
    changes: [deny("fabrikam", `CN=UM DialPlan Container,${organizationDn}`, `(D;CI;LC;;;${scanner})`)],
    facts: { "exchangeOrganization.dialPlans": "denied", "exchangeOrganization.ipGateways": "known", "exchangeOrganization.autoAttendants": "known", "exchangeOrganization.servers": "known" },
  },
  {
    title: "a UM container that cannot be seen at all",
    forest: "fabrikam",
    changes: [deny("fabrikam", `CN=UM IPGateway Container,${organizationDn}`, closed)],
    facts: { "exchangeOrganization.ipGateways": "denied", "exchangeOrganization.huntGroups": "denied", "exchangeOrganization.dialPlans": "known", "exchangeOrganization.mailboxPolicies": "known" },
  },
  {
    title: "one gateway of which the hunt groups are hidden",
    forest: "fabrikam",
    changes: [deny("fabrikam", gatewayDn("1:2"), `(D;;LC;;;${scanner})`)],
    facts: { "exchangeOrganization.huntGroups": "denied", "umIpGateway.address@1:2": "known", "exchangeOrganization.dialPlans": "known" },
  },
  {
    title: "an organisation whose children may not be listed",
    forest: "fabrikam",
    changes: [deny("fabrikam", organizationDn, `(D;;LC;;;${scanner})`, `(A;CI;LCRPLORC;;;${scanner})`)],
    facts: { "forest.exchangeOrganization@fabrikam.test": "known", "exchangeOrganization.dialPlans": "denied", "exchangeOrganization.servers": "denied", "exchangeOrganization.callRouters": "denied", "exchangeOrganization.containers": "denied", "exchangeOrganization.mailboxPolicies": "denied" },
  },
  {
    title: "an organisation of which nothing may be read",
    forest: "fabrikam",
    changes: [deny("fabrikam", organizationDn, closed)],
    facts: { "forest.exchangeOrganization@fabrikam.test": "denied", "forest.trusts@fabrikam.test": "known" },
  },
  {
    title: "hidden administrative groups",
    forest: "fabrikam",
    changes: [deny("fabrikam", `CN=Administrative Groups,${organizationDn}`, closed)],
    facts: { "exchangeOrganization.servers": "denied", "exchangeOrganization.callRouters": "denied", "exchangeOrganization.dialPlans": "known", "umDialPlan.voipSecurity@ContosoUM": "known" },
  },
  {
    title: "one server with hidden protocols",
    forest: "fabrikam",
    changes: [deny("fabrikam", `CN=Protocols,${serverDn("EX1")}`, closed)],
    facts: { "exchangeOrganization.servers": "known", "exchangeOrganization.callRouters": "denied", "exchangeServer.version@EX1": "known" },
  },
  {
    title: "one server of which nothing may be read",
    forest: "fabrikam",
    changes: [deny("fabrikam", serverDn("EX1"), closed)],
    facts: { "exchangeOrganization.servers": "denied", "exchangeOrganization.callRouters": "denied", "exchangeServer.version@EX2": "known" },
  },
  {
    title: "a single attribute of a dial plan",
    forest: "fabrikam",
    changes: [deny("fabrikam", planDn(contosoPlan), `(OD;;RP;{attr:msExchUMPhoneContext};;${scanner})`)],
    facts: { "umDialPlan.phoneContext@ContosoUM": "denied", "umDialPlan.equivalentPhoneContexts@ContosoUM": "denied", "umDialPlan.voipSecurity@ContosoUM": "known", "umDialPlan.phoneContext@BranchUM": "known", "umDialPlan.equivalentPhoneContexts@BranchUM": "known" },
  },
  {
    title: "all attributes of a dial plan",
    forest: "fabrikam",
    changes: [deny("fabrikam", planDn(contosoPlan), `(D;;RP;;;${scanner})`)],
    facts: { "exchangeOrganization.dialPlans": "denied", "umDialPlan.phoneContext@BranchUM": "known" },
  },
  {
    title: "permissions of a container",
    forest: "fabrikam",
    changes: [deny("fabrikam", `CN=UM DialPlan Container,${organizationDn}`, `(D;;RC;;;${scanner})`)],
    facts: { "exchangeOrganization.dialPlans": "denied", "umDialPlan.phoneContext@BranchUM": "known" },
  },
  {
    title: "permissions of a dial plan: its missing attributes may be hidden, those that are there are known",
    forest: "fabrikam",
    changes: [deny("fabrikam", planDn(contosoPlan), `(D;;RC;;;${scanner})`)],
    facts: { "umDialPlan.equivalentPhoneContexts@ContosoUM": "denied", "umDialPlan.voipSecurity@ContosoUM": "known", "exchangeOrganization.dialPlans": "known" },
  },
  {
    title: "CN=System",
    forest: "fabrikam",
    changes: [deny("fabrikam", `CN=System,${fabrikam.rootDn}`, closed)],
    facts: { "forest.trusts@fabrikam.test": "denied", "forest.exchangeOrganization@fabrikam.test": "known", "exchangeOrganization.dialPlans": "known" },
  },
  {
    title: "one trust",
    forest: "fabrikam",
    changes: [deny("fabrikam", `CN=contoso.test,CN=System,${fabrikam.rootDn}`, `(D;;RP;;;${scanner})`)],
    facts: { "forest.trusts@fabrikam.test": "denied" },
  },
  {
    title: "CN=Partitions, which names the domains",
    forest: "fabrikam",
    changes: [deny("fabrikam", `CN=Partitions,${fabrikam.configurationDn}`, closed)],
    facts: { "forest.users@fabrikam.test": "denied", "forest.groups@fabrikam.test": "denied", "exchangeOrganization.dialPlans": "known" },
  },
  {
    title: "the schema",
    forest: "fabrikam",
    changes: [deny("fabrikam", fabrikam.schemaDn, closed)],
    facts: { "forest.exchangeSchemaLevel@fabrikam.test": "denied", "forest.lyncSchemaLevel@fabrikam.test": "denied", "forest.users@fabrikam.test": "denied", "exchangeOrganization.dialPlans": "known" },
  },
  {
    title: "RTC Service",
    forest: "contoso",
    changes: [deny("contoso", rtcServiceDn, closed)],
    facts: { "lyncDeployment.pools": "denied", "lyncDeployment.trustedServices": "denied", "lyncDeployment.trustedServers": "denied", "lyncDeployment.edgePools": "denied", "lyncDeployment.sipDomains": "denied", "lyncDeployment.configurationStore": "denied", "lyncDeployment.exUmContacts": "known", "forest.trusts@contoso.test": "known" },
  },
  {
    title: "CN=Services, under which RTC Service stands",
    forest: "contoso",
    changes: [deny("contoso", `CN=Services,${contoso.configurationDn}`, `(D;;LC;;;${scanner})`)],
    facts: { "forest.lyncDeployment@contoso.test": "denied", "forest.groups@contoso.test": "known" },
  },
  {
    title: "the pools",
    forest: "contoso",
    changes: [deny("contoso", `CN=Pools,${rtcServiceDn}`, `(D;;LC;;;${scanner})`)],
    facts: { "lyncDeployment.pools": "denied", "lyncDeployment.edgePools": "denied" },
  },
  {
    title: "the users' RTC attributes",
    forest: "contoso",
    changes: [deny("contoso", staff, `(OD;CI;RP;{pset:RTCPropertySet};;${scanner})`)],
    facts: { "forest.users@contoso.test": "denied", "user.lineUri@Person user00001": "denied", "user.lyncEnabled@Person user00001": "denied", "user.optionFlags@Person user00001": "denied", "user.sipAddress@Person user00001": "known" },
  },
  {
    title: "permissions of users",
    forest: "contoso",
    changes: [deny("contoso", staff, `(D;CI;RC;;;${scanner})`)],
    facts: { "forest.users@contoso.test": "denied", "user.voiceMailSettings@Person user00001": "denied", "user.lineUri@Person user00001": "known" },
  },
  {
    title: "an organizational unit that cannot be seen at all",
    forest: "contoso",
    changes: [deny("contoso", contactUnitDn, closed)],
    facts: { "forest.users@contoso.test": "denied", "lyncDeployment.exUmContacts": "denied", "forest.groups@contoso.test": "denied", "lyncDeployment.pools": "known" },
  },
  {
    title: "an organizational unit that may not be listed",
    forest: "contoso",
    changes: [deny("contoso", contactUnitDn, `(D;;LC;;;${scanner})`)],
    facts: { "lyncDeployment.exUmContacts": "denied", "lyncDeployment.pools": "known" },
  },
  {
    title: "otherIpPhone of contacts",
    forest: "contoso",
    changes: [deny("contoso", contactUnitDn, `(OD;CI;RP;{attr:otherIpPhone};;${scanner})`)],
    facts: { "lyncDeployment.exUmContacts": "denied", "exUmContact.otherIpPhone@ContosoUM Subscriber Access": "denied", "exUmContact.contactKind@ContosoUM Subscriber Access": "denied", "exUmContact.lineUri@ContosoUM Subscriber Access": "known", "forest.users@contoso.test": "known" },
  },
  {
    title: "CN=Users, where the groups are",
    forest: "contoso",
    changes: [deny("contoso", `CN=Users,${contoso.rootDn}`, `(D;;LC;;;${scanner})`)],
    facts: { "forest.groups@contoso.test": "denied", "operator.effectiveGroups": "denied", "operator.exists": "known" },
  },
  {
    title: "the unit in which the operator is",
    forest: "contoso",
    changes: [deny("contoso", staff, `(D;;LC;;;${scanner})`)],
    facts: { "operator.exists": "denied", "operator.effectiveGroups": "denied", "forest.users@contoso.test": "denied" },
  },
  {
    title: "permissions of the unit for contacts",
    forest: "contoso",
    changes: [deny("contoso", contactUnitDn, `(D;;RC;;;${scanner})`)],
    facts: { "operator.contactRights": "known", "operator.effectiveGroups": "denied", "lyncDeployment.exUmContacts": "denied" },
  },
];

function stateOf(scanned: Scanned, path: string): string {
  const [name = "", subject] = path.split("@");
  const [kind = "", fact = ""] = name.split(".");
  const observation = scanned.fact(kind as KindName, fact, subject);
  return observation.state === "unknown" ? observation.reason : observation.state;
}

test.for(denials)("denied: $title", async ({ forest, changes, facts }) => {
  const scanned = await scanChanged(lab, healthy, changes, { only: forest });
  expect(Object.fromEntries(Object.keys(facts).map((path) => [path, stateOf(scanned, path)]))).toEqual(facts);
  expect(scanned.targets[0]?.status).toBe("partly-read");
  expect(scanned.targets[0]?.problems.join("\n")).toMatch(/the account may not|may be hidden|hidden from the account|may read only a part|are not readable/);
  expect(lab.writesSeen()).toBe(0);
});

test("no organisation, no plans, no Lync: absent and empty where it could have been seen", async () => {
  const scanned = await scanChanged(lab, healthy, [{ kind: "removeEntry", forest: "fabrikam", dn: organizationDn }], { only: "fabrikam" });
  expect(stateOf(scanned, "forest.exchangeOrganization@fabrikam.test")).toBe("absent");
  expect(scanned.value("forest", "exchangeSchemaLevel", "fabrikam.test")).toBe(15334); // prepared, not installed
  const bare = await scanChanged(lab, healthy, ["UM DialPlan Container", "UM IPGateway Container", "UM AutoAttendant Container", "UM Mailbox Policies"].map((cn) => ({ kind: "removeEntry", forest: "fabrikam", dn: `CN=${cn},${organizationDn}` })), { only: "fabrikam" });
  for (const fact of ["dialPlans", "ipGateways", "huntGroups", "autoAttendants", "mailboxPolicies"]) expect(bare.value(organization, fact)).toEqual([]);
  expect(bare.value(organization, "containers")).toHaveLength(2);
  expect(bare.value(organization, "servers")).toHaveLength(4);
  const withoutLync = await scanChanged(lab, healthy, [{ kind: "removeEntry", forest: "contoso", dn: rtcServiceDn }], { only: "contoso" });
  expect(stateOf(withoutLync, "forest.lyncDeployment@contoso.test")).toBe("absent");
});

test("RTC Service at its old place, below CN=System", async () => {
  const microsoft = `CN=Microsoft,CN=System,${contoso.rootDn}`;
  const moved = healthy.forests[0]?.entries.filter(({ dn }) => dn.endsWith(rtcServiceDn)).map((entry): Change => ({ kind: "addEntry", forest: "contoso", entry: { ...entry, dn: entry.dn.replace(rtcServiceDn, `CN=RTC Service,${microsoft}`) } })) ?? [];
  const place: Change = { kind: "addEntry", forest: "contoso", entry: { dn: microsoft, objectClass: ["top", "container"], attributes: { cn: ["Microsoft"] } } };
  const scanned = await scanChanged(lab, healthy, [{ kind: "removeEntry", forest: "contoso", dn: rtcServiceDn }, place, ...moved], { only: "contoso" });
  expect(scanned.value("lyncDeployment", "dn")).toBe(`CN=RTC Service,${microsoft}`);
  expect(scanned.value("lyncDeployment", "pools")).toHaveLength(3);
  const hidden = await scanChanged(lab, healthy, [{ kind: "removeEntry", forest: "contoso", dn: rtcServiceDn }, deny("contoso", `CN=System,${contoso.rootDn}`, closed)], { only: "contoso" });
  expect(stateOf(hidden, "forest.lyncDeployment@contoso.test")).toBe("denied");
});
