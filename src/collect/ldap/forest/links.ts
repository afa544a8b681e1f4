import { dnKey, dnToDnsDomain, parentDn } from "../decode-dn.ts";
import { guidToText } from "../decode-guid.ts";
import type { Entry } from "../client-contract.ts";
import { bytes } from "../client-entry.ts";

/** Turns the DNs by which directory objects link to each other into subject ids. */
export interface Links {
  add(dn: string, id: string): void;
  /** The id of the object at `dn`; an object that was not read keeps its DN as id, under which nothing will be found. */
  idAt(dn: string): string;
  /** The id of the object that stands this many levels above `dn`. */
  idAbove(dn: string, levels: number): string;
}

/** Spellings of DNs that are remembered: users link to few objects, and taking a DN apart is the dearest part of a user. */
const maxRemembered = 10_000;

/** An empty table of links. */
export function createLinks(): Links {
  const ids = new Map<string, string>();
  const spellings = new Map<string, string>();
  const idOfKey = (key: string): string => ids.get(key) ?? key;
  const remembered = (spelling: string, find: () => string): string => {
    const before = spellings.get(spelling);
    if (before !== undefined) return before;
    const id = find();
    if (spellings.size < maxRemembered) spellings.set(spelling, id);
    return id;
  };
  return {
    add(dn, id) {
      ids.set(dnKey(dn), id);
      spellings.clear();
    },
    idAt: (dn) => remembered(dn, () => idOfKey(dnKey(dn))),
    idAbove: (dn, levels) => remembered(`${levels} ${dn}`, () => idOfKey(dnKey(parentDn(dn, levels) ?? dn))),
  };
}

/**
 * Stable id of a directory object: the domain at the end of its DN and its objectGUID, or its DN where the account may not read that. A GUID alone could be that of
 * an object of another forest, in a copied forest or from a lying server, and what is unknown here would be taken from there.
 */
export function idOf(entry: Entry): string {
  const guid = bytes(entry, "objectGUID");
  const text = guid.state === "value" ? guidToText(guid.value) : undefined;
  return text === undefined ? dnKey(entry.dn) : `${dnToDnsDomain(entry.dn) ?? ""}/${text}`;
}
