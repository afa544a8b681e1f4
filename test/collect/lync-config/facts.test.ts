import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { collectLyncConfiguration } from "../../../src/collect/lync-config/collect-lync-configuration.ts";
import type { KindName } from "../../../src/model/kinds.ts";
import { createStore } from "../../../src/snapshot/store.ts";
import { syntheticTopology } from "./synthetic-topology.ts";

const folder = mkdtempSync(join(tmpdir(), "umpreflight-facts-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function collected(bundle: Readonly<Record<string, unknown>>) {
  const path = join(folder, "lync.json");
  writeFileSync(path, JSON.stringify({ schemaVersion: 1, ...bundle }));
  const store = createStore(async () => undefined);
  await collectLyncConfiguration({ paths: [path] }, { signal: new AbortController().signal, now: () => 0, subjects: store, observer: store, progress: () => undefined });
  const fact = (kind: KindName, id: string, name: string): unknown => {
    const observation = store.get(kind, id)?.facts[name];
    return observation?.state === "known" ? observation.value : observation?.state === "unknown" ? observation.reason : observation?.state;
  };
  return { fact, list: (name: string) => fact("lyncConfiguration", "lync-configuration", name) };
}

describe("facts of files that cannot be read", () => {
  it("are unknown, and the reason names the file", async () => {
    const store = createStore(async () => undefined);
    const targets = await collectLyncConfiguration({ paths: [join(folder, "none.clixml")] }, { signal: new AbortController().signal, now: () => 0, subjects: store, observer: store, progress: () => undefined });
    expect(store.get("lyncConfiguration", "lync-configuration")?.facts["dialPlans"]).toMatchObject({ state: "unknown", reason: "not-collected", detail: expect.stringContaining("none.clixml cannot be read") as string });
    expect(targets).toMatchObject([{ name: "none.clixml", status: "not-read" }]);
  });
});

const route = (properties: Readonly<Record<string, unknown>>) => ({ Identity: "R", Priority: 0, NumberPattern: ".*", PstnUsages: [], PstnGatewayList: [], ...properties });

describe("facts of Enterprise Voice", () => {
  it("are each usage of the one object, once", async () => {
    const { list, fact } = await collected({ CsPstnUsage: [{ Identity: "Global", Usage: ["Local", "Long Distance", "Local"] }] });
    expect(list("pstnUsages")).toEqual(["pstnUsage/local", "pstnUsage/long distance"]);
    expect(fact("pstnUsage", "pstnUsage/long distance", "name")).toBe("Long Distance");
  });

  it("do not take usages that were cut off for none", async () => {
    expect((await collected({ CsPstnUsage: [{ Identity: "Global", Usage: "Local Long Distance" }] })).list("pstnUsages")).toBe("truncated");
  });

  it.each([
    ["a pattern", "^\\+1", "valid", "absent"],
    ["no pattern", null, "invalid", "there is none"],
    ["a wrong one", "*", "invalid", "the quantifier * at character 1 follows nothing"],
    ["one that is not looked into", "(?x) 1", "unsupported", "unsupported"],
  ])("judge %s by its syntax", async (_, NumberPattern, syntax, problem) => {
    const { fact } = await collected({ CsVoiceRoute: [route({ NumberPattern })] });
    expect(fact("voiceRoute", "voiceRoute/r", "patternSyntax")).toBe(syntax);
    expect(fact("voiceRoute", "voiceRoute/r", "patternProblem")).toBe(problem);
  });

  it("name gateways of routes without their prefix", async () => {
    const { fact } = await collected({ CsVoiceRoute: [route({ PstnGatewayList: ["PstnGateway:GW.contoso.test", "Service:PstnGateway:gw2.contoso.test", "10.0.0.9"] })] });
    expect(fact("voiceRoute", "voiceRoute/r", "gateways")).toEqual(["gw.contoso.test", "gw2.contoso.test", "10.0.0.9"]);
  });

  it("are the trunks of the topology", async () => {
    const { list, fact } = await collected({ CsTopology: syntheticTopology() });
    const [id] = list("pstnGateways") as readonly string[];
    expect(id).toMatch(/^pstnGateway\//);
    expect(fact("pstnGateway", id ?? "", "mediationServerPort")).toBe(5068);
    expect(fact("pstnGateway", id ?? "", "ports")).toEqual([{ owner: "GatewayComp", usage: "SipClient", side: "Pstn", protocol: "Tcp", port: 5066, count: 1 }]);
  });

  it("are the names outside of each pool of the topology", async () => {
    const { list, fact } = await collected({ CsTopology: syntheticTopology() });
    const names = (list("topologyPools") as readonly string[]).map((id) => fact("topologyPool", id, "externalFqdns"));
    expect(names.flat()).toEqual(expect.arrayContaining(["sip.contoso.test", "av.contoso.test"]));
    expect(names).toContainEqual([]);
  });

  it("are unknown, never none, where the export does not hold them", async () => {
    const { list } = await collected({ CsDialPlan: [] });
    for (const name of ["voicePolicies", "pstnUsages", "voiceRoutes", "trunkConfigurations", "voicemailReroutings", "publicProviders", "replicas", "simpleUrls", "pstnGateways"]) expect(list(name), name).toBe("not-collected");
  });
});

describe("facts of simple URLs", () => {
  const urls = (...SimpleUrl: readonly unknown[]) => ({ CsSimpleUrlConfiguration: [{ Identity: "Global", SimpleUrl }] });

  it("are host, component and domain of each", async () => {
    const { list, fact } = await collected(urls({ Component: "Meet", Domain: "contoso.test", ActiveUrl: "https://Lync.contoso.test/meet" }, { Component: "Dialin", Domain: "*", ActiveUrl: "https://dialin.contoso.test" }));
    const ids = list("simpleUrls") as readonly string[];
    expect(ids.map((id) => [fact("simpleUrl", id, "component"), fact("simpleUrl", id, "host")])).toEqual([["Meet", "lync.contoso.test"], ["Dialin", "dialin.contoso.test"]]);
  });

  it.each(["not a url", "ftp://meet.contoso.test", "https://10.0.0.9/meet", ""])("say of %s that it names no host", async (ActiveUrl) => {
    const { list, fact } = await collected(urls({ Component: "Meet", Domain: "*", ActiveUrl }));
    const [id] = list("simpleUrls") as readonly string[];
    expect(fact("simpleUrl", id ?? "", "host")).toBe("malformed");
  });
});

describe("facts of replicas and providers", () => {
  it("are those that the export has", async () => {
    const { fact } = await collected({
      CsManagementStoreReplicationStatus: [{ ReplicaFqdn: "Edge.contoso.test", UpToDate: false, LastStatusReport: null }],
      CsPublicProvider: [{ Identity: "Skype", ProxyFqdn: "Federation.messenger.msn.com", Enabled: true }],
      CsVoicemailReroutingConfiguration: [{ Identity: "Global", Enabled: true, AutoAttendantNumber: "+1", SubscriberAccessNumber: null }],
    });
    expect([fact("configurationReplica", "configurationReplica/edge.contoso.test", "fqdn"), fact("configurationReplica", "configurationReplica/edge.contoso.test", "upToDate"), fact("configurationReplica", "configurationReplica/edge.contoso.test", "lastStatusReport")]).toEqual(["edge.contoso.test", false, "absent"]);
    expect(fact("publicProvider", "publicProvider/skype", "proxyFqdn")).toBe("federation.messenger.msn.com");
    expect([fact("voicemailRerouting", "voicemailRerouting/global", "autoAttendantNumber"), fact("voicemailRerouting", "voicemailRerouting/global", "subscriberAccessNumber")]).toEqual(["+1", "absent"]);
  });
});
