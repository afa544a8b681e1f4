import type { Entry } from "../types.ts";
import type { AttributeType, Schema } from "./schema/schema.ts";
import type { Ace } from "./access-control.ts";

/** A value as it is kept: text, or bytes for binary syntaxes. */
export type Value = string | Uint8Array;

/** An attribute of a node. */
export interface Attribute {
  readonly type: AttributeType;
  readonly values: readonly Value[];
}

/** An object of the directory. `key` is the folded distinguished name; `classes` are lower case, `classGuid` that of the most derived class. */
export interface Node {
  readonly dn: string;
  readonly key: string;
  readonly ordinal: number;
  readonly parent: Node | undefined;
  readonly children: Node[];
  readonly attributes: Map<string, Attribute>;
  readonly classes: ReadonlySet<string>;
  readonly classGuid: string;
  readonly source: Entry;
}

/** Names of the naming contexts of a forest of one domain. */
export interface NamingContexts {
  readonly domain: string;
  readonly configuration: string;
  readonly schema: string;
}

/** The directory of one forest, built once from its data and never changed. */
export interface Directory {
  readonly realm: string;
  readonly netbios: string;
  readonly domainSid: string;
  readonly domainController: string;
  readonly contexts: NamingContexts;
  readonly schema: Schema;
  readonly nodes: readonly Node[];
  readonly byKey: ReadonlyMap<string, Node>;
  /** By the text of objectSid. */
  readonly bySid: ReadonlyMap<string, Node>;
  /** By the text of objectGUID. */
  readonly byGuid: ReadonlyMap<string, Node>;
  /** Passwords by the lower-case sAMAccountName of those who may bind. */
  readonly passwords: ReadonlyMap<string, string>;
  /** Nodes that hold a value, by attribute (lower case) and {@link valueKey}; made when first asked for. */
  readonly index: (attribute: string) => ReadonlyMap<string, ReadonlySet<Node>>;
  /** Access control list with what is inherited. */
  readonly aces: (node: Node) => readonly Ace[];
}

/** First value of an attribute as text; undefined without one, or for bytes. */
export function textValue(node: Node, attribute: string): string | undefined {
  const value = node.attributes.get(attribute)?.values[0];
  return typeof value === "string" ? value : undefined;
}

/** First value of an attribute as a number. */
export function numberValue(node: Node, attribute: string): number | undefined {
  const text = textValue(node, attribute);
  return text === undefined || text.trim() === "" ? undefined : Number(text);
}
