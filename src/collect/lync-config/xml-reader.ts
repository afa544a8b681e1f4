import { SaxesParser } from "saxes";
import { excerpt } from "./field.ts";
import type { ReadLimits } from "./limits.ts";
import type { XmlElement } from "./xml-element.ts";

/** What became of an XML document. `rootLocal` is there as soon as the root element was met; children that were taken are missing from `root`. */
export type XmlOutcome =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly reason: "malformed" | "truncated" | "unsupported"; readonly detail: string; readonly rootLocal: string | undefined };

/**
 * Called with each finished child of the root: "taken" means that it was dealt with and is not to be kept. A refusal ends the reading; it is the rest of a
 * sentence that begins with the file.
 */
export type TakeChild = (root: XmlElement, child: XmlElement) => "keep" | "taken" | { readonly refusal: string };

/** A push parser: feed text, then ask for the outcome. `write` answers false once nothing more is worth feeding. */
export interface XmlReader {
  readonly write: (text: string) => boolean;
  readonly end: () => XmlOutcome;
  /** Gives up with a reason of the caller's, such as bytes that are no text. */
  readonly abandon: (detail: string) => XmlOutcome;
}

interface OpenElement extends XmlElement {
  children: XmlElement[];
  text: string;
  elements: number;
  characters: number;
}

class Stop extends Error {
  readonly reason: "malformed" | "truncated" | "unsupported";
  constructor(reason: "malformed" | "truncated" | "unsupported", message: string) {
    super(message);
    this.reason = reason;
  }
}

// Most elements have neither; an empty collection for each would take more memory than the elements.
const noAttributes: ReadonlyMap<string, string> = new Map();
const noChildren: XmlElement[] = [];

/**
 * Starts reading one XML document. Document types are refused and only the five predefined entities exist, so nothing expands; depth, elements and
 * characters held are bounded. Errors end the reading, they are never thrown.
 */
export function createXmlReader(limits: ReadLimits, takeChild: TakeChild = () => "keep"): XmlReader {
  const state: ReaderState = { root: undefined, ended: false, failure: undefined, piece: 0 };
  const tree = createTree(limits, takeChild, state);
  const parser = new SaxesParser({ xmlns: true });
  let attributes = 0;
  const between = (): void => {
    state.piece = 0;
  };
  parser.on("error", (error) => {
    throw new Stop(state.ended ? "truncated" : "malformed", `it is not well-formed XML (${excerpt(error.message)})`);
  });
  parser.on("doctype", () => {
    throw new Stop("unsupported", "it carries a document type declaration (<!DOCTYPE), which no export has and which is refused");
  });
  parser.on("comment", between);
  parser.on("opentagstart", (tag) => {
    between();
    attributes = 0;
    if (tag.name.length > limits.xmlNameCharacters) throw new Stop("unsupported", "it has an element name of absurd length");
    if (tree.depth() >= limits.xmlDepth) throw new Stop("unsupported", `it nests elements deeper than ${limits.xmlDepth}`);
  });
  parser.on("attribute", ({ name, value }) => {
    attributes += 1;
    if (attributes > limits.xmlAttributesPerElement) throw new Stop("unsupported", `it has an element with more than ${limits.xmlAttributesPerElement} attributes`);
    if (name.length > limits.xmlNameCharacters || value.length > limits.xmlAttributeCharacters) throw new Stop("unsupported", "it has an attribute of absurd length");
  });
  parser.on("opentag", (tag) => {
    const plain = Object.values(tag.attributes).filter((attribute) => attribute.prefix === "" && attribute.local !== "xmlns");
    tree.open(tag.local, tag.uri, plain);
  });
  parser.on("text", tree.text);
  parser.on("cdata", tree.text);
  parser.on("closetag", () => {
    between();
    tree.close();
  });
  return readerOver(parser, state, limits);
}

interface ReaderState {
  root: XmlElement | undefined;
  ended: boolean;
  failure: Stop | undefined;
  /** Characters fed since the last tag or comment. */
  piece: number;
}

interface Tree {
  readonly depth: () => number;
  readonly open: (local: string, namespace: string, attributes: readonly { readonly local: string; readonly value: string }[]) => void;
  readonly text: (text: string) => void;
  readonly close: () => void;
}

/** Builds the elements and keeps count of what is held. */
function createTree(limits: ReadLimits, takeChild: TakeChild, state: ReaderState): Tree {
  const open: OpenElement[] = [];
  const held = { elements: 0, characters: 0 };
  const keep = (element: OpenElement, elements: number, characters: number): void => {
    element.elements += elements;
    element.characters += characters;
    held.elements += elements;
    held.characters += characters;
    if (held.elements > limits.xmlElements) throw new Stop("unsupported", `it has more than ${limits.xmlElements} elements in one piece`);
    if (held.characters > limits.xmlCharacters) throw new Stop("unsupported", `it has more than ${limits.xmlCharacters} characters in one piece`);
  };
  return {
    depth: () => open.length,
    open(local, namespace, attributes) {
      const element: OpenElement = {
        local,
        namespace,
        attributes: attributes.length === 0 ? noAttributes : new Map(attributes.map(({ local, value }) => [local, value])),
        children: noChildren,
        text: "",
        elements: 0,
        characters: 0,
      };
      keep(element, 1, local.length + attributes.reduce((sum, { local, value }) => sum + local.length + value.length, 0));
      state.root ??= element;
      open.push(element);
    },
    text(text) {
      const element = open.at(-1);
      if (element === undefined) return;
      keep(element, 0, text.length);
      element.text += text;
    },
    close() {
      const element = open.pop();
      if (element === undefined) return;
      if (element.children.length > 0 && element.text.trim() === "") element.text = "";
      const parent = open.at(-1);
      if (parent === undefined) return;
      const verdict = open.length === 1 ? takeChild(parent, element) : "keep";
      if (verdict === "taken") {
        held.elements -= element.elements;
        held.characters -= element.characters;
        return;
      }
      if (verdict !== "keep") throw new Stop("unsupported", verdict.refusal);
      if (parent.children === noChildren) parent.children = [];
      parent.children.push(element);
      parent.elements += element.elements;
      parent.characters += element.characters;
    },
  };
}

/** The push interface over a parser whose handlers throw Stop; anything else thrown is a bug and passes through. */
function readerOver(parser: SaxesParser<{ xmlns: true }>, state: ReaderState, limits: ReadLimits): XmlReader {
  const guarded = (step: () => void): boolean => {
    if (state.failure !== undefined) return false;
    try {
      step();
      return true;
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      state.failure = error;
      return false;
    }
  };
  const outcome = (): XmlOutcome => {
    const { root, failure } = state;
    if (failure !== undefined) return { ok: false, reason: failure.reason, detail: failure.message, rootLocal: root?.local };
    if (root === undefined) return { ok: false, reason: "malformed", detail: "it has no root element", rootLocal: undefined };
    return { ok: true, root };
  };
  return {
    write: (text) =>
      guarded(() => {
        state.piece += text.length;
        parser.write(text);
        if (state.piece > limits.xmlPieceCharacters) throw new Stop("unsupported", `it has more than ${limits.xmlPieceCharacters} characters between two tags`);
      }),
    end() {
      state.ended = true;
      guarded(() => parser.close());
      return outcome();
    },
    abandon(detail) {
      state.failure ??= new Stop("malformed", detail);
      return outcome();
    },
  };
}

/** Reads XML that is already text, such as a topology inside a bundle. */
export function readXmlText(text: string, limits: ReadLimits): XmlOutcome {
  const reader = createXmlReader(limits);
  // In slices, so that a broken or refused document costs no more than its start.
  for (let start = 0; start < text.length; start += 65_536) {
    if (!reader.write(text.slice(start, start + 65_536))) break;
  }
  return reader.end();
}
