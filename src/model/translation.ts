import type { Language } from "./language.ts";
import type { FoundTranslation, RuleDocument } from "./rule.ts";

/** One text in English and in another language; without the other it is not translated yet. */
export interface Translation {
  readonly en: string;
  readonly text: string | undefined;
}

/** A catalogue file: texts by the id of their rule, or `process/<id>`. Positions are those of the file, by JSON pointer. */
export interface TranslationDocument extends Pick<RuleDocument, "file" | "positions"> {
  readonly language: Language;
  readonly texts: Readonly<Record<string, readonly Translation[]>>;
}

/** Looks texts up in catalogues; what a later one has wins. */
export type Catalogue = (id: string) => (en: string) => FoundTranslation | undefined;

/** One catalogue of several files. */
export function catalogueOf(documents: readonly TranslationDocument[]): Catalogue {
  const found = new Map<string, Map<string, FoundTranslation>>();
  for (const document of documents) {
    for (const [id, translations] of Object.entries(document.texts)) {
      const texts = found.get(id) ?? new Map<string, FoundTranslation>();
      found.set(id, texts);
      for (const [index, { en, text }] of translations.entries()) if (text !== undefined) texts.set(en, { text, source: document, pointer: pointerOf(id, index, document.language) });
    }
  }
  return (id) => (en) => found.get(id)?.get(en);
}

/** Where a translation stands in its file; `/en` of the same entry has the English text. */
export function pointerOf(id: string, index: number, key: string): string {
  return `/${id.replaceAll("/", "~1")}/${index}/${key}`;
}
