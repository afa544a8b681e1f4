import { createHash } from "node:crypto";
import type { Report, ReportRule } from "../../../model/report.ts";
import { counted, shortened } from "../../shorten.ts";
import { el } from "../element.ts";
import { badge, moment } from "../words.ts";
import { dataTable, type Section } from "../section.ts";

const short = (text: string): string => shortened(text, 200);
const targetLimit = 100;
const ruleLimit = 1000;
const statusMarks = { read: "pass", "partly-read": "unknown", "not-read": "fail" } as const;

/** Where all this comes from: when, which targets, which version of the program, which rules. */
export function provenanceSection({ run, tool, rules, failOn }: Report): Section {
  const version = versionOfAll(rules);
  const facts: readonly (readonly [string, ReturnType<typeof moment> | string])[] = [
    ["Started", moment(short(run.startedAt))],
    ["Finished", moment(short(run.finishedAt))],
    ["Profile", short(run.profile)],
    ["Program", short(`${tool.name} ${tool.version}`)],
    ["Rules", `${counted(rules.length, "rule")}${version === undefined ? "" : `, version ${version}`}`],
    ["Not ready from", failOn === "warn" ? "warnings on" : "failures on"],
    ["Run", run.complete ? "complete" : "incomplete"],
  ];
  return {
    id: "provenance",
    title: "Where this comes from",
    body: [
      el("dl", { class: "facts" }, facts.map(([what, value]) => el("div", {}, el("dt", {}, what), el("dd", {}, value)))),
      run.targets.length > 0 && dataTable("Targets", ["Target", "Source", "State"], run.targets.slice(0, targetLimit).map(({ kind, name, status }) => [short(name), short(kind), badge(statusMarks[status], status.replace("-", " "))])),
      run.targets.length > targetLimit && el("p", { class: "quiet" }, `and ${counted(run.targets.length - targetLimit, "more target")}`),
      el("details", { class: "fold" }, el("summary", {}, `Rules of this run (${rules.length})`), el("ul", { class: "plain rules" }, rules.slice(0, ruleLimit).map(({ id, title, file, version: own }) => el("li", {}, el("code", {}, short(id)), ` ${short(title)} `, el("span", { class: "quiet" }, short(file), own !== undefined && [", version ", el("code", {}, short(own))])))), rules.length > ruleLimit && el("p", { class: "quiet" }, `and ${counted(rules.length - ruleLimit, "more rule")}`)),
    ],
  };
}

/** One version of all rules, where each has one: two reports that name the same were judged alike, but for parameters. */
function versionOfAll(rules: readonly ReportRule[]): string | undefined {
  if (rules.length === 0 || rules.some(({ version }) => version === undefined)) return undefined;
  const all = rules.map(({ id, version }) => `${id} ${version ?? ""}`).sort();
  return createHash("sha256").update(all.join("\n")).digest("hex").slice(0, 12);
}
