import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { reporters } from "../../src/report/registry.ts";
import type { RenderOptions } from "../../src/model/report.ts";
import { hostileReport, longReport } from "./hostile.ts";
import { firstScan, plain, report } from "./reports.ts";

const folder = new URL("golden/", import.meta.url);
const examples = { "first-scan": firstScan(), hostile: hostileReport(), long: longReport(), nothing: report([]) };
const looks: Readonly<Record<string, RenderOptions>> = {
  "": plain,
  ".120": { ...plain, columns: 120 },
  ".40": { ...plain, columns: 40 },
  ".quiet": { ...plain, verbosity: "quiet" },
  ".verbose": { ...plain, verbosity: "verbose" },
  ".color": { ...plain, columns: 80, color: true },
};

/** The HTML page without what is packed in it or generated: that changes with the machine's zlib and with every change of its script. */
function comparable(text: string): string {
  return text.replaceAll(/<(style|script)([^>]*)>[\s\S]*?<\/\1>/g, "<$1$2></$1>").replaceAll(/'sha256-[^']+'/g, "'sha256-'");
}

/** Compares with the golden file; `UPDATE_GOLDEN=1 vitest run --project unit test/report` writes them anew. */
function expectGolden(name: string, text: string): void {
  const file = new URL(name, folder);
  if (process.env["UPDATE_GOLDEN"] === "1") {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, "utf8"));
}

describe("golden files", () => {
  for (const [name, example] of Object.entries(examples)) {
    for (const [format, entry] of Object.entries(reporters)) {
      for (const [look, options] of Object.entries(format === "table" && name === "first-scan" ? looks : { "": plain })) {
        it(`${name}${look}${entry.extension}`, async () => {
          const render = await entry.load();
          const text = [...render(example, options)].join("");
          expectGolden(`${name}${look}${entry.extension}`, format === "html" ? comparable(text) : text);
        });
      }
    }
  }
});
