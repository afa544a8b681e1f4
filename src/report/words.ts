import { sourceLanguage, type Language } from "../model/language.ts";
import { english } from "./words/english.ts";
import { french } from "./words/french.ts";
import type { Words } from "./words/words.ts";

const all: Readonly<Record<Language, Words>> = { en: english, fr: french };

/** The words of reports in a language, English unless told. */
export function wordsOf(language: Language = sourceLanguage): Words {
  return all[language];
}
