import type { Report } from "../../../model/report.ts";
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
  const facts: readonly (readonly [string, ReturnType<typeof moment> | string])[] = [
    ["Started", moment(short(run.startedAt))],
    ["Finished", moment(short(run.finishedAt))],
    ["Profile", short(run.profile)],
    ["Program", short(`${tool.name} ${tool.version}`)],
    ["Rules", counted(rules.length, "rule")],
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
      el("details", { class: "fold" }, el("summary", {}, `Rules of this run (${rules.length})`), el("ul", { class: "plain rules" }, rules.slice(0, ruleLimit).map(({ id, title, file }) => el("li", {}, el("code", {}, short(id)), ` ${short(title)} `, el("span", { class: "quiet" }, short(file))))), rules.length > ruleLimit && el("p", { class: "quiet" }, `and ${counted(rules.length - ruleLimit, "more rule")}`)),
    ],
  };
}
