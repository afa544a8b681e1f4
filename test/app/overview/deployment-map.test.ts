import { describe, expect, it } from "vitest";
import { deploymentMapOf } from "../../../src/app/overview/deployment-map.ts";
import type { DeploymentMap } from "../../../src/model/overview.ts";
import type { Subject } from "../../../src/model/subject.ts";
import { missing, subject, worldOf } from "../../derive/world-of.ts";

const edgesOf = ({ edges, nodes }: DeploymentMap): readonly string[] => {
  const label = (id: string): string => nodes.find((node) => node.id === id)?.label ?? id;
  return edges.map((edge) => `${label(edge.from)} ${edge.bothWays === true ? "<" : ""}-${edge.label}-> ${label(edge.to)} (${edge.subjects.map(({ id }) => id).join(" ")})`);
};
const nodeOf = ({ nodes }: DeploymentMap, label: string) => nodes.find((node) => node.label === label);

const deployment = subject("deployment", "deployment", { forests: ["contoso.test", "fabrikam.test"] });
const lyncForest = subject("forest", "contoso.test", { roles: ["lync"], lyncDeployment: "lync", trusts: ["c/f"] });
const exchangeForest = subject("forest", "fabrikam.test", { roles: ["exchange"], exchangeOrganization: "org", trusts: ["f/c", "f/x", "f/child"] });
const trusts = (contoso: "outbound" | "bidirectional", fabrikam: "inbound" | "bidirectional"): readonly Subject[] => [
  subject("trust", "c/f", { partner: "fabrikam.test", direction: contoso, withinForest: false }),
  subject("trust", "f/c", { partner: "contoso.test", direction: fabrikam, withinForest: false }),
  subject("trust", "f/x", { partner: "elsewhere.test", direction: "outbound", withinForest: false }),
  subject("trust", "f/child", { partner: "emea.fabrikam.test", direction: "bidirectional", withinForest: true }),
];

const server = (id: string, dialPlans: readonly string[]): Subject => subject("exchangeServer", id, { forest: "fabrikam.test", fqdn: `${id}.fabrikam.test`, product: "Exchange2010SP3", version: { major: 14, minor: 3, build: 123, revision: 4 }, callRouter: undefined, endpoints: [`${id}:5061`], dialPlans });
const plan = (id: string): Subject => subject("umDialPlan", id, { forest: "fabrikam.test", uriType: "SipName", voipSecurity: "Secured" });
const gateway = (id: string): Subject => subject("umIpGateway", id, { forest: "fabrikam.test", address: `${id}.contoso.test`, status: "Disabled" });
const group = (of: string, to: string): Subject => subject("umHuntGroup", `${of}/${to}`, { gateway: of, dialPlan: to, pilotIdentifier: "5000" });

describe("the map of the deployment", () => {
  it("draws both objects of a trust as one line in its direction, and says which trusts it leaves out", () => {
    const map = deploymentMapOf(worldOf(deployment, lyncForest, exchangeForest, ...trusts("outbound", "inbound")));
    expect(edgesOf(map)).toEqual(["contoso.test -trusts-> fabrikam.test (c/f f/c)"]);
    expect(map.notShown).toContain("Trusts of fabrikam.test with domains that were not to be read: elsewhere.test.");
    expect(edgesOf(deploymentMapOf(worldOf(deployment, lyncForest, exchangeForest, ...trusts("bidirectional", "bidirectional"))))).toEqual(["contoso.test <-trust each other-> fabrikam.test (c/f f/c)"]);
  });
  it("shows plans, servers with versions, gateways and hunt groups inside their forest", () => {
    const map = deploymentMapOf(worldOf(deployment, exchangeForest, plan("HQ"), server("EX1", ["HQ"]), gateway("g1"), group("g1", "HQ"), subject("umAutoAttendant", "AA", { dialPlan: "HQ", enabled: false })));
    expect(map.nodes.map(({ label, detail, parent }) => [label, detail, parent])).toEqual([
      ["fabrikam.test", "Exchange", undefined],
      ["HQ", "SipName, Secured", "forest/fabrikam.test"],
      ["EX1", "Exchange 2010 SP3 (14.3.123)", "forest/fabrikam.test"],
      ["g1", "g1.contoso.test, Disabled", "forest/fabrikam.test"],
      ["g1/HQ", "pilot 5000", "forest/fabrikam.test"],
      ["AA", "disabled", "forest/fabrikam.test"],
    ]);
    expect(edgesOf(map)).toEqual(["EX1 -serves-> HQ ()", "HQ -hunt group-> g1/HQ (g1/HQ)", "g1/HQ -hunt group-> g1 (g1/HQ)", "AA -auto attendant-> HQ ()"]);
    expect(nodeOf(map, "EX1")?.subjects.map(({ id }) => id)).toEqual(["EX1", "EX1:5061"]);
  });
  it("joins pools of directory and topology, Edge pools, trunks, SRV records and providers", () => {
    const map = deploymentMapOf(
      worldOf(
        deployment,
        lyncForest,
        subject("lyncDeployment", "lync", { forest: "contoso.test", pools: ["p1"], edgePools: ["edge.contoso.test"] }),
        subject("lyncPool", "p1", { forest: "contoso.test", fqdn: "pool.contoso.test", topologyPool: "t1", branch: false, director: false, endpoints: [], gateways: [], frontEnds: ["fe1.contoso.test"] }),
        subject("topologyPool", "t1", { fqdn: "pool.contoso.test", roles: ["Registrar", "MediationServer"], serviceVersion: 7, director: false, machines: ["fe1.contoso.test"], externalFqdns: [], accessEdgeFqdn: undefined }),
        subject("topologyPool", "t2", { fqdn: "edge.contoso.test", roles: ["EdgeServer"], serviceVersion: 6, accessEdgeFqdn: "sip.contoso.test", machines: [], externalFqdns: ["sip.contoso.test"] }),
        subject("topologyPool", "t3", { fqdn: "sql.contoso.test", roles: ["UserStore"], serviceVersion: 6, machines: [], externalFqdns: [] }),
        subject("endpoint", "sip.contoso.test:5061", { side: "edge-external", host: "sip.contoso.test" }),
        subject("pstnGateway", "gw", { site: "Redmond", mediationPools: ["pool.contoso.test"] }),
        subject("sipDomain", "contoso.test", { internalTls: "in", externalTls: "out", federation: "fed" }),
        subject("srvRecordSet", "in", { targets: [{ target: "fe1.contoso.test", port: 5061, priority: 0, weight: 0 }] }),
        subject("srvRecordSet", "out", { targets: [{ target: "sip.contoso.test", port: 443, priority: 0, weight: 0 }] }),
        subject("srvRecordSet", "fed", { targets: [{ target: "gone.contoso.test", port: 5061, priority: 0, weight: 0 }] }),
        subject("hostingProvider", "cloud", { isLocal: false, proxyFqdn: "exap.um.outlook.com", enabled: false }),
        subject("hostingProvider", "here", { isLocal: true }),
      ),
    );
    expect(map.nodes.map(({ kind, label, detail }) => [kind, label, detail])).toEqual([
      ["forest", "contoso.test", "Lync"],
      ["pool", "pool.contoso.test", "Front End, Mediation, Skype for Business 2015"],
      ["edge-pool", "edge.contoso.test", "sip.contoso.test, Lync 2013"],
      ["pstn-gateway", "gw", "site Redmond"],
      ["sip-domain", "contoso.test", undefined],
      ["provider", "cloud", "exap.um.outlook.com, disabled"],
    ]);
    expect(edgesOf(map)).toEqual([
      "pool.contoso.test -trunk-> gw ()",
      "pool.contoso.test -the only Edge pool-> edge.contoso.test ()",
      "contoso.test -_sipinternaltls, inside-> pool.contoso.test (in)",
      "contoso.test -_sip._tls, outside-> edge.contoso.test (out)",
      "edge.contoso.test -hosting provider-> cloud ()",
    ]);
    expect(nodeOf(map, "edge.contoso.test")?.subjects.map(({ id }) => id)).toEqual(["t2", "sip.contoso.test:5061"]);
    expect(map.notShown).toContain("_sipfederationtls, outside of contoso.test leads to gone.contoso.test, which is no server or pool of this map.");
  });
  it("says what was not read", () => {
    const { nodes, notShown } = deploymentMapOf(worldOf(deployment, subject("forest", "contoso.test", { roles: ["lync"], lyncDeployment: missing, trusts: missing }), subject("umDialPlan", "HQ", { forest: missing, uriType: missing, voipSecurity: "Secured" })));
    expect(nodes.find(({ kind }) => kind === "dial-plan")).toMatchObject({ detail: "URI type not read, Secured" });
    for (const fact of ["lyncDeployment of Forest contoso.test", "trusts of Forest contoso.test", "uriType of UM dial plan HQ", "topologyPools of Lync configuration", "sipDomains of Lync configuration", "hostingProviders of Lync configuration"]) expect(notShown).toContainEqual(expect.stringContaining(fact));
  });
  it("draws many hunt groups as lines, and many of a kind as one, with the subjects of all", () => {
    const names = (letter: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${letter}${String(index).padStart(4, "0")}`);
    const [plans, gateways, servers] = [names("p", 30), names("g", 10), names("s", 1000)];
    const map = deploymentMapOf(worldOf(deployment, exchangeForest, ...plans.map(plan), ...gateways.map(gateway), ...gateways.flatMap((of) => plans.map((to) => group(of, to))), ...servers.map((id) => server(id, plans))));
    expect(map.nodes).toHaveLength(1 + 30 + 10 + 1);
    expect(nodeOf(map, "1,000 Exchange servers")).toMatchObject({ count: 1000, detail: "s0000 … s0999", parent: "forest/fabrikam.test", subjects: { length: 2000 } });
    expect(map.edges).toHaveLength(300 + 30);
    expect(map.edges.find(({ label }) => label === "hunt group")?.subjects).toEqual([{ kind: "umHuntGroup", id: "g0000/p0000", name: "g0000/p0000" }]);
    expect(map.notShown).toEqual(expect.arrayContaining(["300 hunt groups are drawn as lines between dial plans and gateways.", "1,000 Exchange servers of fabrikam.test are drawn as one."]));
  });
});
