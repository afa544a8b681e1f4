import type { DeploymentMap, MapNode } from "../../model/overview.ts";
import { terminalText } from "../../model/terminal-text.ts";
import { widthAtMost } from "../table/wrap.ts";
import { wordsOf } from "../words.ts";
import type { DrawingWords } from "../words/page-words.ts";

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

/** The map with the program's own words at lines and below names in the reader's language; names and values stay as they were read. */
export function mapInWords(map: DeploymentMap, { labels }: DrawingWords): DeploymentMap {
  const said = (text: string): string => (Object.hasOwn(labels, text) ? (labels[text] ?? text) : text);
  const parts = (text: string): string => text.split(", ").map(said).join(", ");
  return {
    ...map,
    nodes: map.nodes.map((node) => (node.detail === undefined ? node : { ...node, detail: parts(node.detail) })),
    edges: map.edges.map((edge) => ({ ...edge, label: parts(edge.label) })),
  };
}

/** The box of a node. */
export function boxOf(node: MapNode, { kinds }: Pick<DrawingWords, "kinds"> = wordsOf().page.drawing): NodeBox {
  const kind = kinds[node.kind];
  const label = cutTo(node.label, longest);
  const detail = node.detail === undefined || node.detail === "" ? undefined : cutTo(node.detail, longest + 6);
  const text = Math.max(widthAtMost(label) * characterWidth.label, widthAtMost(detail ?? "") * characterWidth.small, kind.length * characterWidth.small);
  return { width: Math.round(Math.max(110, text + besideText)), height: detail === undefined ? 40 : 54, kind, label, detail };
}
