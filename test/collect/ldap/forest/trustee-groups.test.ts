import { afterAll, beforeAll, expect, test } from "vitest";
import { accountSid, group, groupType, ridBase } from "../../../../src/lab/deployment/accounts.ts";
import { sidText } from "../../../../src/lab/deployment/binary-values.ts";
import { entry } from "../../../../src/lab/deployment/entry.ts";
import { contoso, fabrikam, scannerAccount } from "../../../../src/lab/deployment/forests.ts";
import { healthyDeployment } from "../../../../src/lab/deployment/healthy.ts";
import type { Change } from "../../../../src/lab/deployment/mutations.ts";
import { organizationDn } from "../../../../src/lab/deployment/plans.ts";
import type { Lab } from "../../../../src/lab/lab.ts";
import { startLab } from "../../../../src/lab/start.ts";
import { scanChanged } from "./scanning.ts";

const healthy = healthyDeployment({ users: 2 });
const plans = `CN=UM DialPlan Container,${organizationDn}`;
const unit = `CN=Users,${fabrikam.rootDn}`;
const foreign = `${contoso.domainSid}-4711`;
const principal = `CN=${foreign},CN=ForeignSecurityPrincipals,${fabrikam.rootDn}`;
const [readers, outer] = [ridBase.group + 80, ridBase.group + 81].map((rid) => sidText(accountSid(fabrikam, rid)));
let lab: Lab;

beforeAll(async () => {
  lab = await startLab(healthy);
}, 60_000);
afterAll(() => lab.close());

const added = (one: ReturnType<typeof entry>): Change => ({ kind: "addEntry", forest: fabrikam.name, entry: one });
/** A domain-local group with an account of the Lync forest, in another one that has rights. */
function nested(innerType: number, more: readonly Change[] = []): readonly Change[] {
  return [
    added(entry(principal, "top foreignSecurityPrincipal")),
    added(group(fabrikam, `CN=UM Readers,${unit}`, ridBase.group + 80, [principal], innerType)),
    added(group(fabrikam, `CN=UM Outer,${unit}`, ridBase.group + 81, [`CN=UM Readers,${unit}`], groupType.domainLocal)),
    { kind: "setAces", forest: fabrikam.name, dn: plans, aces: ["(A;CI;LCRP;;;{UM Outer})", `(A;CI;LCRP;;;{${scannerAccount.sAMAccountName}})`, "(A;CI;LCRP;;;AU)", `(A;CI;LCRP;;;${foreign})`] },
    ...more,
  ];
}
async function trustees(changes: readonly Change[]): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const scanned = await scanChanged(lab, healthy, changes, { only: "fabrikam" });
  return scanned.value("exchangeContainer", "trusteeGroups", "UM DialPlan Container") as readonly Readonly<Record<string, unknown>>[];
}

test("a group among the trustees holds those nested in it and accounts of other forests; other trustees hold nobody", async () => {
  const found = await trustees(nested(groupType.domainLocal));
  expect(found.find(({ sid }) => sid === outer)).toEqual({ sid: outer, members: [foreign, readers] }); // sorted: contoso's SID comes before
  expect(found.find(({ sid }) => sid === foreign)).toEqual({ sid: foreign, members: [] });
  expect(found.map(({ sid }) => sid)).not.toContain("S-1-5-11");
});

test("what passes through a distribution group cannot be told", async () => {
  const found = await trustees(nested(4));
  expect(found.find(({ sid }) => sid === outer)).toMatchObject({ members: [], reason: "unsupported" });
});

test("what merely bears a SID as its name is no account of another forest", async () => {
  const contact = `CN=${foreign},${unit}`;
  const found = await trustees([...nested(groupType.domainLocal).filter((change) => change.kind !== "addEntry"), added(entry(contact, "top person organizationalPerson contact")), added(group(fabrikam, `CN=UM Outer,${unit}`, ridBase.group + 81, [contact], groupType.domainLocal))]);
  expect(found.find(({ sid }) => sid === outer)).toEqual({ sid: outer, members: [] });
});

test("members that may not be read are unknown", async () => {
  const hidden = nested(groupType.domainLocal, [{ kind: "setAces", forest: fabrikam.name, dn: `CN=UM Outer,${unit}`, aces: [`(OD;;RP;{attr:member};;{${scannerAccount.sAMAccountName}})`] }]);
  const found = await trustees(hidden);
  expect(found.find(({ sid }) => sid === outer)).toMatchObject({ members: [], reason: "denied" });
});

test("a group knows the universal groups that it is in", async () => {
  const scanned = await scanChanged(lab, healthy, [], { only: "contoso" });
  const sidOf = (name: string): string => String(scanned.value("securityGroup", "sid", name));
  expect(scanned.value("securityGroup", "universalGroups", "RTCUniversalServerAdmins")).toEqual(
    ["RTCUniversalGlobalReadOnlyGroup", "RTCUniversalGlobalWriteGroup", "RTCUniversalServerReadOnlyGroup", "RTCUniversalUserReadOnlyGroup"].map(sidOf).sort(),
  );
});
