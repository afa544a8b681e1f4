import type { GatewayMatrix, GatewayMatrixCell, GatewayMatrixRow } from "../../../model/overview.ts";
import type { SubjectRef } from "../../../model/subject.ts";
import { nameText } from "../../finding-text.ts";
import { shortened } from "../../shorten.ts";
import type { Words } from "../../words/words.ts";
import { el, type PageChild } from "../element.ts";
import { dataTable, notReadNote, type Section } from "../section.ts";
import type { MarkOf } from "../subject-mark.ts";
import { badge } from "../words.ts";

const rowLimit = 300;
/** Of one row: a pool has a few. */
const gatewayLimit = 20;

/** Which gateway, hunt group and pilot identifier each pool has, a table for each dial plan. */
export function gatewayMatrixSection({ rows, notRead }: GatewayMatrix, markOf: MarkOf, words: Words): Section | undefined {
  if (rows.length === 0 && notRead.length === 0) return undefined;
  const said = words.page.section.gateways;
  const shown = rows.slice(0, rowLimit);
  const plans = [...Map.groupBy(shown, ({ dialPlan, forest }) => `${forest}\n${dialPlan.id}`).values()];
  return {
    id: "gateways",
    title: said.title,
    note: String(plans.length),
    body: [
      el("p", { class: "intro" }, said.intro),
      plans.map((ofPlan) => planView(ofPlan, markOf, words)),
      rows.length > rowLimit && el("p", { class: "quiet" }, words.say.jsonHasAll(said.moreRows(rows.length - rowLimit))),
      notReadNote(words, notRead),
    ],
  };
}

function name(subject: SubjectRef): string {
  return shortened(nameText(subject), 120);
}

function planView(rows: readonly GatewayMatrixRow[], markOf: MarkOf, words: Words): PageChild {
  const [first] = rows;
  if (first === undefined) return undefined;
  const title = words.page.section.gateways.dialPlan(name(first.dialPlan));
  return el("div", { class: "panel" }, el("h3", {}, title, " ", el("span", { class: "quiet" }, shortened(first.forest, 120))), dataTable(title, words.page.section.gateways.heads, rows.flatMap((row) => tableRows(row, markOf, words))), notReadNote(words, rows.flatMap(({ notRead }) => notRead)));
}

function tableRows(row: GatewayMatrixRow, markOf: MarkOf, words: Words): readonly (readonly PageChild[])[] {
  const { pool, gateways, gatewaysRead } = row;
  const { client, section } = words.page;
  if (gateways.length === 0) return [[name(pool), gatewaysRead ? el("span", { class: "value-absent" }, words.matrix.none) : badge(client, "unknown", words.matrix.notRead), "", "", "", findings([pool], markOf, words)]];
  const rest = gateways.length - gatewayLimit;
  const more: readonly PageChild[] = [name(pool), el("span", { class: "quiet" }, words.say.jsonHasAll(section.gateways.moreGateways(rest))), "", "", "", ""];
  const cells = gateways.slice(0, gatewayLimit).map((cell): readonly PageChild[] => [
    name(pool),
    [name(cell.gateway), cell.status !== undefined && cell.status !== "Enabled" && [" ", badge(client, "warn", cell.status)], !gatewaysRead && [" ", badge(client, "unknown", section.gateways.perhapsMore)]],
    huntGroups(cell, words),
    flag(cell.outcalls, words),
    flag(cell.messageWaiting, words),
    findings([pool, cell.gateway, ...cell.huntGroups.map(({ huntGroup }) => huntGroup)], markOf, words),
  ]);
  return rest > 0 ? [...cells, more] : cells;
}

function huntGroups({ huntGroups, huntGroupsRead }: GatewayMatrixCell, { matrix, page: { client, section } }: Words): PageChild {
  const groups = huntGroups.slice(0, 20).map(({ huntGroup, pilot, pilotRead }) => el("li", {}, name(huntGroup), el("span", { class: "quiet" }, ` ${section.gateways.pilot} `), pilot === undefined ? (pilotRead ? el("span", { class: "value-absent" }, matrix.none) : badge(client, "unknown", matrix.notRead)) : el("code", {}, shortened(pilot, 120))));
  return [
    groups.length > 0 && el("ul", { class: "plain" }, groups),
    groups.length === 0 && huntGroupsRead && el("span", { class: "value-absent" }, matrix.none),
    !huntGroupsRead && badge(client, "unknown", groups.length === 0 ? matrix.notRead : section.gateways.perhapsMore),
  ];
}

function flag(value: boolean | undefined, { matrix, page: { client, section } }: Words): PageChild {
  return value === undefined ? badge(client, "unknown", matrix.notRead) : value ? section.gateways.allowed : section.gateways.notAllowed;
}

function findings(subjects: readonly SubjectRef[], markOf: MarkOf, words: Words): PageChild {
  const { outcome, href, text } = markOf(subjects);
  return href === undefined ? el("span", { class: "quiet" }, text) : el("a", { href, class: "mark" }, badge(words.page.client, outcome), el("span", { class: "quiet" }, text));
}
