import { describe, expect, it } from "vitest";
import { mergeLyncConfiguration } from "../../../src/collect/lync-config/merge.ts";
import type { LyncConfigurationInput } from "../../../src/collect/lync-config/types.ts";
import { itemsOf, known, onlyItem, readSynthetic } from "./read-synthetic.ts";
import { syntheticBundle, syntheticClixml, syntheticList, syntheticObject } from "./synthetic-clixml.ts";
import { syntheticAnchored, syntheticDocItemSet } from "./synthetic-store.ts";
import { syntheticTopology } from "./synthetic-topology.ts";

const json = (path: string, nouns: object, exportedAt = "2024-03-01T00:00:00Z"): Promise<LyncConfigurationInput> => readSynthetic(JSON.stringify({ schemaVersion: 1, exportedAt, ...nouns }), { path });
const clixml = (path: string, ...plans: readonly string[]): Promise<LyncConfigurationInput> => readSynthetic(syntheticBundle(syntheticList("CsDialPlan", ...plans.map((members) => syntheticObject(members)))), { path });
const merge = async (...inputs: readonly Promise<LyncConfigurationInput>[]): Promise<ReturnType<typeof mergeLyncConfiguration>> => mergeLyncConfiguration(await Promise.all(inputs));

describe("merging", () => {
  it("of nothing leaves everything unknown", async () => {
    const merged = await merge();
    expect(merged.sections.dialPlans).toMatchObject({ state: "unknown", reason: "not-collected" });
    expect(merged).toMatchObject({ sources: { dialPlans: [], topology: [] }, disagreements: [] });
  });

  it("takes each section from the best source that has it, in whatever order they come", async () => {
    const merged = await merge(readSynthetic(syntheticTopology(), { path: "t.xml" }), json("b.json", { CsDialPlan: [{ Identity: "Global", SimpleName: "j" }] }), clixml("a.clixml", '<S N="Identity">global</S><S N="SimpleName">j</S>'));
    expect(onlyItem(merged, "dialPlans").identity).toEqual(known("global"));
    expect(merged.sources).toMatchObject({ dialPlans: ["a.clixml"], topology: ["t.xml"], sipDomains: ["t.xml"], voiceRoutes: [] });
    expect(merged.disagreements).toEqual([]);
  });

  it("fills what the best source does not know from the next, and names both", async () => {
    const merged = await merge(json("b.json", { CsDialPlan: [{ Identity: "Tag:Paris", City: "Paris" }] }), clixml("a.clixml", '<S N="Identity">Paris</S><S N="SimpleName">p</S>'));
    expect(onlyItem(merged, "dialPlans")).toMatchObject({ simpleName: known("p"), city: known("Paris") });
    expect(merged.sources.dialPlans).toEqual(["a.clixml", "b.json"]);
    expect(merged.disagreements).toEqual([]);
  });

  it("does not know what a file with the same object twice says differently of it", async () => {
    const merged = await merge(json("b.json", { CsDialPlan: [{ Identity: "Global", SimpleName: "a", City: "Rome", State: "x" }, { Identity: "global", SimpleName: "b", City: "Rome" }] }));
    expect(onlyItem(merged, "dialPlans")).toMatchObject({ simpleName: { state: "unknown", reason: "malformed" }, city: known("Rome"), state: { state: "unknown" } });
  });

  it("reports different answers, null for no value, and keeps the best", async () => {
    const merged = await merge(
      clixml("a.clixml", '<S N="Identity">Global</S><S N="SimpleName">a</S><Nil N="Description" /><Nil N="State" />'),
      json("b.json", { CsDialPlan: [{ Identity: "Global", SimpleName: "b", Description: "text", State: "" }] }),
    );
    expect(onlyItem(merged, "dialPlans")).toMatchObject({ simpleName: known("a"), description: { state: "absent" } });
    expect(merged.disagreements).toEqual([
      { section: "dialPlans", identity: "Global", property: "simpleName", values: [{ path: "a.clixml", value: "a" }, { path: "b.json", value: "b" }] },
      { section: "dialPlans", identity: "Global", property: "description", values: [{ path: "a.clixml", value: null }, { path: "b.json", value: "text" }] },
    ]);
  });

  it("compares nested lists, in which an unknown part is no difference", async () => {
    const withRules = (path: string, rule: object): Promise<LyncConfigurationInput> => json(path, { CsDialPlan: [{ Identity: "Global", NormalizationRules: [{ Name: "r", ...rule }] }] });
    expect((await merge(withRules("a", { Pattern: "^1$" }), withRules("b", { Translation: "+1" }))).disagreements).toEqual([]);
    expect((await merge(withRules("a", { Pattern: "^1$" }), withRules("b", { Pattern: "^2$" }))).disagreements).toMatchObject([{ property: "normalizationRules", values: [{ value: [{ name: "r", pattern: "^1$" }] }, { value: [{ name: "r", pattern: "^2$" }] }] }]);
  });

  it("reports an item that one complete source has and another has not", async () => {
    const merged = await merge(json("a", { CsDialPlan: [{ Identity: "Global" }] }), json("b", { CsDialPlan: [{ Identity: "Global" }, { Identity: "Old" }] }));
    expect(itemsOf(merged, "dialPlans")).toHaveLength(1);
    expect(merged.disagreements).toEqual([{ section: "dialPlans", identity: "Old", property: "(item)", values: [{ path: "b", value: true }, { path: "a", value: false }] }]);
  });

  it("adds selections up and calls the sum a selection", async () => {
    const merged = await merge(readSynthetic('<Route Name="one" Priority="1" />', { path: "1" }), readSynthetic('<Route Name="two" Priority="2" />', { path: "2" }));
    expect(itemsOf(merged, "voiceRoutes").map(({ identity }) => identity)).toEqual([known("one"), known("two")]);
    expect(merged.sections.voiceRoutes).toMatchObject({ complete: false, certainty: "inferred" });
    expect(merged.disagreements).toEqual([]);
  });

  it("lets a complete source decide over a weaker selection, but not over a better one", async () => {
    const plain = (name: string): Promise<LyncConfigurationInput> => readSynthetic(syntheticClixml(syntheticObject(`<S N="Identity">${name}</S>`, { typeName: "a.Policy.Voice.LocationProfile" })), { path: "plain" });
    const better = await merge(plain("Tag:New"), json("all", { CsDialPlan: [{ Identity: "Global" }] }));
    expect(itemsOf(better, "dialPlans").map(({ identity }) => identity)).toEqual([known("Tag:New"), known("Global")]);
    expect(better.sections.dialPlans).toMatchObject({ complete: true });
    const weaker = await merge(json("all", { CsVoiceRoute: [] }), readSynthetic('<Route Name="gone" />', { path: "element" }));
    expect(itemsOf(weaker, "voiceRoutes")).toEqual([]);
    expect(weaker.disagreements).toMatchObject([{ identity: "gone", property: "(item)" }]);
  });

  it("does not call an item missing where a source has items without a name", async () => {
    const zip = readSynthetic(syntheticDocItemSet([syntheticAnchored("Site", "LocationProfile", "Policy.Voice", { key: "<SiteId>1</SiteId>", payload: '<LocationProfile SimpleName="s"/>' })]), { path: "zip" });
    expect((await merge(json("a", { CsDialPlan: [{ Identity: "Site:Paris", SimpleName: "s" }] }), zip)).disagreements).toEqual([]);
  });

  it("prefers the later of two exports", async () => {
    const merged = await merge(json("old", { CsDialPlan: [{ Identity: "Global", SimpleName: "o" }] }, "2023-01-01T00:00:00Z"), json("new", { CsDialPlan: [{ Identity: "Global", SimpleName: "n" }] }, "2024-01-01T00:00:00Z"));
    expect(onlyItem(merged, "dialPlans").simpleName).toEqual(known("n"));
    expect(merged.disagreements).toMatchObject([{ values: [{ path: "new" }, { path: "old" }] }]);
  });

  it("says why nobody knows, damage before absence", async () => {
    const merged = await merge(json("a", {}), readSynthetic("<Objs><Obj>", { path: "b" }));
    expect(merged.sections.dialPlans).toMatchObject({ state: "unknown", reason: "truncated" });
  });
});

describe("merging topologies", () => {
  it("finds no difference between a topology and itself, wherever it came from", async () => {
    const merged = await merge(readSynthetic(syntheticTopology(), { path: "t" }), json("b", { CsTopology: syntheticTopology() }));
    expect(merged).toMatchObject({ sources: { topology: ["b"] }, disagreements: [] });
  });

  it("reports differences by pool", async () => {
    const merged = await merge(
      readSynthetic(syntheticTopology(), { path: "t" }),
      readSynthetic(syntheticDocItemSet([syntheticTopology({ clientPort: "5061" }).replaceAll("gw.contoso.test", "gw2.contoso.test").replaceAll("sales.contoso.test", "x.test")]), { path: "z" }),
    );
    const topology = merged.disagreements.filter(({ section }) => section === "topology");
    expect(topology.map(({ identity, property }) => `${identity} ${property}`)).toEqual(["topology sipDomains", "edge.contoso.test ports", "gw.contoso.test (item)", "gw2.contoso.test (item)"]);
    expect(merged.disagreements.filter(({ section }) => section === "sipDomains")).toHaveLength(2);
  });
});
