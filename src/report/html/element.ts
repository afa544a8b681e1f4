/** Values of attributes; `undefined` and `false` leave the attribute out, `true` writes it without a value. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element of the page as plain data: the renderer writes it as markup, the script of the page makes DOM nodes of it. Text is never markup. */
export interface PageElement {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly PageNode[];
}

/** An element or a text, foreign or ours: both are escaped where they are written. */
export type PageNode = PageElement | string;
/** What may stand between the brackets of {@link el}: `undefined` and `false` are nothing. */
export type PageChild = PageNode | undefined | false | readonly PageChild[];

/** Makes an element. The strict policy of the page forbids `style` and `on…` attributes; `href` takes `#…` and what `webLink` returned. */
export function el(tag: string, attributes: Attributes = {}, ...children: readonly PageChild[]): PageElement {
  return { tag, attributes, children: flat(children) };
}

function flat(children: readonly PageChild[]): readonly PageNode[] {
  return children.flatMap((child): readonly PageNode[] => {
    if (child === undefined || child === false) return [];
    return typeof child === "string" || "tag" in child ? [child] : flat(child);
  });
}
