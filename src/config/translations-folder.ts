import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { RuleError } from "../model/errors.ts";
import type { Language } from "../model/language.ts";
import type { TranslationDocument } from "../model/translation.ts";
import { packText, refuseLink } from "./rules-folder.ts";
import { prebuiltKey, type Prebuilt } from "./rules-prebuilt.ts";
import { createTranslationsLoader, type TranslationsLoader } from "./translations-file.ts";

/** The catalogue files of a folder of rules, and what is wrong with the others. */
export interface LoadedTranslations {
  readonly documents: readonly TranslationDocument[];
  readonly errors: readonly RuleError[];
}

const maxFiles = 1000;

/** Loads `languages/<language>/*.yaml` of a folder of rules; nothing where there is none. Files that the build has read are not read as YAML again. @throws RuleError */
export function loadTranslations(rules: string, language: Language, prebuilt: Prebuilt<TranslationDocument> = new Map()): LoadedTranslations {
  const folder = join(rules, "languages", language);
  const documents: TranslationDocument[] = [];
  const errors: RuleError[] = [];
  let load: TranslationsLoader | undefined;
  for (const name of existsSync(folder) ? namesIn(folder) : []) {
    if (documents.length + errors.length >= maxFiles) throw new RuleError("translations", `${folder} holds more than ${maxFiles} files.`, { position: { file: folder } });
    const file = join(folder, name);
    const text = packText(file);
    const known = prebuilt.size === 0 ? undefined : prebuilt.get(prebuiltKey(file, text));
    const loaded = known === undefined ? (load ??= createTranslationsLoader(language))(file, text) : { ...known, file };
    if ("texts" in loaded) documents.push(loaded);
    else errors.push(...loaded);
  }
  return { documents, errors };
}

function namesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.name.endsWith(".yaml") && (entry.isFile() || refuseLink(folder, entry)));
  return entries.map(({ name }) => name).toSorted();
}
