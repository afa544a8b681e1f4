import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadRuleFolder } from "../../src/config/rules-folder.ts";
import { loadPrebuilt, prebuiltKey } from "../../src/config/rules-prebuilt.ts";

const folder = mkdtempSync(join(tmpdir(), "umpreflight-prebuilt-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "area"));
const file = join(folder, "area", "one.yaml");
const text = (title: string) => `id: area/one\ntitle: ${title}\nrequirements: [dp.uritype]\nseverity: major\nteam: lync\nwhy: Because.\nsubject: { each: forest, as: forest }\noutcomes:\n  - fail: forest.name == ""\n    message: "{forest.name}"\npass: "{forest.name}"\n`;

describe("rules that the build has read", () => {
  it("are taken as they are while the file is the same, and read anew when it has changed", () => {
    writeFileSync(file, text("First"));
    const [document] = loadRuleFolder(folder).documents;
    if (document === undefined) throw new Error("the rule did not load");
    const prebuilt = new Map([[prebuiltKey(file, text("First")), { ...document, file: "", rule: { ...document.rule, title: "From the build" } }]]);
    expect(loadRuleFolder(folder, prebuilt).documents).toMatchObject([{ file, rule: { title: "From the build" } }]);
    writeFileSync(file, text("Second"));
    expect(loadRuleFolder(folder, prebuilt).documents).toMatchObject([{ file, rule: { title: "Second" } }]);
  });

  it("are not needed", () => {
    expect(loadPrebuilt(join(folder, "none.json")).size).toBe(0);
  });
});
