import type { Entry } from "../types.ts";
import { linkPairs } from "./link-pairs.ts";

/** A change of the directory of one forest. */
export type DirectoryChange =
  /** Replaces all values of an attribute; undefined or an empty list removes it. */
  | { readonly kind: "setAttribute"; readonly forest: string; readonly dn: string; readonly name: string; readonly values: readonly (string | Uint8Array)[] | undefined }
  | { readonly kind: "addEntry"; readonly forest: string; readonly entry: Entry }
  /** Removes the entry, all below it, and all links to them, as a directory does. */
  | { readonly kind: "removeEntry"; readonly forest: string; readonly dn: string }
  /** Replaces the access control entries that the deployment adds to an entry. */
  | { readonly kind: "setAces"; readonly forest: string; readonly dn: string; readonly aces: readonly string[]; readonly blocksInheritance?: boolean };

function sameDn(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** Whether a DN is this one or below it. */
export function isWithin(dn: string, ancestor: string): boolean {
  return sameDn(dn, ancestor) || dn.toLowerCase().endsWith(`,${ancestor.toLowerCase()}`);
}

/** The attribute name as the entry spells it, or as given. */
function spelling(entry: Entry, name: string): string {
  return Object.keys(entry.attributes).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name;
}

function withAttribute(entry: Entry, name: string, values: readonly (string | Uint8Array)[] | undefined): Entry {
  const key = spelling(entry, name);
  const { [key]: _removed, ...rest } = entry.attributes;
  return { ...entry, attributes: values === undefined || values.length === 0 ? rest : { ...rest, [key]: values } };
}

/** Drops the link values that point at or below a removed entry; plain DN attributes stay, as they do in a directory. */
function withoutLinksTo(entry: Entry, removedDn: string): Entry {
  const links = Object.keys(linkPairs).filter((name) => entry.attributes[name]?.some((value) => typeof value === "string" && isWithin(value, removedDn)));
  return links.reduce(
    (result, name) =>
      withAttribute(
        result,
        name,
        result.attributes[name]?.filter((value) => typeof value !== "string" || !isWithin(value, removedDn)),
      ),
    entry,
  );
}

function mapEntry(entries: readonly Entry[], dn: string, change: (entry: Entry) => Entry): readonly Entry[] {
  if (!entries.some((entry) => sameDn(entry.dn, dn))) throw new Error(`no entry ${dn}`);
  return entries.map((entry) => (sameDn(entry.dn, dn) ? change(entry) : entry));
}

/** The entries after one change. Throws where the entry is missing, or there already when one is added. */
export function changeEntries(entries: readonly Entry[], change: DirectoryChange): readonly Entry[] {
  switch (change.kind) {
    case "setAttribute":
      return mapEntry(entries, change.dn, (entry) => withAttribute(entry, change.name, change.values));
    case "addEntry":
      if (entries.some((entry) => sameDn(entry.dn, change.entry.dn))) throw new Error(`entry ${change.entry.dn} is there already`);
      return [...entries, change.entry];
    case "removeEntry":
      mapEntry(entries, change.dn, (entry) => entry);
      return entries.filter((entry) => !isWithin(entry.dn, change.dn)).map((entry) => withoutLinksTo(entry, change.dn));
    case "setAces":
      return mapEntry(entries, change.dn, ({ blocksInheritance: _before, ...entry }) => ({
        ...entry,
        aces: change.aces,
        ...(change.blocksInheritance === undefined ? {} : { blocksInheritance: change.blocksInheritance }),
      }));
    default:
      return change satisfies never;
  }
}
