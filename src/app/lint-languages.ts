import { packFolder } from "../config/rule-pack.ts";
import { lintTranslations, type TranslationLint } from "../engine/lint-translations.ts";
import { textsOf } from "../engine/rule-texts.ts";
import { processTextId, processTexts } from "../engine/translate-rules.ts";
import { translatedLanguages } from "../model/language.ts";
import { profiles } from "../model/rule.ts";
import { loadRules, ruleSources, refuseRules, shippedProcess, type LoadedRules } from "./load-rules.ts";
import { loadTranslations } from "./load-translations.ts";

/**
 * What the catalogues of all languages have wrong or lack. `rules` are in English.
 * @throws RuleError for a catalogue that cannot be read, or a translation whose expressions do not fit the rule
 */
export function lintTranslationsOf(packageRoot: URL, rules: LoadedRules, folders: readonly string[]): TranslationLint {
  const packs = folders.map((folder) => packFolder(folder, ".", "rules"));
  const ofRules = rules.rules.map(({ id, document }) => ({ id, file: document.file, texts: textsOf(document.rule) }));
  const ofProcesses = profiles.map((profile) => {
    const process = shippedProcess(packageRoot, profile);
    return { id: processTextId(process), file: `rules/process/${profile}.yaml`, texts: processTexts(process) };
  });
  const found = translatedLanguages.map((language) => {
    loadRules(packageRoot, ruleSources(undefined, { rules: packs }), language);
    return lintTranslations([...ofRules, ...ofProcesses], loadTranslations(packageRoot, packs, language, refuseRules), language);
  });
  return { problems: found.flatMap(({ problems }) => problems), notes: found.flatMap(({ notes }) => notes) };
}
