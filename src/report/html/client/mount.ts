import { terminalText } from "../../../model/terminal-text.ts";
import type { PageNode } from "../element.ts";

/** Makes DOM nodes of page elements. Text goes in as text: nothing here ever reads it as markup. */
export function mount(node: PageNode): Node {
  if (typeof node === "string") return document.createTextNode(terminalText(node));
  const element = document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : terminalText(String(value)));
  }
  for (const child of node.children) element.append(mount(child));
  return element;
}

/** Makes an element and says of which kind it is. */
export function mountElement(node: Exclude<PageNode, string>): HTMLElement {
  return mount(node) as HTMLElement;
}
