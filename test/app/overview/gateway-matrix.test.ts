import { describe, expect, it } from "vitest";
import { gatewayMatrixOf } from "../../../src/app/overview/gateway-matrix.ts";
import type { GatewayMatrix } from "../../../src/model/overview.ts";
import type { Subject } from "../../../src/model/subject.ts";
import { missing, subject, worldOf } from "../../derive/world-of.ts";

const organization = "fabrikam.test/org";
const base: readonly Subject[] = [
  subject("deployment", "deployment", { exchangeOrganizations: [organization], lyncDeployments: ["lync"] }),
  subject("exchangeOrganization", organization, { dialPlans: ["HQ", "Lab", "PBX"] }),
  subject("lyncDeployment", "lync", { pools: ["pool1", "pool2"] }),
  subject("umDialPlan", "HQ", { uriType: "SipName", organization, forest: "fabrikam.test" }),
  subject("umDialPlan", "Lab", { uriType: "SipName", organization, forest: "fabrikam.test" }),
  subject("umDialPlan", "PBX", { uriType: "TelExtn", organization, forest: "fabrikam.test" }),
  subject("lyncPool", "pool1", { gateways: ["1:1"] }),
  subject("lyncPool", "pool2", { gateways: [] }),
  subject("umIpGateway", "1:1", { organization, huntGroups: ["g1", "g2"], status: "NoNewCalls", outcallsAllowed: false, mwiAllowed: true }),
  subject("umHuntGroup", "g1", { gateway: "1:1", dialPlan: "HQ", pilotIdentifier: "HQ" }),
  subject("umHuntGroup", "g2", { gateway: "1:1", dialPlan: "Lab", pilotIdentifier: undefined }),
];
const matrixWith = (...changed: readonly Subject[]): GatewayMatrix => gatewayMatrixOf(worldOf(...base.map((one) => changed.find(({ kind, id }) => kind === one.kind && id === one.id) ?? one)));
const told = ({ rows }: GatewayMatrix): readonly string[] =>
  rows.map(({ pool, dialPlan, gateways, gatewaysRead }) => `${pool.id} ${dialPlan.id} ${gatewaysRead ? "" : "?"}${gateways.map((cell) => `${cell.gateway.id}(${String(cell.status)} ${String(cell.outcalls)} ${String(cell.messageWaiting)})[${cell.huntGroupsRead ? "" : "?"}${cell.huntGroups.map(({ huntGroup, pilot, pilotRead }) => `${huntGroup.id}=${pilotRead ? (pilot ?? "none") : "?"}`).join(" ")}]`).join(" ")}`);

describe("the gateway matrix", () => {
  it("has a row for each pool and SIP dial plan", () => {
    expect(told(matrixWith())).toEqual(["pool1 HQ 1:1(NoNewCalls false true)[g1=HQ]", "pool1 Lab 1:1(NoNewCalls false true)[g2=none]", "pool2 HQ ", "pool2 Lab "]);
    expect(matrixWith().notRead).toEqual([]);
  });
  it.each<[string, Subject, readonly string[], RegExp]>([
    ["the gateways of a pool", subject("lyncPool", "pool1", { gateways: missing }), ["pool1 HQ ?", "pool1 Lab ?", "pool2 HQ ", "pool2 Lab "], /^gateways of Lync pool pool1: not read in the test$/u],
    ["the hunt groups of a gateway", subject("umIpGateway", "1:1", { organization, huntGroups: missing, status: "Enabled", outcallsAllowed: true, mwiAllowed: missing }), ["pool1 HQ 1:1(Enabled true undefined)[?]", "pool1 Lab 1:1(Enabled true undefined)[?]", "pool2 HQ ", "pool2 Lab "], /^huntGroups of UM IP gateway 1:1: not read/u],
    ["the plan of a hunt group", subject("umHuntGroup", "g2", { gateway: "1:1", dialPlan: missing, pilotIdentifier: "Lab" }), ["pool1 HQ 1:1(NoNewCalls false true)[?g1=HQ]", "pool1 Lab 1:1(NoNewCalls false true)[?]", "pool2 HQ ", "pool2 Lab "], /^dialPlan of UM hunt group g2: not read/u],
    ["a pilot identifier", subject("umHuntGroup", "g1", { gateway: "1:1", dialPlan: "HQ", pilotIdentifier: missing }), ["pool1 HQ 1:1(NoNewCalls false true)[g1=?]", "pool1 Lab 1:1(NoNewCalls false true)[g2=none]", "pool2 HQ ", "pool2 Lab "], /^pilotIdentifier of UM hunt group g1: not read/u],
  ])("shows as not read: %s", (_name, changed, rows, why) => {
    const matrix = matrixWith(changed);
    expect(told(matrix)).toEqual(rows);
    expect(matrix.rows[0]?.notRead[0]).toMatch(why);
  });
  it("says so where pools or dial plans may be missing from it", () => {
    const { rows, notRead } = matrixWith(subject("umDialPlan", "Lab", { uriType: missing }), subject("lyncDeployment", "lync", { pools: missing }), subject("exchangeOrganization", organization, { dialPlans: missing }));
    expect(rows.map(({ dialPlan }) => dialPlan.id)).toEqual(["HQ", "HQ"]);
    expect(notRead).toEqual([expect.stringMatching(/^dialPlans of Exchange organisation/u), expect.stringMatching(/^uriType of UM dial plan Lab/u), expect.stringMatching(/^pools of Lync deployment/u)]);
  });
  it("holds a bounded number of rows and says how many there are", () => {
    const plans = Array.from({ length: 60 }, (_, index) => subject("umDialPlan", `p${index}`, { uriType: "SipName", organization, forest: "f" }));
    const pools = Array.from({ length: 60 }, (_, index) => subject("lyncPool", `l${index}`, { gateways: [] }));
    const { rows, notRead } = gatewayMatrixOf(worldOf(...base.slice(0, 3), ...plans, ...pools));
    expect(rows).toHaveLength(2000);
    expect(notRead).toEqual(["Only 2000 of 3600 rows are shown: there are 60 pools and 60 SIP dial plans."]);
  });
});
