import { placeholdersOf } from "../expression/template.ts";
import { RuleError } from "../model/errors.ts";
import { catalogueOf, pointerOf, type TranslationDocument } from "../model/translation.ts";
import type { TextList } from "./rule-texts.ts";
import { positionIn } from "./rule-position.ts";

/** Texts of a rule or process that are to be translated. */
export interface TextsToTranslate {
  readonly id: string;
  readonly file: string;
  readonly texts: TextList;
}

/** What lint says of catalogues: problems, and notes that break no run. */
export interface TranslationLint {
  readonly problems: readonly RuleError[];
  readonly notes: readonly RuleError[];
}

/** Translations with other placeholders than their English text are problems; missing and outdated ones are notes: the English text stands in for them. */
export function lintTranslations(wanted: readonly TextsToTranslate[], documents: readonly TranslationDocument[], language: string): TranslationLint {
  const catalogue = catalogueOf(documents);
  const byId = new Map(wanted.map((one) => [one.id, one.texts]));
  return { problems: documents.flatMap(placeholderProblems), notes: [...wanted.flatMap(missing), ...documents.flatMap(outdated)] };

  function missing({ id, file, texts }: TextsToTranslate): RuleError[] {
    const without = [...texts].filter(([text]) => catalogue(id)(text) === undefined).map(([, pointer]) => pointer.slice(1).replaceAll("/", "."));
    if (without.length === 0) return [];
    return [new RuleError("translation-missing", `${id}: ${language}: ${without.length === texts.size ? "nothing is translated" : `not translated: ${without.join(", ")}`}.`, { position: { file } })];
  }

  function outdated(document: TranslationDocument): RuleError[] {
    return Object.entries(document.texts).flatMap(([id, translations]) => {
      const texts = byId.get(id);
      if (texts === undefined) return [new RuleError("translation-outdated", `${id}: ${language}: there is no such rule or process.`, { position: positionIn(document, `/${id.replaceAll("/", "~1")}`) })];
      return translations.flatMap(({ en, text }, index) => (text === undefined || texts.has(en) ? [] : [new RuleError("translation-outdated", `${id}: ${language}: this English text is not in the rule any more.`, { position: positionIn(document, pointerOf(id, index, "en")) })]));
    });
  }
}

const quoted = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gu;

const bound = /\b(?:map|filter|exists|exists_one|all)\(\s*(\w+)\s*,/gu;
const path = /[A-Za-z_]\w*(?:\.\w+)*(?<call>\s*\()?/gu;

/** The variables and facts that a text's placeholders name. Quoted words and functions are left aside: a translation gives its own words, and may choose them by a value. */
function namesIn(text: string): ReadonlySet<string> {
  const names = placeholdersOf(text).flatMap((placeholder) => {
    const bare = placeholder.replaceAll(quoted, "");
    const variables = new Set([...bare.matchAll(bound)].map(([, variable]) => variable ?? ""));
    return [...bare.matchAll(path)].map(({ 0: found, groups }) => {
      const parts = found.replace(/\s*\($/u, "").split(".");
      return parts.slice(variables.has(parts[0] ?? "") ? 1 : 0, groups?.["call"] === undefined ? undefined : -1).join(".");
    });
  });
  return new Set(names.filter((name) => name !== ""));
}

/** What the placeholders of one text name and those of another do not. */
function without(text: string, other: string): readonly string[] {
  const there = namesIn(other);
  return [...namesIn(text)].filter((name) => !there.has(name));
}

function placeholderProblems(document: TranslationDocument): RuleError[] {
  return Object.entries(document.texts).flatMap(([id, translations]) =>
    translations.flatMap(({ en, text }, index) => {
      if (text === undefined) return [];
      const [lost, added] = [without(en, text), without(text, en)];
      if (lost.length + added.length === 0) return [];
      const said = [...(lost.length > 0 ? [`lacks ${lost.join(", ")}`] : []), ...(added.length > 0 ? [`has ${added.join(", ")}, which the English text has not`] : [])];
      return [new RuleError("translation-placeholders", `${id}: the translation ${said.join(" and ")}.`, { position: positionIn(document, pointerOf(id, index, document.language)) })];
    }),
  );
}
