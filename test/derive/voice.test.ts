import { describe, expect, it } from "vitest";
import { deriveFacts } from "../../src/derive/derive-facts.ts";
import type { Subject, SubjectIndex } from "../../src/model/subject.ts";
import { missing, subject, worldOf } from "./world-of.ts";

const base = {
  dialPlans: ["dp-global"],
  voicePolicies: ["vp-global"],
  hostedVoicemailPolicies: ["hp-global"],
  mediaConfigurations: ["media-global"],
  trunkConfigurations: ["trunk-global", "trunk-site", "trunk-service"],
  voiceRoutes: ["r1", "r2"],
  topologyPools: ["t1"],
  configuredSipDomains: ["contoso.test"],
} as const;

function world(...more: readonly Subject[]): Promise<SubjectIndex> {
  const subjects = [
    subject("deployment", "deployment", { forests: [], endpoints: [] }),
    subject("lyncConfiguration", "lync-configuration", base),
    subject("lyncPool", "p1", { fqdn: "pool.contoso.test" }),
    subject("topologyPool", "t1", { fqdn: "pool.contoso.test", site: "Portland" }),
    subject("lyncDialPlan", "dp-global", { identity: "Global" }),
    subject("voicePolicy", "vp-global", { identity: "Global", pstnUsages: ["Local"] }),
    subject("hostedVoicemailPolicy", "hp-global", { identity: "Global" }),
    subject("mediaConfiguration", "media-global", { identity: "Global" }),
    subject("trunkConfiguration", "trunk-global", { identity: "Global" }),
    subject("trunkConfiguration", "trunk-site", { identity: "Site:Boston" }),
    subject("trunkConfiguration", "trunk-service", { identity: "Service:PstnGateway:GW1.contoso.test" }),
    subject("voiceRoute", "r1", { pstnUsages: ["LOCAL", "Other"] }),
    subject("voiceRoute", "r2", { pstnUsages: [] }),
    subject("pstnUsage", "local", { name: "Local" }),
    subject("pstnGateway", "g1", { fqdn: "gw1.contoso.test", site: missing, mediationPools: ["pool.contoso.test", "gone.contoso.test"] }),
    subject("pstnGateway", "g2", { fqdn: "gw2.contoso.test", site: "boston", mediationPools: [] }),
    subject("pstnGateway", "g3", { fqdn: "10.0.0.9", site: "Portland", mediationPools: [] }),
    subject("simpleUrl", "meet", { host: "Meet.contoso.test" }),
  ];
  const added = new Set(more.map(({ kind, id }) => `${kind}/${id}`));
  return deriveFacts(worldOf(...subjects.filter(({ kind, id }) => !added.has(`${kind}/${id}`)), ...more), new Date("2026-01-01T00:00:00Z"));
}

function value(index: SubjectIndex, kind: Parameters<SubjectIndex["get"]>[0], id: string, fact: string): unknown {
  const observation = index.get(kind, id)?.facts[fact];
  return observation?.state === "known" ? observation.value : observation?.state;
}

describe("the configuration in effect", () => {
  it("is the service's, else the site's, else the global one, whatever the case", async () => {
    const index = await world();
    expect(["g1", "g2", "g3"].map((id) => value(index, "pstnGateway", id, "trunk"))).toEqual(["trunk-service", "trunk-site", "trunk-global"]);
    expect(["dialPlan", "voicePolicy", "hostedVoicemailPolicy", "media"].map((fact) => value(index, "lyncPool", "p1", fact))).toEqual(["dp-global", "vp-global", "hp-global", "media-global"]);
  });

  it("is the site's for a pool of that site", async () => {
    const index = await world(subject("lyncConfiguration", "lync-configuration", { ...base, dialPlans: ["dp-global", "dp-site"] }), subject("lyncDialPlan", "dp-site", { identity: "site:PORTLAND" }));
    expect(value(index, "lyncPool", "p1", "dialPlan")).toBe("dp-site");
  });

  it("is not known where there are site configurations and the site is not", async () => {
    const index = await world(subject("topologyPool", "t1", { fqdn: "pool.contoso.test", site: missing }), subject("pstnGateway", "g2", { fqdn: "gw2.contoso.test", site: missing, mediationPools: [] }));
    expect(value(index, "pstnGateway", "g2", "trunk")).toBe("unknown");
    expect(value(index, "lyncPool", "p1", "dialPlan")).toBe("dp-global");
  });

  it("is not known where one of them has no identity, or none is global", async () => {
    expect(value(await world(subject("voicePolicy", "vp-global", { identity: missing })), "lyncPool", "p1", "voicePolicy")).toBe("unknown");
    expect(value(await world(subject("lyncDialPlan", "dp-global", { identity: "Tag:Users" })), "lyncPool", "p1", "dialPlan")).toBe("unknown");
  });
});

describe("relations of Enterprise Voice", () => {
  it("join usages with the policies and routes that name them, whatever the case", async () => {
    const index = await world();
    expect(value(index, "pstnUsage", "local", "policies")).toEqual(["vp-global"]);
    expect(value(index, "pstnUsage", "local", "routes")).toEqual(["r1"]);
  });

  it("are unknown while one policy or route was not read", async () => {
    const index = await world(subject("voiceRoute", "r2", { pstnUsages: missing }));
    expect(value(index, "pstnUsage", "local", "routes")).toBe("unknown");
    expect(value(index, "pstnUsage", "local", "policies")).toEqual(["vp-global"]);
  });

  it("join gateways with Mediation pools, and look up no addresses", async () => {
    const index = await world();
    expect(value(index, "pstnGateway", "g1", "mediation")).toEqual(["t1"]);
    expect(value(index, "pstnGateway", "g1", "inside")).toBe("inside/gw1.contoso.test");
    expect(value(index, "pstnGateway", "g3", "inside")).toBe("absent");
    expect([value(index, "simpleUrl", "meet", "inside"), value(index, "simpleUrl", "meet", "outside")]).toEqual(["inside/meet.contoso.test", "outside/meet.contoso.test"]);
  });

  it("name what clients of a SIP domain look up", async () => {
    const index = await world();
    expect(value(index, "sipDomain", "contoso.test", "signInInside")).toEqual(["inside/sipinternal.contoso.test", "inside/sip.contoso.test"]);
    expect(value(index, "sipDomain", "contoso.test", "discoverOutside")).toBe("outside/lyncdiscover.contoso.test");
    expect(value(index, "sipDomain", "contoso.test", "phoneTime")).toBe("inside/_ntp._udp.contoso.test");
  });
});
