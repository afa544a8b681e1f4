import { describe, expect, it } from "vitest";
import { readSynthetic } from "./read-synthetic.ts";
import { syntheticBundle, syntheticClixml, syntheticList, syntheticObject } from "./synthetic-clixml.ts";
import { syntheticAnchored, syntheticDocItemSet } from "./synthetic-store.ts";
import { syntheticTopology } from "./synthetic-topology.ts";
import { syntheticZip } from "./synthetic-zip.ts";

const reasonOf = async (content: string | Uint8Array, limits = {}): Promise<string> => {
  const { sections, problems } = await readSynthetic(content, { limits });
  expect(problems.length).toBeGreaterThan(0);
  const { dialPlans } = sections;
  return dialPlans.state === "unknown" ? dialPlans.reason : "read";
};
const bundle = syntheticBundle(syntheticList("CsDialPlan", syntheticObject('<S N="Identity">Global</S>')));

describe("hostile XML", () => {
  it.each([
    ["a document type", `<!DOCTYPE Objs>${bundle}`],
    ["an external entity", `<!DOCTYPE Objs [<!ENTITY x SYSTEM "file:///etc/passwd">]>${bundle.replace("Global", "&x;")}`],
    ["a billion laughs", `<!DOCTYPE Objs [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>${bundle.replace("Global", "&c;")}`],
    ["depth", "<a>".repeat(100_000)],
    ["depth in a known root", `<Objs>${"<Obj>".repeat(1000)}`],
    ["a huge element name", `<${"a".repeat(100_000)}/>`],
    ["a huge attribute", `<Objs a="${"a".repeat(100_000)}"/>`],
    ["many attributes", `<Objs ${Array.from({ length: 300 }, (_, index) => `a${index}=""`).join(" ")}/>`],
  ])("with %s is refused", async (_case, content) => {
    expect(await reasonOf(content)).toBe("unsupported");
  });

  it.each([
    ["an unknown entity", bundle.replace("Global", "&nbsp;")],
    ["a wrong end tag", bundle.replace("</Objs>", "</Obj>")],
    ["something after the end", `${bundle}<x/>`],
    ["characters that XML forbids", bundle.replace("Global", "\u0001")],
    ["bytes that are no UTF-8", Buffer.concat([Buffer.from("<Objs>"), Buffer.from([0xc3, 0x28]), Buffer.from("</Objs>")])],
    ["half a character at the end", Buffer.from(`\ufeff${bundle}`, "utf16le").subarray(0, -1)],
    ["two roots' worth of nothing", "<?xml version='1.0'?>"],
  ])("with %s is malformed or truncated", async (_case, content) => {
    expect(await reasonOf(content)).toMatch(/^(?:malformed|truncated)$/);
  });

  it.each([0.2, 0.5, 0.9, 0.999])("cut off after %s of its length is truncated as a whole", async (share) => {
    for (const whole of [bundle, syntheticTopology(), syntheticDocItemSet([syntheticAnchored("Global", "LocationProfile", "Policy.Voice", { payload: "<LocationProfile/>" })])]) {
      const { sections } = await readSynthetic(whole.slice(0, Math.floor(whole.length * share)));
      expect(sections.dialPlans).toMatchObject({ state: "unknown", reason: "truncated" });
      expect(sections.topology).toMatchObject({ state: "unknown", reason: "truncated" });
    }
  });

  it("is bounded in what it holds, but not in how many objects come one after the other", async () => {
    const plans = Array.from({ length: 200 }, () => syntheticObject('<S N="Identity">x</S>', { typeName: "a.Policy.Voice.LocationProfile" }));
    const stream = await readSynthetic(syntheticClixml(...plans), { limits: { xmlElements: 50, xmlCharacters: 5_000 } });
    expect(stream.sections.dialPlans).toMatchObject({ state: "read", items: { length: 200 } });
    expect(await reasonOf(syntheticClixml(`<Obj>${plans.join("")}</Obj>`), { xmlElements: 50 })).toBe("unsupported");
    expect(await reasonOf(syntheticClixml(`<S>${"x".repeat(6_000)}</S>`), { xmlCharacters: 5_000 })).toBe("unsupported");
    expect(await reasonOf(`<Objs><!--${"-x".repeat(100_000)}`, { xmlPieceCharacters: 100_000 })).toBe("unsupported");
    expect(await reasonOf(bundle, { fileBytes: 10 })).toBe("unsupported");
  });

  it("does not keep more of a store than allowed, and nothing of empty items", async () => {
    const item = '<DocItem><Data><LocationProfile SimpleName="a"/></Data></DocItem>';
    expect(await reasonOf(`<DocItemSet>${item.repeat(200)}</DocItemSet>`, { storeElements: 100 })).toBe("unsupported");
    const sparse = await readSynthetic(`<DocItemSet>${"<DocItem/>".repeat(500)}${item}</DocItemSet>`, { limits: { storeElements: 110, xmlElements: 100 } });
    expect(sparse.sections.dialPlans).toMatchObject({ state: "read", items: { length: 1 } });
  });

  it("counts shared objects at each reference, so that references cannot multiply", async () => {
    const rules = Array.from({ length: 100 }, () => "<S>r</S>").join("");
    const layers = Array.from({ length: 30 }, (_, index) => `<Obj RefId="${index + 1}"><LST>${`<Ref RefId="${index}"/>`.repeat(10)}</LST></Obj>`).join("");
    expect(await reasonOf(syntheticClixml(`<Obj RefId="0"><LST>${rules}</LST></Obj>`, layers))).toBe("unsupported");
  });

  it("follows a long chain of references without exhausting the stack", async () => {
    const chain = Array.from({ length: 5_000 }, (_, index) => `<Obj RefId="${index + 1}"><LST><Ref RefId="${index}"/></LST></Obj>`).join("");
    expect(await reasonOf(syntheticClixml('<Obj RefId="0"><ToString>x</ToString></Obj>', chain))).toBe("unsupported");
  });

  it("does not spend quadratic time on a topology of one id", async () => {
    const clusters = '<Cluster Fqdn="a"><ClusterId SiteId="1" Number="1"/></Cluster>'.repeat(20_000);
    const services = '<Service><ServiceId SiteId="1" RoleName="UserServices" Instance="1"/><InstalledOn><ClusterId SiteId="1" Number="1"/></InstalledOn></Service>'.repeat(20_000);
    const started = performance.now();
    await readSynthetic(`<Topology><Clusters>${clusters}</Clusters><Services>${services}</Services></Topology>`);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe("hostile zips", () => {
  const set = syntheticDocItemSet([syntheticAnchored("Global", "LocationProfile", "Policy.Voice", { payload: "<LocationProfile/>" })]);
  const bomb = syntheticZip([{ name: "DocItemSet.xml", content: `<DocItemSet>${" ".repeat(3_000_000)}</DocItemSet>` }]);

  it.each([
    ["packed too densely", bomb, {}, "unsupported", "200 to 1"],
    ["packed densely while lying about it", syntheticZip([{ name: "DocItemSet.xml", content: `<DocItemSet>${" ".repeat(3_000_000)}`, claimedSize: 100 }]), {}, "malformed", "damaged"],
    ["larger than allowed by its own word", bomb, { unpackedBytes: 1_000_000 }, "unsupported", "unpacks to more"],
    ["larger than allowed in sum", syntheticZip([1, 2, 3].map((index) => ({ name: `${index}.xml`, content: `<a>${"x".repeat(500)}</a>` }))), { unpackedBytes: 1_200 }, "unsupported", "unpacks to more"],
    ["of too many entries", syntheticZip(Array.from({ length: 20 }, (_, index) => ({ name: `${index}`, content: "" }))), { zipEntries: 10 }, "unsupported", "entries"],
    ["encrypted", syntheticZip([{ name: "DocItemSet.xml", content: set, flags: 1 }]), {}, "unsupported", "encrypted"],
    ["strongly encrypted", syntheticZip([{ name: "DocItemSet.xml", content: set, flags: 0x41 }]), {}, "malformed", "damaged"],
    ["packed by another method", syntheticZip([{ name: "DocItemSet.xml", content: set, method: 12 }]), {}, "unsupported", "deflate"],
    ["of a wrong checksum", syntheticZip([{ name: "DocItemSet.xml", content: set, crc: 1 }]), {}, "malformed", "checksum"],
    ["claiming more entries than it has", syntheticZip([{ name: "DocItemSet.xml", content: set }], 3), {}, "malformed", "damaged"],
    ["cut off", syntheticZip([{ name: "DocItemSet.xml", content: set }]).subarray(0, -30), {}, "malformed", "cut off"],
    ["only a signature", Buffer.from("504b0304", "hex"), {}, "malformed", "cut off"],
    ["with a document type inside", syntheticZip([{ name: "DocItemSet.xml", content: `<!DOCTYPE x>${set}` }]), {}, "unsupported", "DOCTYPE"],
    ["with half a document inside", syntheticZip([{ name: "DocItemSet.xml", content: set.slice(0, -20) }]), {}, "truncated", "DocItemSet.xml"],
  ])("%s", async (_case, bytes, limits, reason, words) => {
    const { sections, problems } = await readSynthetic(bytes, { limits });
    expect(sections.dialPlans).toMatchObject({ state: "unknown", reason });
    expect(problems[0]?.message).toContain(words);
  });

  it("an honest zip of the same kind is read", async () => {
    expect((await readSynthetic(syntheticZip([{ name: "DocItemSet.xml", content: set }]))).sections.dialPlans).toMatchObject({ state: "read" });
  });
});

describe("broken bytes", () => {
  const wholes: readonly (readonly [string, Buffer])[] = [
    ["CLIXML", Buffer.from(bundle)],
    ["CLIXML in UTF-16", Buffer.from(`\ufeff${bundle}`, "utf16le")],
    ["JSON", Buffer.from('{"schemaVersion":1,"CsDialPlan":[{"Identity":"Global","NormalizationRules":[{"Name":"a"}]}],"CsSipDomain":[]}')],
    ["topology", Buffer.from(syntheticTopology())],
    ["zip", syntheticZip([{ name: "DocItemSet.xml", content: syntheticDocItemSet([syntheticAnchored("Global", "LocationProfile", "Policy.Voice", { payload: "<LocationProfile SimpleName='a'/>" })]) }])],
  ];

  it.each(wholes)("in %s never throw nor hang", async (_format, whole) => {
    let seed = 12_345;
    const next = (bound: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * bound);
    };
    for (let round = 0; round < 250; round += 1) {
      const bytes = Buffer.from(whole);
      for (let flips = 1 + next(4); flips > 0; flips -= 1) bytes[next(bytes.length)] = next(256);
      const input = await readSynthetic(round % 5 === 0 ? bytes.subarray(0, next(bytes.length)) : bytes);
      expect(Object.keys(input.sections)).toHaveLength(17);
    }
  });
});
