import { createDocItemCollector } from "./doc-item-set.ts";
import type { DocItemCollector } from "./doc-item-set.ts";
import { excerpt } from "./field.ts";
import type { ReadLimits } from "./limits.ts";
import { unreadable } from "./recognised-content.ts";
import type { RecognisedContent } from "./recognised-content.ts";
import { storeContent } from "./store-content.ts";
import { readXmlBytes } from "./xml-bytes.ts";
import { readZipEntries, ZipRefusal } from "./zip-entries.ts";

/** Reads the zip of Export-CsConfiguration: every entry ending in .xml whose root is a DocItemSet, wherever it lies. */
export async function readZipFile(bytes: Uint8Array, limits: ReadLimits): Promise<RecognisedContent> {
  const items = createDocItemCollector(limits);
  const found = { sets: 0, roots: new Set<string>(), broken: undefined as RecognisedContent | undefined };
  try {
    await readZipEntries(bytes, limits, (name) => /\.xml$/i.test(name), async (entry) => {
      const outcome = await readXmlBytes(entry.bytes, limits, (root, child) => (root.local === "DocItemSet" ? items.take(child) : "keep"));
      const local = outcome.ok ? outcome.root.local : outcome.rootLocal;
      // An OPC package also carries small XML files of its own, such as [Content_Types].xml; what is wrong with those is no matter.
      if (local !== undefined && local !== "DocItemSet") found.roots.add(excerpt(local));
      else if (outcome.ok) found.sets += 1;
      else found.broken ??= unreadable("configuration-zip", outcome.reason, `The zip's entry ${excerpt(entry.name)} cannot be read: ${outcome.detail}.`);
    });
  } catch (error) {
    if (!(error instanceof ZipRefusal)) throw error;
    return unreadable("configuration-zip", error.reason, `The file is not read: ${error.message}.`);
  }
  if (found.broken !== undefined) return found.broken;
  if (found.sets > 0) return docItemContent(items);
  const met = found.roots.size === 0 ? "it has no XML entry" : `root elements met: ${[...found.roots].slice(0, 10).join(", ")}`;
  return unreadable("unrecognised", "unsupported", `The zip is no Export-CsConfiguration export: ${met}.`);
}

/** What the items of a DocItemSet say together. */
export function docItemContent(items: DocItemCollector): RecognisedContent {
  if (items.hasUsers()) {
    return unreadable("unrecognised", "unsupported", "The file holds user data (Export-CsUserData), not the configuration; give the output of Export-CsConfiguration.");
  }
  return { format: "configuration-zip", ...storeContent(items.documents, { isWholeStore: true, damage: items.damage }) };
}
