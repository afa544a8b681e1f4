import type { GatewayMatrix, GatewayMatrixCell, GatewayMatrixHuntGroup, GatewayMatrixRow } from "../model/overview.ts";
import { nameText } from "./finding-text.ts";
import { shortened } from "./shorten.ts";
import type { MatrixWords, Words } from "./words/words.ts";

const nameLimit = 120;

/** One gateway of a pool in a dial plan, or that there is none, in words. Not escaped. */
export interface MatrixLine {
  readonly dialPlan: string;
  readonly gateway: string;
  readonly huntGroups: string;
  readonly status: string;
  readonly outcalls: string;
  readonly messageWaiting: string;
}

/** The lines of one pool. */
export interface MatrixGroup {
  readonly pool: string;
  readonly lines: readonly MatrixLine[];
}

function huntGroupText({ huntGroup, pilot, pilotRead }: GatewayMatrixHuntGroup, words: MatrixWords): string {
  return `${shortened(nameText(huntGroup), nameLimit)} (${pilot === undefined ? (pilotRead ? words.noPilot : words.notRead) : shortened(pilot, nameLimit)})`;
}

/** All that was read, and that there may be more where not everything was. */
function listText(items: readonly string[], read: boolean, words: MatrixWords): string {
  if (items.length === 0) return read ? words.none : words.notRead;
  return [...items, ...(read ? [] : [words.othersNotRead])].join(", ");
}

function yesOrNo(value: boolean | undefined, words: MatrixWords): string {
  return value === undefined ? words.notRead : value ? words.yes : words.no;
}

function lineOf(dialPlan: string, { gateway, huntGroups, huntGroupsRead, status, outcalls, messageWaiting }: GatewayMatrixCell, words: MatrixWords): MatrixLine {
  return {
    dialPlan,
    gateway: shortened(nameText(gateway), nameLimit),
    huntGroups: listText(huntGroups.map((group) => huntGroupText(group, words)), huntGroupsRead, words),
    status: status ?? words.notRead,
    outcalls: yesOrNo(outcalls, words),
    messageWaiting: yesOrNo(messageWaiting, words),
  };
}

function linesOf(row: GatewayMatrixRow, plan: string, words: MatrixWords): readonly MatrixLine[] {
  const nothing = { dialPlan: plan, huntGroups: "", status: "", outcalls: "", messageWaiting: "" };
  const { gateways, gatewaysRead } = row;
  return [...gateways.map((cell) => lineOf(plan, cell, words)), ...(gateways.length === 0 || !gatewaysRead ? [{ ...nothing, gateway: gatewaysRead ? words.none : gateways.length === 0 ? words.notRead : words.othersNotRead }] : [])];
}

/** The matrix pool by pool. Dial plans bear their forest where there are several. */
export function matrixGroups({ rows }: GatewayMatrix, { matrix: words }: Words): readonly MatrixGroup[] {
  const severalForests = new Set(rows.map(({ forest }) => forest)).size > 1;
  const planText = ({ dialPlan, forest }: GatewayMatrixRow): string => `${shortened(nameText(dialPlan), nameLimit)}${severalForests ? ` (${shortened(forest, nameLimit)})` : ""}`;
  return [...Map.groupBy(rows, ({ pool }) => pool.id).values()].map((these) => ({ pool: these[0] === undefined ? "" : shortened(nameText(these[0].pool), nameLimit), lines: these.flatMap((row) => linesOf(row, planText(row), words)) }));
}

/** What kept the matrix from being complete, row by row and as a whole. */
export function matrixNotRead({ rows, notRead }: GatewayMatrix): readonly string[] {
  return [...new Set([...notRead, ...rows.flatMap((row) => row.notRead)])];
}
