import type { MapNode, MapNodeKind } from "../../model/overview.ts";
import { terminalText } from "../../model/terminal-text.ts";
import { widthAtMost } from "../table/wrap.ts";

/** A kind of node in words. */
export const nodeKindText: Readonly<Record<MapNodeKind, string>> = {
  forest: "Forest",
  "dial-plan": "Dial plan",
  gateway: "UM IP gateway",
  "hunt-group": "Hunt group",
  "auto-attendant": "Auto attendant",
  "exchange-server": "Exchange server",
  pool: "Pool",
  "edge-pool": "Edge pool",
  "pstn-gateway": "PSTN gateway",
  provider: "Hosting provider",
  "sip-domain": "SIP domain",
};

/** What stands in the box of a node, and how large that is. */
export interface NodeBox {
  readonly width: number;
  readonly height: number;
  readonly kind: string;
  readonly label: string;
  readonly detail: string | undefined;
}

const longest = 30;
/** Room for the mark on the left and the edge on the right. */
const besideText = 42;
/** Widths of a character, with what an ordinary sans-serif font takes at most for mixed text. */
const characterWidth = { label: 8.4, small: 6.6 };

/** The beginning of a text that takes at most so many columns. Not escaped; what is not plainly visible became visible, and is counted as such. */
export function cutTo(foreign: string, columns: number): string {
  const text = terminalText(foreign);
  if (widthAtMost(text) <= columns) return text;
  let kept = "";
  let used = 1;
  for (const character of text) {
    used += widthAtMost(character);
    if (used > columns) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The box of a node. */
export function boxOf(node: MapNode): NodeBox {
  const kind = nodeKindText[node.kind];
  const label = cutTo(node.label, longest);
  const detail = node.detail === undefined || node.detail === "" ? undefined : cutTo(node.detail, longest + 6);
  const text = Math.max(widthAtMost(label) * characterWidth.label, widthAtMost(detail ?? "") * characterWidth.small, kind.length * characterWidth.small);
  return { width: Math.round(Math.max(110, text + besideText)), height: detail === undefined ? 40 : 54, kind, label, detail };
}
