import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { loadProcess } from "../config/process-file.ts";
import { loadProfile } from "../config/rules-profile.ts";
import { loadPrebuilt } from "../config/rules-prebuilt.ts";
import { loadRuleFolder } from "../config/rules-folder.ts";
import { compileRules } from "../engine/compile-rules.ts";
import { translateProcess, translateRules } from "../engine/translate-rules.ts";
import type { CompiledRule } from "../engine/compiled-rule.ts";
import { selectRules } from "../engine/select-rules.ts";
import type { ViewClasses } from "../expression/view.ts";
import { describeError, RuleError, UsageError, type AppError } from "../model/errors.ts";
import type { Severity } from "../model/finding.ts";
import { sourceLanguage, type Language } from "../model/language.ts";
import type { ParameterValue, ProfileName, RuleDocument } from "../model/rule.ts";
import { nearestName } from "../model/nearest-name.ts";
import type { ProcessDefinition } from "../model/process.ts";
import { catalogueOf, type Catalogue } from "../model/translation.ts";
import { loadTranslations } from "./load-translations.ts";

/** Values of parameters by rule id and name. */
export type RuleParameters = Readonly<Record<string, Readonly<Record<string, ParameterValue>>>>;

/** The rules of one profile, with what it sets. */
export interface ProfileRules {
  readonly rules: readonly CompiledRule[];
  readonly parameters: RuleParameters;
  readonly severities: Readonly<Record<string, Severity>>;
  /** The deployment process of its integration. */
  readonly process: () => ProcessDefinition;
}

/** All rules that were loaded. */
export interface LoadedRules {
  readonly rules: readonly CompiledRule[];
  readonly classes: ViewClasses;
  /** The language of their texts; where a translation is missing, a text is in English. */
  readonly language: Language;
  readonly forProfile: (profile: ProfileName) => ProfileRules;
}

/** Folder of the shipped rules. */
function shippedRules(packageRoot: URL): string {
  return fileURLToPath(new URL("rules", packageRoot));
}

/** Refuses a list of errors as one, each on a line of its own. */
export function refuseRules(errors: readonly AppError[]): void {
  const [first] = errors;
  if (first === undefined) return;
  if (errors.length === 1) throw first;
  throw new RuleError("rules", `${errors.length} errors in rules:\n${errors.map(describeError).join("\n")}`);
}

/** A shipped rule's file as it is named in reports: relative to the package, with slashes, so that it is the same everywhere. */
function reportedFile(packageRoot: URL, file: string): string {
  const inside = relative(fileURLToPath(packageRoot), file);
  return inside.startsWith("..") ? file : inside.split(sep).join("/");
}

/** Refuses parameters for rules or names that do not exist: a typo would leave the default in force unnoticed. */
function checkParameters(rules: readonly CompiledRule[], parameters: RuleParameters): void {
  for (const [id, values] of Object.entries(parameters)) {
    const rule = rules.find((one) => one.id === id);
    if (rule === undefined) throw new RuleError("parameters", `parameters: there is no rule ${id}`, { hint: "`umpreflight rules list` shows them all." });
    const known = Object.keys(rule.document.rule.parameters ?? {});
    for (const name of Object.keys(values)) {
      if (!known.includes(name)) throw new RuleError("parameters", `parameters: rule ${id} has no parameter ${name}`, { hint: known.length === 0 ? "It has none." : `It has: ${known.join(", ")}.` });
    }
  }
}

/** The shipped process of an integration, in English. */
export function shippedProcess(packageRoot: URL, integration: ProfileName): ProcessDefinition {
  return loadProcess(fileURLToPath(new URL("rules/process", packageRoot)), integration, loadPrebuilt(fileURLToPath(new URL("dist/processes.json", packageRoot))));
}

/** The catalogue of a language; none for the language in which rules are written. */
function catalogueIn(language: Language, packageRoot: URL, folders: readonly string[]): Catalogue | undefined {
  if (language === sourceLanguage) return undefined;
  const documents = loadTranslations(packageRoot, folders, language, refuseRules);
  return catalogueOf(documents.map((document) => ({ ...document, file: reportedFile(packageRoot, document.file) })));
}

/**
 * Loads and compiles the shipped rules and those of other folders, with their texts in a language.
 * @throws RuleError that names every error with file, line and column; ConfigError for a profile that cannot be used
 */
export function loadRules(packageRoot: URL, folders: readonly string[], parameters: RuleParameters, language: Language = sourceLanguage): LoadedRules {
  const prebuilt = loadPrebuilt<RuleDocument>(fileURLToPath(new URL("dist/rules.json", packageRoot)));
  const loaded = [shippedRules(packageRoot), ...folders].map((folder) => loadRuleFolder(folder, prebuilt));
  const documents = loaded.flatMap((one) => one.documents).map((document) => ({ ...document, file: reportedFile(packageRoot, document.file) }));
  const catalogue = catalogueIn(language, packageRoot, folders);
  const compiled = compileRules(catalogue === undefined ? documents : translateRules(documents, catalogue));
  refuseRules([...loaded.flatMap((one) => one.errors), ...compiled.errors]);
  checkParameters(compiled.rules, parameters);
  return {
    rules: compiled.rules,
    classes: compiled.classes,
    language,
    forProfile: (name) => {
      const profile = loadProfile(fileURLToPath(new URL("rules/profiles", packageRoot)), name);
      const { rules, unmatched } = selectRules(compiled.rules, profile);
      const [typo] = unmatched;
      if (typo !== undefined) throw new RuleError("profile", `profile ${name}: ${typo} matches no rule`, { position: { file: `rules/profiles/${name}.yaml` } });
      const process = () => {
        const definition = shippedProcess(packageRoot, profile.integration);
        return catalogue === undefined ? definition : translateProcess(definition, catalogue);
      };
      return { rules, parameters: profile.parameters, severities: profile.severities, process };
    },
  };
}

/** The loaded rule of an id. @throws UsageError that names near ones */
export function loadedRule({ rules }: LoadedRules, id: string): CompiledRule {
  const found = rules.find((rule) => rule.id === id);
  if (found !== undefined) return found;
  const ids = rules.map((rule) => rule.id);
  const holding = ids.filter((other) => other.includes(id));
  const near = holding.length > 0 ? holding : [nearestName(id, ids)].filter((other) => other !== undefined);
  throw new UsageError("rule", `there is no rule ${id}`, { hint: near.length > 0 ? `Did you mean ${near.slice(0, 5).join(", ")}?` : "`umpreflight rules list` shows them all." });
}
