/** A part of the schema in a form that fits on a page. */
export interface SchemaTable {
  /**
   * Traits and names. Traits: a syntax, `S` (single) or `M` (multi-valued), then `gc` (in the partial attribute set), `link` (names are
   * `forward>back`), and at most one property set.
   */
  readonly attributes: readonly (readonly [traits: string, names: string])[];
  /** Lines of `class:superior`. */
  readonly classes: readonly string[];
  /** GUIDs that the product fixes, by `attr:name`, `class:name` or `pset:name`; all others are made up. */
  readonly guids: Readonly<Record<string, string>>;
}

/** How values of an attribute are compared; the names stand for 2.5.5.12, .9, .16, .8, .1, .7, .10, .17, .11, .2 and .15. */
export type Syntax = "string" | "int" | "int64" | "bool" | "dn" | "dnbin" | "octet" | "sid" | "time" | "oid" | "sd";

/** attributeSyntax and oMSyntax ([MS-ADTS] section 3.1.1.2.2.2). */
export const syntaxNumbers: Readonly<Record<Syntax, readonly [attributeSyntax: string, oMSyntax: number]>> = {
  string: ["2.5.5.12", 64],
  int: ["2.5.5.9", 2],
  int64: ["2.5.5.16", 65],
  bool: ["2.5.5.8", 1],
  dn: ["2.5.5.1", 127],
  dnbin: ["2.5.5.7", 127],
  octet: ["2.5.5.10", 4],
  sid: ["2.5.5.17", 4],
  time: ["2.5.5.11", 24],
  oid: ["2.5.5.2", 6],
  sd: ["2.5.5.15", 66],
};

/** Whether text names a syntax. */
export function isSyntax(text: string | undefined): text is Syntax {
  return text !== undefined && Object.hasOwn(syntaxNumbers, text);
}
