import { createHash } from "node:crypto";
import type { Report, ReportRule } from "../../../model/report.ts";
import { shortened } from "../../shorten.ts";
import type { Words } from "../../words/words.ts";
import { el } from "../element.ts";
import { badge, moment } from "../words.ts";
import { dataTable, type Section } from "../section.ts";

const short = (text: string): string => shortened(text, 200);
const targetLimit = 100;
const ruleLimit = 1000;
const statusMarks = { read: "pass", "partly-read": "unknown", "not-read": "fail" } as const;

/** Where all this comes from: when, which targets, which version of the program, which rules. */
export function provenanceSection({ run, tool, rules, failOn }: Report, words: Words): Section {
  const version = versionOfAll(rules);
  const said = words.page.section.provenance;
  const facts: readonly (readonly [string, ReturnType<typeof moment> | string])[] = [
    [said.started, moment(short(run.startedAt))],
    [said.finished, moment(short(run.finishedAt))],
    [said.profile, short(run.profile)],
    [said.program, short(`${tool.name} ${tool.version}`)],
    [said.rules, `${words.count.rules(rules.length)}${version === undefined ? "" : `, ${said.version}${version}`}`],
    [said.notReadyFrom, failOn === "warn" ? said.fromWarnings : said.fromFailures],
    [said.run, run.complete ? said.complete : said.incomplete],
  ];
  return {
    id: "provenance",
    title: said.title,
    body: [
      el("dl", { class: "facts" }, facts.map(([what, value]) => el("div", {}, el("dt", {}, what), el("dd", {}, value)))),
      run.targets.length > 0 && dataTable(said.targets, said.heads, run.targets.slice(0, targetLimit).map(({ kind, name, status }) => [short(name), short(kind), badge(words.page.client, statusMarks[status], words.targetStates[status])])),
      run.targets.length > targetLimit && el("p", { class: "quiet" }, words.count.moreTargets(run.targets.length - targetLimit)),
      el("details", { class: "fold" }, el("summary", {}, said.ofThisRun(rules.length)), el("ul", { class: "plain rules" }, rules.slice(0, ruleLimit).map(({ id, title, file, version: own }) => el("li", {}, el("code", {}, short(id)), ` ${short(title)} `, el("span", { class: "quiet" }, short(file), own !== undefined && [`, ${said.version}`, el("code", {}, short(own))])))), rules.length > ruleLimit && el("p", { class: "quiet" }, said.moreRules(rules.length - ruleLimit))),
    ],
  };
}

/** One version of all rules, where each has one: two reports that name the same were judged alike, but for parameters. */
function versionOfAll(rules: readonly ReportRule[]): string | undefined {
  if (rules.length === 0 || rules.some(({ version }) => version === undefined)) return undefined;
  const all = rules.map(({ id, version }) => `${id} ${version ?? ""}`).sort();
  return createHash("sha256").update(all.join("\n")).digest("hex").slice(0, 12);
}
