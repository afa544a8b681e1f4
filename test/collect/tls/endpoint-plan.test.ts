import { describe, expect, it } from "vitest";
import type { KindName } from "../../../src/model/kinds.ts";
import { absent, known, unknown, type Observation } from "../../../src/model/observation.ts";
import type { Subject } from "../../../src/model/subject.ts";
import { indexOf } from "../../../src/snapshot/store.ts";
import { endpointList, planEndpoints } from "../../../src/collect/tls/endpoint-plan.ts";
import { endpoint } from "./probing.ts";

function subject(kind: KindName, id: string, values: Readonly<Record<string, unknown>>): Subject {
  const isObservation = (value: unknown): value is Observation => typeof value === "object" && value !== null && "state" in value;
  return { kind, id, name: id, facts: Object.fromEntries(Object.entries(values).map(([fact, value]) => [fact, isObservation(value) ? value : known(value, "test")])) };
}

const unread = unknown("denied", "not readable");
const server = { fqdn: "UM1.fabrikam.test", roles: ["UnifiedMessaging"], product: "Exchange2016", startupMode: "Dual", tcpPort: 5062, tlsPort: 5063, assignedThumbprint: "AB" };

describe("the plan", () => {
  it("has the ports of the startup mode, with what the directory assigns", () => {
    const plan = planEndpoints(indexOf([subject("exchangeServer", "s1", server), subject("umCallRouter", "r1", { server: "s1", startupMode: "TLS", tlsPort: 5061, assignedThumbprint: absent("directory") })]), []);
    expect(plan.endpoints).toMatchObject([
      { id: "um1.fabrikam.test:5063", host: "um1.fabrikam.test", transport: "tls", role: "um-service", server: "s1", assignedThumbprint: { value: "AB" } },
      { id: "um1.fabrikam.test:5062", transport: "tcp", role: "um-service" },
      { id: "um1.fabrikam.test:5061", transport: "tls", role: "um-call-router", assignedThumbprint: { state: "absent" } },
    ]);
    expect(endpointList(plan)).toMatchObject({ state: "known", value: ["um1.fabrikam.test:5063", "um1.fabrikam.test:5062", "um1.fabrikam.test:5061"] });
  });

  it("takes a thumbprint that nobody read for unknown, not for absent", () => {
    const { assignedThumbprint: _left, ...rest } = server;
    expect(planEndpoints(indexOf([subject("exchangeServer", "s1", rest)]), []).endpoints[0]?.assignedThumbprint).toMatchObject({ state: "unknown", reason: "not-collected" });
  });

  it.each([
    ["a startup mode", [subject("exchangeServer", "s1", { ...server, startupMode: unread })]],
    ["a port", [subject("exchangeServer", "s1", { ...server, tlsPort: unread })]],
    ["roles", [subject("exchangeServer", "s1", { ...server, roles: unread })]],
    ["the server of a call router", [subject("exchangeServer", "s1", server), subject("umCallRouter", "r1", { server: unread })]],
    ["the servers of a pool", [subject("lyncPool", "p1", { fqdn: "pool.contoso.test", frontEnds: unread })]],
    ["the Exchange organisation of a forest", [subject("forest", "f1", { roles: ["exchange"], exchangeOrganization: unread })]],
    ["the servers of an organisation", [subject("exchangeOrganization", "o1", { servers: unread, callRouters: [] })]],
    ["the hunt groups of an organisation", [subject("exchangeOrganization", "o1", { servers: [], callRouters: [], ipGateways: [], huntGroups: unread, dialPlans: [] })]],
    ["the pools of a deployment", [subject("lyncDeployment", "d1", { pools: unread })]],
    ["the roles of a pool of the topology", [subject("topologyPool", "e1", { roles: unread })]],
    ["the outer name of an Edge pool", [subject("topologyPool", "e1", { roles: ["EdgeServer"], fqdn: "edge.contoso.test", accessEdgeFqdn: unread })]],
    ["the topology of a deployment with Edge pools", [subject("lyncConfiguration", "c", { topologyPools: unread }), subject("lyncDeployment", "d1", { pools: [], edgePools: ["edge.contoso.test"] })]],
    ["the topology, nor whether there are Edge pools,", [subject("lyncConfiguration", "c", { topologyPools: unread }), subject("lyncDeployment", "d1", { pools: [], edgePools: unread })]],
  ])("is not complete where %s could not be read", (_case, subjects) => {
    expect(endpointList(planEndpoints(indexOf(subjects), []))).toMatchObject({ state: "unknown" });
  });

  it("is complete without the topology where the directory knows of no Edge pool", () => {
    const plan = planEndpoints(indexOf([subject("lyncConfiguration", "c", { topologyPools: unread }), subject("lyncDeployment", "d1", { pools: [], edgePools: [] })]), []);
    expect(endpointList(plan)).toMatchObject({ state: "known", value: [] });
  });

  it("names front ends in lower case, by their own and the pool's name", () => {
    const plan = planEndpoints(indexOf([subject("lyncPool", "p1", { fqdn: "Pool.contoso.test", frontEnds: ["FE1.contoso.test", "fe2.contoso.test."] })]), []);
    expect(plan.endpoints).toMatchObject([
      { id: "fe1.contoso.test:5061", host: "fe1.contoso.test", knownAs: ["pool.contoso.test", "fe1.contoso.test"], pool: "p1" },
      { id: "fe2.contoso.test:5061", host: "fe2.contoso.test", knownAs: ["pool.contoso.test", "fe2.contoso.test"], pool: "p1" },
    ]);
  });

  it("has the edge of the topology", () => {
    const edge = subject("topologyPool", "e1", { roles: ["EdgeServer"], fqdn: "edgepool.contoso.test", accessEdgeFqdn: "SIP.contoso.test" });
    expect(planEndpoints(indexOf([edge, subject("topologyPool", "x", { roles: ["Registrar"], fqdn: "fe.contoso.test" })]), []).endpoints).toMatchObject([
      { id: "sip.contoso.test:5061", side: "edge-external", role: "access-edge" },
      { id: "edgepool.contoso.test:5061", side: "edge-internal", role: "edge-internal" },
    ]);
  });

  describe("of telephone equipment", () => {
    const pbx = { address: "PBX.fabrikam.test", port: 0, status: "Enabled" };
    const group = { gateway: "g1", dialPlan: "d1" };
    const plan = { uriType: "TelExtn", voipSecurity: "Secured" };
    const planned = (gateway: object, dialPlan: object, more: readonly Subject[] = [], huntGroup: object = group) =>
      planEndpoints(indexOf([subject("umIpGateway", "g1", { ...pbx, ...gateway }), subject("umHuntGroup", "h1", { ...huntGroup }), subject("umDialPlan", "d1", { ...plan, ...dialPlan }), ...more]), []);

    it.each([
      ["0", {}],
      ["5061", { port: 5061 }],
    ])("has the TLS port of a gateway of a secured plan, where the object says %s", (_port, gateway) => {
      expect(planned(gateway, {})).toMatchObject({ endpoints: [{ id: "pbx.fabrikam.test:5061", side: "gateway", role: "gateway", transport: "tls", knownAs: ["pbx.fabrikam.test"], source: "directory" }], missing: [] });
      expect(planned(gateway, { voipSecurity: "SIPSecured" }).endpoints).toHaveLength(1);
    });

    it.each([
      ["that has another port", { port: 5060 }, {}, []],
      ["that is entered by its address", { address: "192.0.2.1" }, {}, []],
      ["of an unsecured plan", {}, { voipSecurity: "Unsecured" }, []],
      ["of a plan of SIP URIs, which is a pool or was one", {}, { uriType: "SipName", voipSecurity: unread }, []],
      ["that is a pool", {}, {}, [subject("lyncPool", "p1", { fqdn: "pbx.Fabrikam.test", frontEnds: [] })]],
    ] as const)("has none of a gateway %s", (_case, gateway, dialPlan, more) => {
      expect(planned(gateway, dialPlan, more).endpoints.filter(({ side }) => side === "gateway")).toEqual([]);
      expect(planned(gateway, dialPlan, more).missing).toEqual([]);
    });

    it.each([
      ["the security of its plan", {}, { voipSecurity: unread }, group],
      ["the kind of its plan", {}, { uriType: unread }, group],
      ["its port", { port: unread }, {}, group],
      ["its address", { address: unread }, {}, group],
      ["the plan of its hunt group", {}, {}, { gateway: "g1", dialPlan: unread }],
    ])("is not complete where %s was not read", (_case, gateway, dialPlan, huntGroup) => {
      expect(endpointList(planned(gateway, dialPlan, [], huntGroup))).toMatchObject({ state: "unknown" });
    });
  });

  it("lets the configuration win, and adds what it left open", () => {
    const pool = subject("lyncPool", "p1", { fqdn: "pool.contoso.test", frontEnds: ["fe1.contoso.test"] });
    const configured = endpoint({ host: "FE1.contoso.test", side: "lync", role: "other" });
    expect(planEndpoints(indexOf([pool]), [configured]).endpoints).toMatchObject([{ id: "fe1.contoso.test:5061", role: "other", pool: "p1", knownAs: ["pool.contoso.test", "fe1.contoso.test"], source: "configuration" }]);
    expect(planEndpoints(indexOf([pool]), [{ ...configured, knownAs: ["Sip.contoso.test"] }]).endpoints[0]?.knownAs).toEqual(["sip.contoso.test"]);
    expect(planEndpoints(indexOf([subject("exchangeServer", "s1", server)]), [endpoint({ port: 5063 })]).endpoints.find(({ port }) => port === 5063)).toMatchObject({ server: "s1", assignedThumbprint: { value: "AB" } });
  });

  it("does not take what the directory might hold of a configured endpoint for absent", () => {
    expect(planEndpoints(indexOf([]), [endpoint()]).endpoints[0]?.assignedThumbprint.state).toBe("absent");
    expect(planEndpoints(indexOf([subject("forest", "f1", { roles: ["exchange"], exchangeOrganization: unread })]), [endpoint()]).endpoints[0]?.assignedThumbprint).toEqual(unread);
  });
});
