import { fileURLToPath } from "node:url";
import { loadPrebuilt } from "../config/rules-prebuilt.ts";
import { loadTranslations as loadFolder } from "../config/translations-folder.ts";
import type { RuleError } from "../model/errors.ts";
import type { Language } from "../model/language.ts";
import type { TranslationDocument } from "../model/translation.ts";

/** The catalogues of the shipped rules and of other folders for one language, later folders last. @throws RuleError */
export function loadTranslations(packageRoot: URL, folders: readonly string[], language: Language, refuse: (errors: readonly RuleError[]) => void): readonly TranslationDocument[] {
  const prebuilt = loadPrebuilt<TranslationDocument>(fileURLToPath(new URL(`dist/translations-${language}.json`, packageRoot)));
  const loaded = [fileURLToPath(new URL("rules", packageRoot)), ...folders].map((folder) => loadFolder(folder, language, prebuilt));
  refuse(loaded.flatMap(({ errors }) => errors));
  return loaded.flatMap(({ documents }) => documents);
}
