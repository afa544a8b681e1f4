import { RuleError } from "../model/errors.ts";
import type { Language } from "../model/language.ts";
import type { Translation, TranslationDocument } from "../model/translation.ts";
import schema from "../../reports/schemas/translations.schema.json" with { type: "json" };
import { readYaml } from "./yaml-document.ts";
import { compileSchema, positionOf, validateYaml } from "./yaml-validate.ts";

type TranslationsFile = Readonly<Record<string, readonly ({ readonly en: string } & { readonly [Key in Language]?: string })[]>>;

/** Turns the text of a catalogue file into translations, or says all that is wrong with it. */
export type TranslationsLoader = (file: string, text: string) => TranslationDocument | readonly RuleError[];

/** Makes a loader for one language; the schema is compiled once. */
export function createTranslationsLoader(language: Language): TranslationsLoader {
  const validate = compileSchema(schema);
  return (file, text) => {
    const document = readYaml(file, text);
    const problems = "positions" in document ? [...validateYaml(file, document, validate)] : document;
    if (problems.length > 0 || !("positions" in document)) return problems.map(({ message, hint, position }) => new RuleError("translations", message, hint === undefined ? { position } : { position, hint }));
    const value = document.value as TranslationsFile;
    const twice = Object.entries(value).flatMap(([id, entries]) => entries.flatMap(({ en }, index) => (entries.findIndex((other) => other.en === en) < index ? [{ id, index }] : [])));
    if (twice.length > 0) return twice.map(({ id, index }) => new RuleError("translations", `${id}: this English text stands twice.`, { position: positionOf(file, document, `/${id.replace("/", "~1")}/${index}/en`) }));
    const texts = Object.fromEntries(Object.entries(value).map(([id, entries]) => [id, entries.map((entry): Translation => ({ en: entry.en, text: entry[language] }))]));
    // The rest of the positions is not needed, and half of what the build would keep.
    const positions = Object.fromEntries(Object.entries(document.positions).filter(([pointer]) => pointer.split("/").length === 4 || pointer.split("/").length === 2));
    return { file, language, texts, positions };
  };
}
