import { excerpt } from "./field.ts";
import type { ReadLimits } from "./limits.ts";
import { readStoredDocument, storeElementsIn } from "./store-xml.ts";
import type { StoredDocument } from "./store-xml.ts";
import { outermost } from "./xml-element.ts";
import type { XmlElement } from "./xml-element.ts";
import { readXmlText } from "./xml-reader.ts";
import type { TakeChild } from "./xml-reader.ts";

/** Collects the DocItems of Export-CsConfiguration one after the other, so that the whole store is never held as XML. */
export interface DocItemCollector {
  readonly take: (item: XmlElement) => ReturnType<TakeChild>;
  readonly documents: readonly StoredDocument[];
  readonly damage: readonly string[];
  /** Whether items belong to users: then the file is from Export-CsUserData and not the configuration. */
  readonly hasUsers: () => boolean;
}

interface Collection {
  readonly documents: StoredDocument[];
  readonly damage: string[];
  size: number;
  hasUsers: boolean;
}

/** Starts a collector. Payloads may be elements or escaped text; text that is no XML although it looks like it is reported as damage. */
export function createDocItemCollector(limits: ReadLimits): DocItemCollector {
  const collection: Collection = { documents: [], damage: [], size: 0, hasUsers: false };
  return {
    documents: collection.documents,
    damage: collection.damage,
    hasUsers: () => collection.hasUsers,
    take(item) {
      const name = item.attributes.get("Name") ?? "";
      if (/^urn:lcd:/i.test(name)) collection.hasUsers = true;
      else for (const document of documentsIn(item, name, limits, collection.damage)) add(collection, document);
      return collection.size > limits.storeElements ? { refusal: `its payloads have more than ${limits.storeElements} elements` } : "taken";
    },
  };
}

/** Documents that nobody reads are remembered by name only, and only the first of them. */
function add(collection: Collection, document: StoredDocument): void {
  const isEmpty = document.sections.length + document.topologies.length === 0;
  if (isEmpty && collection.documents.length >= 100) return;
  collection.size += document.size + 1;
  collection.documents.push(document);
}

function documentsIn(item: XmlElement, name: string, limits: ReadLimits, damage: string[]): readonly StoredDocument[] {
  if (storeElementsIn(item).length > 0) return [readStoredDocument(item)];
  const texts = outermost(item, ({ text }) => /^\s*</.test(text));
  if (texts.length === 0) return [strangers(item.children.flatMap((data) => (data.children.length === 0 ? [data] : data.children)))];
  return texts.flatMap(({ text }) => {
    const outcome = readXmlText(text.trimStart(), limits);
    if (outcome.ok) return [storeElementsIn(outcome.root).length > 0 ? readStoredDocument(outcome.root) : strangers([outcome.root])];
    if (damage.length < 20) damage.push(`${excerpt(name) || "an item without a name"}: ${outcome.detail}`);
    return [];
  });
}

function strangers(elements: readonly XmlElement[]): StoredDocument {
  return { objects: [], sections: [], topologies: [], strangers: elements.slice(0, 5).map(({ local }) => excerpt(local)), size: 0 };
}
