import { afterAll, beforeAll, expect, test } from "vitest";
import { contoso, fabrikam, scannerAccount } from "../../../../src/lab/deployment/forests.ts";
import { healthyDeployment } from "../../../../src/lab/deployment/healthy.ts";
import { contactUnitDn } from "../../../../src/lab/deployment/lync-contacts.ts";
import { rtcGroupDn } from "../../../../src/lab/deployment/lync-groups.ts";
import { contactUnitGrants } from "../../../../src/lab/deployment/lync-permissions.ts";
import type { Change } from "../../../../src/lab/deployment/mutations.ts";
import { listContainers } from "../../../../src/collect/ldap/forest/account-containers.ts";
import type { Lab } from "../../../../src/lab/lab.ts";
import { startLab } from "../../../../src/lab/start.ts";
import { scanChanged, type Scanned } from "./scanning.ts";

const healthy = healthyDeployment({ users: 6 });
const staff = `OU=Staff,${contoso.rootDn}`;
let lab: Lab;

beforeAll(async () => {
  lab = await startLab(healthy);
}, 60_000);
afterAll(() => lab.close());

const scan = (...changes: readonly Change[]): Promise<Scanned> => scanChanged(lab, healthy, changes, { only: "contoso" });
const aces = (list: readonly string[]): Change => ({ kind: "setAces", forest: contoso.name, dn: contactUnitDn, aces: list });

interface WriteRight {
  readonly what: string;
  readonly verdict: string;
  readonly detail: string;
}
const writes = (scanned: Scanned, fact: "contactWrites" | "userWrites", dn: string): readonly WriteRight[] => scanned.value("accountContainer", fact, dn) as readonly WriteRight[];
const notGranted = (list: readonly WriteRight[]): readonly string[] => list.filter(({ verdict }) => verdict !== "granted").map(({ what, verdict }) => `${what} ${verdict}`);

test("containers are those of contacts and users of Lync, and what may be written there comes from the schema's own GUIDs", async () => {
  const scanned = await scan();
  expect(scanned.store.all("accountContainer").map(({ name }) => name).sort()).toEqual([contactUnitDn, staff].sort());
  expect(scanned.value("forest", "accountContainers", contoso.realm)).toHaveLength(2);
  expect(writes(scanned, "contactWrites", contactUnitDn).map(({ what }) => what)).toEqual(
    expect.arrayContaining(["RTCUserSearchPropertySet", "RTCUserProvisioningPropertySet", "RTCPropertySet", "proxyAddresses", "msExchUCVoiceMailSettings", "otherIpPhone", "displayName", "description", "telephoneNumber"]),
  );
  expect(notGranted(writes(scanned, "contactWrites", contactUnitDn))).toEqual([]);
  expect(writes(scanned, "userWrites", staff)).toHaveLength(5);
  expect(writes(scanned, "userWrites", contactUnitDn)).toEqual([]);
});

test("grants of whole property sets, of everything, and of children of any class count like those that Microsoft's cmdlet writes", async () => {
  const personal = "77b5b886-944a-11d1-aebd-0000f80367c1"; // Personal-Information holds otherIpPhone and telephoneNumber
  const bySet = (contactUnitGrants.aces ?? []).filter((ace) => !/otherIpPhone|telephoneNumber/.test(ace));
  expect(notGranted(writes(await scan(aces([...bySet, `(OA;CI;WP;${personal};;{RTCUniversalUserAdmins})`])), "contactWrites", contactUnitDn))).toEqual([]);
  expect(notGranted(writes(await scan(aces(["(A;CI;GA;;;{RTCUniversalUserAdmins})"])), "contactWrites", contactUnitDn))).toEqual([]);
  expect(notGranted(writes(await scan(aces(["(A;;GA;;;{RTCUniversalUserAdmins})"])), "contactWrites", contactUnitDn))).toHaveLength(9); // not handed down
});

test("a denial of one attribute spoils its property set, and says which", async () => {
  const scanned = await scan(aces(["(OD;CIIO;WP;{attr:msRTCSIP-Line};{class:contact};WD)", ...(contactUnitGrants.aces ?? [])]));
  expect(writes(scanned, "contactWrites", contactUnitDn).find(({ what }) => what === "RTCPropertySet")).toEqual({ what: "RTCPropertySet", verdict: "denied", detail: "all but msRTCSIP-Line, which an entry of its own takes away" });
});

test("permissions that may not be read are unknown, and so is the list of containers while contacts are hidden", async () => {
  const unread = await scan(aces([`(D;;RC;;;{${scannerAccount.sAMAccountName}})`, ...(contactUnitGrants.aces ?? [])]));
  expect(unread.fact("accountContainer", "contactWrites", contactUnitDn)).toMatchObject({ state: "unknown", reason: "denied" });
  const hidden = await scan(aces([`(D;;LC;;;{${scannerAccount.sAMAccountName}})`]));
  expect(hidden.fact("forest", "accountContainers", contoso.realm)).toMatchObject({ state: "unknown", reason: "denied" });
});

test("without the group nobody may write", async () => {
  const scanned = await scan({ kind: "removeEntry", forest: contoso.name, dn: rtcGroupDn("RTCUniversalUserAdmins") }, aces([]), { kind: "setAces", forest: contoso.name, dn: contoso.rootDn, aces: ["(A;CI;RPLCLORC;;;AU)"] }, { kind: "setAces", forest: contoso.name, dn: staff, aces: [] });
  expect(writes(scanned, "contactWrites", contactUnitDn)[0]).toMatchObject({ verdict: "denied", detail: "the forest has no group RTCUniversalUserAdmins" });
});

test("what a forest holds is told whatever was configured", async () => {
  const both = await scanChanged(lab, healthy, []);
  expect(both.value("forest", "holds", contoso.realm)).toEqual(["lync"]);
  expect(both.value("forest", "holds", fabrikam.realm)).toEqual(["exchange"]);
  expect(both.value("forest", "domains", fabrikam.realm)).toEqual([fabrikam.realm]);
  const hidden = await scan({ kind: "setAces", forest: contoso.name, dn: `CN=Services,${contoso.configurationDn}`, aces: [`(D;;LC;;;{${scannerAccount.sAMAccountName}})`] });
  expect(hidden.fact("forest", "holds", contoso.realm).state).toBe("unknown");
});

test("a list of containers does not swell", () => {
  const containers = listContainers();
  for (let at = 0; at < 2_000; at += 1) containers.add(`OU=${at},DC=contoso,DC=test`, "users");
  containers.add("ou=1,dc=contoso,dc=test", "contacts");
  expect(containers.all).toHaveLength(500);
  expect(containers.more).toBe(true);
  expect(containers.all[1]?.holds).toEqual(["contacts", "users"]);
});
