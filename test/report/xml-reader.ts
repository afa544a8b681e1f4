import { SaxesParser } from "saxes";

/** An element as read back. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Parses XML strictly; throws on anything that is not well-formed. */
export function readXml(xml: string): Element {
  const parser = new SaxesParser();
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const stack: Element[] = [root];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element: Element = { name, attributes, children: [], text: "" };
    stack.at(-1)?.children.push(element);
    stack.push(element);
  });
  parser.on("text", (text) => {
    const element = stack.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on("closetag", () => stack.pop());
  parser.write(xml).close();
  const [first] = root.children;
  if (first === undefined) throw new Error("no element");
  return first;
}
