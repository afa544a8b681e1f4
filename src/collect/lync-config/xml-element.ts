/** One element read whole. Only attributes without a prefix are kept; `text` is its own character data, empty where there are only blanks between children. */
export interface XmlElement {
  readonly local: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** The first child with this local name. */
export function childOf(element: XmlElement, local: string): XmlElement | undefined {
  return element.children.find((child) => child.local === local);
}

/** All children with this local name. */
export function childrenOf(element: XmlElement, local: string): readonly XmlElement[] {
  return element.children.filter((child) => child.local === local);
}

/** The nearest elements, the element itself first, that the test accepts; nothing below an accepted element is looked at. */
export function outermost(element: XmlElement, accepts: (candidate: XmlElement) => boolean): readonly XmlElement[] {
  if (accepts(element)) return [element];
  return element.children.flatMap((child) => outermost(child, accepts));
}

/** How many elements there are, this one included. */
export function countElements(element: XmlElement): number {
  return element.children.reduce((sum, child) => sum + countElements(child), 1);
}
