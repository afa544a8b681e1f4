import { excerpt } from "./field.ts";
import type { ReadLimits } from "./limits.ts";
import { readStoredDocument, storeElementsIn } from "./store-xml.ts";
import type { StoredDocument } from "./store-xml.ts";
import { outermost } from "./xml-element.ts";
import type { XmlElement } from "./xml-element.ts";
import { readXmlText } from "./xml-reader.ts";

/** Collects the DocItems of Export-CsConfiguration one after the other, so that the whole store is never held as XML. */
export interface DocItemCollector {
  readonly take: (item: XmlElement) => void;
  readonly documents: readonly StoredDocument[];
  readonly damage: readonly string[];
  /** How many items belong to users: then the file is from Export-CsUserData and not the configuration. */
  readonly userItems: () => number;
}

/** Starts a collector. Payloads may be elements or escaped text; text that is no XML although it looks like it is reported as damage. */
export function createDocItemCollector(limits: ReadLimits): DocItemCollector {
  const documents: StoredDocument[] = [];
  const damage: string[] = [];
  let users = 0;
  return {
    documents,
    damage,
    userItems: () => users,
    take(item) {
      const name = item.attributes.get("Name") ?? "";
      if (/^urn:lcd:/i.test(name)) {
        users += 1;
        return;
      }
      if (storeElementsIn(item).length > 0) {
        documents.push(readStoredDocument(item));
        return;
      }
      const texts = outermost(item, ({ text }) => /^\s*</.test(text));
      if (texts.length === 0) documents.push({ objects: [], sections: [], topologies: [], strangers: strangersIn(item) });
      for (const { text } of texts) {
        const outcome = readXmlText(text.trimStart(), limits);
        if (outcome.ok) documents.push(readStoredDocumentOrStranger(outcome.root));
        else if (damage.length < 20) damage.push(`${excerpt(name) || "an item without a name"}: ${outcome.detail}`);
      }
    },
  };
}

function strangersIn(item: XmlElement): readonly string[] {
  return item.children.flatMap((data) => (data.children.length === 0 ? [data] : data.children)).map(({ local }) => excerpt(local));
}

function readStoredDocumentOrStranger(root: XmlElement): StoredDocument {
  const document = readStoredDocument(root);
  const isEmpty = document.sections.length + document.topologies.length + document.strangers.length === 0;
  return isEmpty ? { ...document, strangers: [excerpt(root.local)] } : document;
}
