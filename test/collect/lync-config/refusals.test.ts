import { describe, expect, it } from "vitest";
import { sectionNames } from "../../../src/collect/lync-config/sections.ts";
import { readSynthetic } from "./read-synthetic.ts";
import { syntheticTopology } from "./synthetic-topology.ts";

describe("files that are not read", () => {
  it.each([
    ["CSV with a type line", '#TYPE Microsoft.Rtc.Management.WritableConfig.Policy.Voice.LocationProfile\r\n"Identity","SimpleName"\r\n', "CSV"],
    ["CSV", '"Identity","SimpleName"\r\n"Global","x"\r\n', "CSV"],
    ["unquoted CSV", "Identity;SimpleName\r\nGlobal;x\r\n", "CSV"],
    ["Format-List", "\r\n\r\nIdentity                 : Global\r\nDescription              :\r\n", "Format-List"],
    ["Format-List of another object", "ReplicaFqdn : fe1.test\r\nUpToDate    : True\r\n", "Format-List"],
    ["plain text", "hello there", 'begins with "hello there"'],
    ["unknown XML", "<Workbook/>", "root element is Workbook"],
    ["a voice configuration", "<VoiceConfiguration/>", ".vcfg"],
    ["nothing", "", "empty"],
    ["blanks", "   ", "not known"],
  ])("%s", async (_case, content, words) => {
    const input = await readSynthetic(content);
    expect(input.format).toBe("unrecognised");
    expect(input.problems).toMatchObject([{ severity: "error", message: expect.stringContaining(words) as string }]);
    expect(sectionNames.map((name) => input.sections[name].state)).toEqual(sectionNames.map(() => "unknown"));
  });

  it("mentions the voice export by the file's name only once the content is not known", async () => {
    expect((await readSynthetic("<Unknown/>", { path: "a.vcfg" })).problems[0]?.message).toContain(".vcfg");
    expect((await readSynthetic(syntheticTopology(), { path: "a.vcfg" })).format).toBe("topology-xml");
    expect((await readSynthetic(syntheticTopology(), { path: "a.csv" })).format).toBe("topology-xml");
  });

  it("describes bytes that are no text", async () => {
    expect((await readSynthetic(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 1, 2, 3]))).problems[0]?.message).toContain("d0cf11e0");
  });

  it("keeps control characters and long names out of its messages", async () => {
    const { message } = (await readSynthetic(`<${"n".repeat(200)}/>`)).problems[0] ?? { message: "" };
    expect(message.length).toBeLessThan(400);
    const { message: other } = (await readSynthetic("a\u001b[31m\u0007b\u0000c")).problems[0] ?? { message: "" };
    // eslint-disable-next-line no-control-regex -- that there are none is the point
    expect(other).not.toMatch(/[\u0000-\u001f]/);
  });

  it("gives the digest of the bytes whatever they are", async () => {
    expect((await readSynthetic("abc")).sha256).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
