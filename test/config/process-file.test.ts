import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadProcess, parseProcess } from "../../src/config/process-file.ts";
import { loadRuleFolder } from "../../src/config/rules-folder.ts";
import { prebuiltKey } from "../../src/config/rules-prebuilt.ts";
import { describeError, RuleError } from "../../src/model/errors.ts";

const folder = mkdtempSync(join(tmpdir(), "umpreflight-process-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "process"));

const phase = (id: string, more = "") => `  - { id: ${id}, title: One, summary: What is done., who: [Somebody], requirements: [dp.uritype]${more} }\n`;
const text = (phases: string, id = "on-premises") => `id: ${id}\ntitle: A process\nreferences: [{ text: The document }]\nphases:\n${phases}`;

function refusal(source: string): string {
  try {
    parseProcess("process/on-premises.yaml", source, "on-premises");
  } catch (error) {
    if (error instanceof RuleError) return describeError(error);
    throw error;
  }
  return "taken";
}

describe("a process file", () => {
  it("gives phases the references of the process unless they have their own", () => {
    const { phases } = parseProcess("process/on-premises.yaml", text(phase("one") + phase("two", ", references: [{ text: Another }], rules: [dns/web-name]")), "on-premises");
    expect(phases).toEqual([
      { id: "one", title: "One", summary: "What is done.", who: ["Somebody"], requirements: ["dp.uritype"], rules: [], references: [{ text: "The document" }] },
      { id: "two", title: "One", summary: "What is done.", who: ["Somebody"], requirements: ["dp.uritype"], rules: ["dns/web-name"], references: [{ text: "Another" }] },
    ]);
  });

  it.each([
    ["an unknown key", text(phase("one", ", steps: []")), "process/on-premises.yaml:5:97: phases.0.steps: steps is not known here.\n  Known are: id, title, summary, who, requirements, rules, references."],
    ["two phases of one name", text(phase("one") + phase("one")), "process/on-premises.yaml:6:7: There are two phases one."],
    ["another id than its file's", text(phase("one"), "hosted"), "process/on-premises.yaml:1:1: The process is hosted, but its file is on-premises.yaml."],
    ["no YAML", "id: [", "process/on-premises.yaml:1:6:"],
  ])("with %s is refused", (_, source, message) => {
    expect(refusal(source)).toContain(message);
  });

  it("is taken as the build read it while it is the same, and is no rule", () => {
    const file = join(folder, "process", "on-premises.yaml");
    writeFileSync(file, text(phase("one")));
    const built = { ...loadProcess(join(folder, "process"), "on-premises"), title: "From the build" };
    const prebuilt = new Map([[prebuiltKey(file, text(phase("one"))), built]]);
    expect(loadProcess(join(folder, "process"), "on-premises", prebuilt).title).toBe("From the build");
    writeFileSync(file, text(phase("other")));
    expect(loadProcess(join(folder, "process"), "on-premises", prebuilt).title).toBe("A process");
    expect(loadRuleFolder(folder)).toEqual({ documents: [], errors: [] });
  });

  it("that is not there is named", () => {
    expect(() => loadProcess(join(folder, "process"), "hosted")).toThrow("There is no process hosted.");
  });
});
