import type { GatewayMatrix, GatewayMatrixCell, GatewayMatrixRow } from "../../../model/overview.ts";
import type { SubjectRef } from "../../../model/subject.ts";
import { nameText } from "../../finding-text.ts";
import { counted, shortened } from "../../shorten.ts";
import { el, type PageChild } from "../element.ts";
import { dataTable, notReadNote, type Section } from "../section.ts";
import type { MarkOf } from "../subject-mark.ts";
import { badge } from "../words.ts";

const rowLimit = 300;
/** Of one row: a pool has a few. */
const gatewayLimit = 20;
const heads = ["Pool", "Gateway", "Hunt group and pilot", "Outgoing calls", "Message waiting", "Findings"];

/** Which gateway, hunt group and pilot identifier each pool has, a table for each dial plan. */
export function gatewayMatrixSection({ rows, notRead }: GatewayMatrix, markOf: MarkOf): Section | undefined {
  if (rows.length === 0 && notRead.length === 0) return undefined;
  const shown = rows.slice(0, rowLimit);
  const plans = [...Map.groupBy(shown, ({ dialPlan, forest }) => `${forest}\n${dialPlan.id}`).values()];
  return {
    id: "gateways",
    title: "Gateways of each pool",
    note: String(plans.length),
    body: [
      el("p", { class: "intro" }, "Which UM IP gateway, hunt group and pilot identifier lead to each pool, by SIP dial plan."),
      plans.map((ofPlan) => planView(ofPlan, markOf)),
      rows.length > rowLimit && el("p", { class: "quiet" }, `and ${counted(rows.length - rowLimit, "more row")}; the json report has all`),
      notReadNote(notRead),
    ],
  };
}

function name(subject: SubjectRef): string {
  return shortened(nameText(subject), 120);
}

function planView(rows: readonly GatewayMatrixRow[], markOf: MarkOf): PageChild {
  const [first] = rows;
  if (first === undefined) return undefined;
  const title = `Dial plan ${name(first.dialPlan)}`;
  return el("div", { class: "panel" }, el("h3", {}, title, " ", el("span", { class: "quiet" }, shortened(first.forest, 120))), dataTable(title, heads, rows.flatMap((row) => tableRows(row, markOf))), notReadNote(rows.flatMap(({ notRead }) => notRead)));
}

function tableRows(row: GatewayMatrixRow, markOf: MarkOf): readonly (readonly PageChild[])[] {
  const { pool, gateways, gatewaysRead } = row;
  if (gateways.length === 0) return [[name(pool), gatewaysRead ? el("span", { class: "value-absent" }, "none") : badge("unknown", "not read"), "", "", "", findings([pool], markOf)]];
  const rest = gateways.length - gatewayLimit;
  const more: readonly PageChild[] = [name(pool), el("span", { class: "quiet" }, `and ${counted(rest, "more gateway")}; the json report has all`), "", "", "", ""];
  const cells = gateways.slice(0, gatewayLimit).map((cell): readonly PageChild[] => [
    name(pool),
    [name(cell.gateway), cell.status !== undefined && cell.status !== "Enabled" && [" ", badge("warn", cell.status)], !gatewaysRead && [" ", badge("unknown", "perhaps more")]],
    huntGroups(cell),
    flag(cell.outcalls),
    flag(cell.messageWaiting),
    findings([pool, cell.gateway, ...cell.huntGroups.map(({ huntGroup }) => huntGroup)], markOf),
  ]);
  return rest > 0 ? [...cells, more] : cells;
}

function huntGroups({ huntGroups, huntGroupsRead }: GatewayMatrixCell): PageChild {
  const groups = huntGroups.slice(0, 20).map(({ huntGroup, pilot, pilotRead }) => el("li", {}, name(huntGroup), el("span", { class: "quiet" }, " pilot "), pilot === undefined ? (pilotRead ? el("span", { class: "value-absent" }, "none") : badge("unknown", "not read")) : el("code", {}, shortened(pilot, 120))));
  return [
    groups.length > 0 && el("ul", { class: "plain" }, groups),
    groups.length === 0 && huntGroupsRead && el("span", { class: "value-absent" }, "none"),
    !huntGroupsRead && badge("unknown", groups.length === 0 ? "not read" : "perhaps more"),
  ];
}

function flag(value: boolean | undefined): PageChild {
  return value === undefined ? badge("unknown", "not read") : value ? "allowed" : "not allowed";
}

function findings(subjects: readonly SubjectRef[], markOf: MarkOf): PageChild {
  const { outcome, href, text } = markOf(subjects);
  return href === undefined ? el("span", { class: "quiet" }, text) : el("a", { href, class: "mark" }, badge(outcome), el("span", { class: "quiet" }, text));
}
