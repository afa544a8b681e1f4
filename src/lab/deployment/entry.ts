import type { Entry } from "../types.ts";

/** What an attribute may be given as; numbers and booleans become directory text, undefined leaves the attribute out. */
export type Given = string | number | boolean | Uint8Array;

/** Attribute name → one value, several, or none. */
export type GivenAttributes = Readonly<Record<string, Given | readonly Given[] | undefined>>;

/** Rights of an entry, as in Entry. */
export type Security = Pick<Entry, "aces" | "blocksInheritance">;

function valueOf(given: Given): string | Uint8Array {
  if (typeof given === "boolean") return given ? "TRUE" : "FALSE";
  return typeof given === "number" ? String(given) : given;
}

function isList(given: Given | readonly Given[]): given is readonly Given[] {
  return Array.isArray(given);
}

/** Makes an entry; `classes` is the chain from `top`, separated by spaces. The naming attribute is taken from the DN (no escaped characters in it). */
export function entry(dn: string, classes: string, given: GivenAttributes = {}, security: Security = {}): Entry {
  const naming = dn.slice(0, dn.indexOf(","));
  const equals = naming.indexOf("=");
  const attributes: Record<string, readonly (string | Uint8Array)[]> = { [naming.slice(0, equals).toLowerCase()]: [naming.slice(equals + 1)] };
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const values = isList(value) ? value.map(valueOf) : [valueOf(value)];
    if (values.length > 0) attributes[name] = values;
  }
  return { dn, objectClass: classes.split(" "), attributes, ...security };
}

/** An organizational unit. */
export function organizationalUnit(dn: string, security: Security = {}): Entry {
  return entry(dn, "top organizationalUnit", {}, security);
}
