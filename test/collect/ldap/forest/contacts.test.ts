import { afterAll, beforeAll, expect, test } from "vitest";
import { accountSid } from "../../../../src/lab/deployment/accounts.ts";
import { entry } from "../../../../src/lab/deployment/entry.ts";
import { contoso, fabrikam, scannerAccount } from "../../../../src/lab/deployment/forests.ts";
import { healthyDeployment } from "../../../../src/lab/deployment/healthy.ts";
import { contactUnitDn } from "../../../../src/lab/deployment/lync-contacts.ts";
import type { Change } from "../../../../src/lab/deployment/mutations.ts";
import { lyncUserDn } from "../../../../src/lab/deployment/people.ts";
import { inLync } from "../../../../src/lab/deployment/planting.ts";
import type { Lab } from "../../../../src/lab/lab.ts";
import { startLab } from "../../../../src/lab/start.ts";
import { scanChanged } from "./scanning.ts";

const healthy = healthyDeployment({ users: 6 });
const access = `CN=ContosoUM Subscriber Access,${contactUnitDn}`;
let lab: Lab;

beforeAll(async () => {
  lab = await startLab(healthy);
}, 60_000);
afterAll(() => lab.close());

const scan = (...changes: readonly Change[]) => scanChanged(lab, healthy, changes, { only: "contoso" });
const contact = (name: string, attributes: Parameters<typeof entry>[2]): Change => ({
  kind: "addEntry",
  forest: contoso.name,
  entry: entry(`CN=${name},${contactUnitDn}`, "top person organizationalPerson contact", { "msRTCSIP-PrimaryUserAddress": `sip:${name}@contoso.test`, "msRTCSIP-Line": "tel:+14255550188", ...attributes }),
});

test("a contact without any mark is found by its line; one that stands for a user of another forest is not asked for", async () => {
  const scanned = await scan(contact("unmarked", {}), contact("from-afar", { "msRTCSIP-OriginatorSid": accountSid(fabrikam, 4711) }));
  const found = scanned.store.all("exUmContact").map(({ name }) => name);
  expect(found).toContain("unmarked");
  expect(found).not.toContain("from-afar");
  expect(scanned.value("exUmContact", "contactKind", "unmarked")).toBe("unclassified");
});

test("what the markers say: an own address with a phone context is subscriber access, another user part says nothing", async () => {
  const scanned = await scan(inLync(access, "otherIpPhone", "sip:Desk.ContosoUM@contoso.test;opaque=app:exum:ContosoUM.fabrikam.test"));
  expect(scanned.value("exUmContact", "contactKind", "ContosoUM Subscriber Access")).toBe("unclassified");
  expect(scanned.value("exUmContact", "contactKind", "BranchUM Subscriber Access")).toBe("subscriberAccess");
  expect(scanned.value("exUmContact", "contactKind", "BranchAA Auto Attendant")).toBe("autoAttendant");
});

test("contacts and users are counted to the pool of their home server", async () => {
  const scanned = await scan(inLync(lyncUserDn("user00001"), "msRTCSIP-OptionFlags", "257"), inLync(access, "msRTCSIP-PrimaryHomeServer", "CN=Lc Services,CN=Microsoft,CN=9:9,CN=Pools,CN=Nowhere"));
  const pool = (name: string) => scanned.store.all("lyncPool").find((one) => one.name === name)?.id ?? "";
  expect(["lyncpool.contoso.test", "lyncse1.contoso.test", "sba1.contoso.test"].map((name) => scanned.value("lyncPool", "umUsers", name))).toEqual([2, 1, 2]);
  expect(scanned.value("exUmContact", "pool", "BranchUM Subscriber Access")).toBe(pool("lyncpool.contoso.test"));
  expect(scanned.fact("exUmContact", "pool", "ContosoUM Subscriber Access").state).toBe("absent");
});

test("no pool counts users while what makes one was not read", async () => {
  const scanned = await scan({ kind: "setAces", forest: contoso.name, dn: `OU=Staff,${contoso.rootDn}`, aces: [`(OD;CI;RP;{pset:RTCPropertySet};;{${scannerAccount.sAMAccountName}})`] });
  expect(scanned.fact("lyncPool", "umUsers", "lyncpool.contoso.test")).toMatchObject({ state: "unknown", reason: "denied" });
});
