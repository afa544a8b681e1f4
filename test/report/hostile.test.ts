import { describe, expect, it } from "vitest";
import { terminalText } from "../../src/model/terminal-text.ts";
import { xmlAttribute, xmlText } from "../../src/report/escape-xml.ts";
import { renderJunit } from "../../src/report/junit.ts";
import { renderTable } from "../../src/report/table.ts";
import type { RenderOptions } from "../../src/model/report.ts";
import { hostileReport } from "./hostile.ts";
import { seeds, textsOf } from "./random-text.ts";
import { plain, withoutColors } from "./reports.ts";
import { readXml } from "./xml-reader.ts";

const table = (seed: number, options: Partial<RenderOptions>): string => [...renderTable(hostileReport(textsOf(seed)), { ...plain, ...options })].join("");
const unprintable = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}/u;

describe("hostile text", () => {
  it.each([
    ["\u001b[31m", "\\u{1b}[31m"],
    ["a\nb\u0085", "a\\u{a}b\\u{85}"],
    ["\u202e\u2066\u200b\u2028\ufeff", "\\u{202e}\\u{2066}\\u{200b}\\u{2028}\\u{feff}"],
    ["\ud800x", "\\u{d800}x"],
    ["nbsp\u00a0", "nbsp\\u{a0}"],
    ["a\u00a0b, 12\u00a0a", "a\\u{a0}b, 12\\u{a0}a"],
    ["«\u00a0vu\u00a0»\u00a0: 12\u00a0345\u00a0%\u00a0; ok\u00a0?\u00a0!", "«\u00a0vu\u00a0»\u00a0: 12\u00a0345\u00a0%\u00a0; ok\u00a0?\u00a0!"],
    ["Zürich 会議室 😀", "Zürich 会議室 😀"],
  ])("is visible on a terminal: %j", (foreign, shown) => {
    expect(terminalText(foreign)).toBe(shown);
  });

  it("is text in XML", () => {
    expect(xmlText("a]]>b<c>&\u0000\u001b\ud800\uffff\r")).toBe("a]]&gt;b&lt;c&gt;&amp;&#13;");
    expect(xmlAttribute(`"'\n\t<`)).toBe("&quot;&apos;&#10;&#9;&lt;");
  });

  it("never breaks the XML, whatever it is", () => {
    for (const seed of seeds) {
      const of = hostileReport(textsOf(seed));
      const xml = [...renderJunit(of, plain)].join("");
      expect(xml.isWellFormed(), `seed ${seed}`).toBe(true);
      expect(readXml(xml).attributes["tests"], `seed ${seed}`).toBe(String([...of.findings].length + 1));
    }
  });

  it("never reaches a terminal as a control, whatever it is", () => {
    for (const seed of seeds) {
      const verbosity = (["quiet", "normal", "verbose"] as const)[seed % 3] ?? "normal";
      expect(table(seed, { verbosity, columns: 40 + seed }), `seed ${seed}`).not.toMatch(unprintable);
      expect(withoutColors(table(seed, { verbosity, color: true })), `seed ${seed}`).not.toMatch(unprintable);
    }
  });

  it("is never cut off in a narrow terminal", () => {
    for (const seed of seeds) {
      const letters = table(seed, { columns: 40 }).replace(/\s/g, "");
      for (const text of textsOf(seed)) expect(letters, `seed ${seed}`).toContain(terminalText(text).replace(/\s/g, ""));
    }
  });
});
