import type { Report } from "../../model/report.ts";
import { markdownText } from "../escape-markdown.ts";
import { matrixGroups, matrixNotRead } from "../matrix-rows.ts";
import { shortened } from "../shorten.ts";
import type { Words } from "../words/words.ts";
import { collapsible, markdownTable } from "./page.ts";

const lineLimit = 40;
const notReadLimit = 10;

/** The gateway matrix, folded; nothing for a report without it or a deployment without pool or SIP dial plan. */
export function matrixText({ overview }: Report, words: Words): string {
  const matrix = overview?.matrix;
  if (matrix === undefined || (matrix.rows.length === 0 && matrix.notRead.length === 0)) return "";
  const { heads, heading, poolHead } = words.matrix;
  const cell = (text: string): string => markdownText(shortened(text, 200));
  const lines = matrixGroups(matrix, words).flatMap(({ pool, lines: these }) => these.map((line) => ({ pool, ...line })));
  const rows = lines.slice(0, lineLimit).map(({ pool, dialPlan, gateway, huntGroups, status, outcalls, messageWaiting }) => [pool, dialPlan, gateway, huntGroups, status, outcalls, messageWaiting].map(cell));
  const more = lines.length > lineLimit ? `\n${words.count.more(lines.length - lineLimit)}\n` : "";
  const notRead = matrixNotRead(matrix);
  const unread = notRead.slice(0, notReadLimit).map((why) => `- ${cell(words.notRead(why))}\n`);
  const unreadMore = notRead.length > notReadLimit ? `- ${words.count.more(notRead.length - notReadLimit)}\n` : "";
  const table = rows.length === 0 ? `${words.matrix.nothing}\n` : markdownTable([poolHead, heads.dialPlan, heads.gateway, heads.huntGroups, heads.status, heads.outcalls, heads.messageWaiting], rows);
  return collapsible(`<b>${heading}</b>`, `${table}${more}${unread.length > 0 ? "\n" : ""}${unread.join("")}${unreadMore}`);
}
