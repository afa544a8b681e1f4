import { lstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CompiledRule } from "../engine/compiled-rule.ts";
import { errorCode } from "../model/error-code.ts";
import { UsageError } from "../model/errors.ts";
import { markdownText } from "../report/escape-markdown.ts";
import { markdownTable } from "../report/markdown/page.ts";
import { pageMark, rulePage, type PageSources } from "./rule-page.ts";

/** The pages of rules by their path: one for each rule, and README.md, which lists them. */
export function rulePages(rules: readonly CompiledRule[], sources: PageSources): ReadonlyMap<string, string> {
  return new Map([["README.md", indexPage(rules)], ...rules.map((rule) => [`${rule.id}.md`, rulePage(rule, sources)] as const)]);
}

function indexPage(rules: readonly CompiledRule[]): string {
  const areas = [...new Set(rules.map(({ id }) => id.slice(0, id.indexOf("/"))))];
  const rows = (area: string) => rules.filter(({ id }) => id.startsWith(`${area}/`)).map(({ id, document: { rule } }) => [`[\`${id}\`](${id}.md)`, rule.severity, rule.team, markdownText(rule.title)]);
  return [`${pageMark}\n\n# Rules\n\n${rules.length} rules.\n`, ...areas.map((area) => `## ${area}\n\n${markdownTable(["rule", "severity", "mended by", "what holds"], rows(area))}`)].join("\n");
}

/**
 * Writes pages below a folder. A page of an earlier time is replaced, another file never.
 * @throws UsageError for a file that is something else, or that cannot be written
 */
export function writePages(folder: string, pages: ReadonlyMap<string, string>): void {
  for (const path of pages.keys()) checkReplaceable(join(folder, path));
  for (const [path, text] of pages) {
    const file = join(folder, path);
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    } catch (cause) {
      throw new UsageError("file-write", `${file} cannot be written (${errorCode(cause) ?? "an error"})`, { cause });
    }
  }
}

function checkReplaceable(file: string): void {
  let isPage = false;
  try {
    isPage = lstatSync(file).isFile() && readFileSync(file, "utf8").startsWith(pageMark);
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return;
    throw new UsageError("file-write", `${file} cannot be looked at (${errorCode(error) ?? "an error"})`, { cause: error });
  }
  if (!isPage) throw new UsageError("file-exists", `${file} is not a page of rules`, { hint: "Nothing was written. Choose another folder with --out." });
}
