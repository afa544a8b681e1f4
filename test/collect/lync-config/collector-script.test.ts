import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { itemReaders } from "../../../src/collect/lync-config/item-readers.ts";
import { sectionOfNoun } from "../../../src/collect/lync-config/nouns.ts";

const script = readFileSync(new URL("../../../bin/Export-LyncConfiguration.ps1", import.meta.url), "utf8");
const code = script.replace(/<#[\s\S]*?#>/g, "").replace(/^\s*#.*$/gm, "");
const quoted = (text: string): readonly string[] => [...text.matchAll(/'([^']*)'/g)].map(([, word]) => word ?? "");
const nouns = code.split(/^\s*Noun = /m).slice(1).map((block) => {
  const [noun = ""] = quoted(block);
  const [, properties = "", lists = ""] = /Properties = ([\s\S]*?)\n\s*Lists = @\{([\s\S]*?)\}\n\s*\}/.exec(block) ?? [];
  return { noun, properties: quoted(properties), lists: [...lists.matchAll(/(\w+) = @\(/g)].map(([, name]) => name ?? "") };
});

describe("collector script", () => {
  it("runs no command that could change anything", () => {
    const verbs = new Set([...code.matchAll(/(?<![\w$.'-])([A-Z][A-Za-z]+-[A-Z][A-Za-z]+)/g)].map(([, name]) => name ?? ""));
    expect([...verbs].toSorted((a, b) => a.localeCompare(b))).toEqual(["Add-Noun", "ConvertTo-Json", "ConvertTo-PlainValue", "Export-Clixml", "Get-Command", "New-ErrorEntry", "New-Object", "Read-TopologyText", "Select-NamedProperty", "Set-StrictMode", "Test-Path", "Write-Warning"]);
    expect([...code.matchAll(/&\s*(\S+)/g)].map(([, target]) => target)).toEqual(["$cmdlet", "$cmdlet"]);
    expect([...code.matchAll(/\$cmdlet = (.*)/g)].map(([, value]) => value)).toEqual(["'Get-' + $noun", "'Get-CsTopology'"]);
    expect(nouns.map(({ noun }) => noun).filter((noun) => !/^Cs[A-Z]\w+$/.test(noun))).toEqual([]);
  });

  it("collects every section that is read", () => {
    const collected = [...nouns.map(({ noun }) => noun), "CsTopology"].map((noun) => sectionOfNoun.get(noun.toLowerCase()));
    expect(collected).toHaveLength(sectionOfNoun.size);
    expect(new Set(collected)).toEqual(new Set(sectionOfNoun.values()));
  });

  it.each(nouns)("exports from $noun exactly the properties that are read", ({ noun, properties, lists }) => {
    const section = sectionOfNoun.get(noun.toLowerCase());
    if (section === undefined || section === "topology") throw new Error(`${noun} is not read`);
    const readers = Object.values<{ readonly names: readonly string[]; readonly read: unknown }>(itemReaders[section]);
    expect(new Set(properties)).toEqual(new Set(readers.map(({ names }) => names[0])));
    expect(properties).toHaveLength(new Set(properties).size);
    expect(lists.filter((name) => !properties.includes(name))).toEqual([]);
  });

  it("keeps brackets and quotes in balance and to ASCII, which every Windows PowerShell reads the same", () => {
    // eslint-disable-next-line no-control-regex -- the range is meant
    expect(script).toMatch(/^[\u0000-\u007f]*$/);
    const bare = code.replace(/'[^']*'/g, "''");
    for (const [open, close] of ["()", "[]", "{}"].map((pair): [string, string] => [pair.slice(0, 1), pair.slice(1)])) expect(bare.split(open).length).toBe(bare.split(close).length);
    expect((code.match(/'/g) ?? []).length % 2).toBe(0);
  });

  it("asks for no property that could be secret", () => {
    const secret = /password|secret|privatekey|certificate(?!sStored|sDeleted)|credential|(?<!MinPhone)pin(?!g|Length)/i;
    expect(nouns.flatMap(({ properties }) => properties).filter((name) => secret.test(name.replace(/Certificates(Stored|Deleted)\w*/, "")))).toEqual([]);
  });
});
