import { terminalText } from "../../model/terminal-text.ts";
import { jsonText } from "../escape-json.ts";
import type { PageNode } from "./element.ts";

const references: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const voids: ReadonlySet<string> = new Set(["br", "hr", "input", "meta", "link"]);

/** Foreign text as HTML, in content and in quoted attributes alike. What is not plainly visible becomes a visible escape: no name turns the text around it. */
export function htmlText(foreign: string): string {
  return terminalText(foreign).replace(/[&<>"']/g, (character) => references[character] ?? character);
}

/** Nodes as HTML. */
export function markup(node: PageNode): string {
  if (typeof node === "string") return htmlText(node);
  const { tag, attributes, children } = node;
  let text = `<${tag}`;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    text += value === true ? ` ${name}` : ` ${name}="${htmlText(String(value))}"`;
  }
  if (voids.has(tag)) return `${text}>`;
  return `${text}>${children.map(markup).join("")}</${tag}>`;
}

/** A value as JSON inside a `script` element: no `<` is left that could end the element or begin a comment. */
export function scriptJson(value: unknown): string {
  return jsonText(value).replaceAll("<", "\\u003c");
}
