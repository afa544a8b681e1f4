import { dnKey, dnToDnsDomain } from "../decode-dn.ts";
import { guidToText } from "../decode-guid.ts";
import type { Entry } from "../client-contract.ts";
import { bytes } from "../client-entry.ts";

/** Turns the DNs by which directory objects link to each other into subject ids. */
export interface Links {
  add(dn: string, id: string): void;
  /** The id of the object at `dn`; an object that was not read keeps its DN as id, under which nothing will be found. */
  idAt(dn: string): string;
}

/** Spellings of DNs that are remembered: users link to few objects, and taking a DN apart is the dearest part of a user. */
const maxRemembered = 10_000;

/** An empty table of links. */
export function createLinks(): Links {
  const ids = new Map<string, string>();
  const spellings = new Map<string, string>();
  return {
    add(dn, id) {
      ids.set(dnKey(dn), id);
      spellings.clear();
    },
    idAt(dn) {
      const before = spellings.get(dn);
      if (before !== undefined) return before;
      const key = dnKey(dn);
      const id = ids.get(key) ?? key;
      if (spellings.size < maxRemembered) spellings.set(dn, id);
      return id;
    },
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
