import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Language } from "../../src/model/language.ts";
import type { Report } from "../../src/model/report.ts";
import { renderTable } from "../../src/report/table.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const begin = "<!-- begin sample -->";
const end = "<!-- end sample -->";
const linesInReadme = 46;

/** What differs from run to run - times, ports, keys - made the same. */
function normalized(text: string): string {
  return text
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=Z|\.\d{3}Z)/g, "2026-06-01T08:00:00").replaceAll(/(?<=2026-06-01T08:00:00)\.\d{3}Z/g, ".000Z")
    .replaceAll(/127\.0\.0\.1:\d{4,5}/g, "127.0.0.1:50000")
    .replaceAll(/\b[0-9A-F]{38,40}\b/g, (hex) => "0123456789ABCDEF0123456789ABCDEF01234567".slice(0, hex.length));
}

type Samples = Readonly<Record<Language, string>>;

let samples: Samples | undefined;

function run(...args: readonly string[]): void {
  const { stderr, status } = spawnSync(process.execPath, ["bin/umpreflight.js", ...args], { cwd: root, encoding: "utf8" });
  if (status !== 1) throw new Error(`${args[0]} ended with exit code ${status}: ${stderr}`);
}

function tableOf(file: string): string {
  const report = JSON.parse(normalized(readFileSync(file, "utf8"))) as Omit<Report, "rules" | "failOn">;
  return [...renderTable({ ...report, rules: [], failOn: "fail" }, { columns: 80, color: false, verbosity: "normal" })].join("");
}

/** One run of the demo, judged in both languages. */
function makeSamples(): Samples {
  const folder = mkdtempSync(join(tmpdir(), "umpreflight-sample-"));
  const [english, french] = [join(folder, "report.json"), join(folder, "french.json")];
  try {
    run("demo", "--lang", "en", "--output", folder);
    run("evaluate", join(folder, "demo.snapshot.gz"), "--lang", "fr", "--config", join(folder, "umpreflight.yaml"), "--reporter", `json=${french}`);
    return { en: tableOf(english), fr: tableOf(french) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** reports/samples/demo.txt and demo.fr.txt: the table of the demo at 80 columns, from reports of the built program with what differs from run to run made the same. */
export function demoSample(language: Language = "en"): string {
  return (samples ??= makeSamples())[language];
}

/** README.md with the beginning and the summary of the sample between its marks. */
export function readme(): string {
  const text = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const lines = demoSample().trimEnd().split("\n");
  const summary = lines.slice(lines.lastIndexOf("Summary"));
  const shown = [...lines.slice(0, linesInReadme), "", "…", "", ...summary];
  return `${text.slice(0, text.indexOf(begin) + begin.length)}\n\n\`\`\`text\n${shown.join("\n")}\n\`\`\`\n\n${text.slice(text.indexOf(end))}`;
}
