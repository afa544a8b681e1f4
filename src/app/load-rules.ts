import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { loadProcess } from "../config/process-file.ts";
import { packFolder } from "../config/rule-pack.ts";
import { loadProfile, type ProfileSource, type RuleProfile } from "../config/rules-profile.ts";
import { loadPrebuilt } from "../config/rules-prebuilt.ts";
import { loadRuleFolder } from "../config/rules-folder.ts";
import { compileRules } from "../engine/compile-rules.ts";
import { translateProcess, translateRules } from "../engine/translate-rules.ts";
import type { CompiledRule } from "../engine/compiled-rule.ts";
import { parameterValues } from "../engine/parameters.ts";
import { matchesAny, selectRules } from "../engine/select-rules.ts";
import type { ViewClasses } from "../expression/view.ts";
import type { Config } from "../model/config.ts";
import { AppError, ConfigError, describeError, RuleError, UsageError, type SourcePosition } from "../model/errors.ts";
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
  /** Name of the profile: of one that ships, or of somebody's own. */
  readonly id: string;
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

/** Refuses parameters for rules or names that do not exist, or of another type: a typo would leave the default in force unnoticed. */
function checkParameters(rules: readonly CompiledRule[], parameters: RuleParameters): void {
  for (const [id, values] of Object.entries(parameters)) {
    const rule = rules.find((one) => one.id === id);
    if (rule === undefined) throw new RuleError("parameters", `parameters: there is no rule ${id}`, { hint: nearRules(id, rules) });
    parameterValues(rule.document.rule, values);
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

function nearRules(id: string, rules: readonly CompiledRule[]): string {
  const nearest = nearestName(id, rules.map((rule) => rule.id));
  return nearest === undefined ? "`umpreflight rules list` shows them all." : `Did you mean ${nearest}?`;
}

/** Refuses what a profile names and does not exist: rules that it wants left out would run, and settings would do nothing. */
function checkNamed(rules: readonly CompiledRule[], { id: profile, named }: RuleProfile): void {
  const errors = named.flatMap(({ text, part, parameters, position }) => {
    const meant = part === "severity" || part === "parameters" ? rules.filter(({ id }) => id === text) : rules.filter(({ id }) => matchesAny(id, [text]));
    const [rule] = meant;
    if (rule === undefined) return [new RuleError("profile", `profile ${profile}: ${part}: ${text} ${text.includes("*") ? "matches no rule" : "is no rule"}`, { position, hint: nearRules(text, rules) })];
    return part === "parameters" ? parameterProblems(rule, parameters, position) : [];
  });
  refuseRules(errors);
}

function parameterProblems(rule: CompiledRule, parameters: RuleParameters[string], position: SourcePosition): readonly AppError[] {
  try {
    parameterValues(rule.document.rule, parameters);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [new RuleError(error.code, error.message, { position, ...(error.hint === undefined ? {} : { hint: error.hint }) })];
  }
}

/** Where rules come from beside those that ship. */
export interface RuleSources {
  /** Folders, or packages as `npm:<name>`. */
  readonly folders: readonly string[];
  readonly parameters: RuleParameters;
  /** File of a profile of one's own, in place of the shipped one of the integration. */
  readonly profileFile: string | undefined;
}

/** What configuration and command line say of rules. */
export function ruleSources(config: Pick<Config, "rules" | "parameters" | "profileFile"> | undefined, options: { readonly rules: readonly string[]; readonly profileFile?: string | undefined }): RuleSources {
  return { folders: [...(config?.rules ?? []), ...options.rules], parameters: config?.parameters ?? {}, profileFile: options.profileFile ?? config?.profileFile };
}

/**
 * Loads and compiles the shipped rules and those of other folders and packages, and checks the profile of one's own, with their texts in a language.
 * @throws RuleError that names every error with file, line and column; ConfigError for a profile or package that cannot be used
 */
export function loadRules(packageRoot: URL, { folders, parameters, profileFile }: RuleSources, language: Language = sourceLanguage): LoadedRules {
  const prebuilt = loadPrebuilt<RuleDocument>(fileURLToPath(new URL("dist/rules.json", packageRoot)));
  const packs = folders.map((folder) => packFolder(folder, ".", "rules"));
  const loaded = [shippedRules(packageRoot), ...packs].map((folder) => loadRuleFolder(folder, prebuilt));
  const documents = loaded.flatMap((one) => one.documents).map((document) => ({ ...document, file: reportedFile(packageRoot, document.file) }));
  const catalogue = catalogueIn(language, packageRoot, packs);
  const compiled = compileRules(catalogue === undefined ? documents : translateRules(documents, catalogue));
  refuseRules([...loaded.flatMap((one) => one.errors), ...compiled.errors]);
  checkParameters(compiled.rules, parameters);
  const shippedProfiles = fileURLToPath(new URL("rules/profiles", packageRoot));
  const checked = (source: ProfileSource): RuleProfile => {
    const profile = loadProfile(shippedProfiles, source);
    checkNamed(compiled.rules, profile);
    return profile;
  };
  const own = profileFile === undefined ? undefined : checked({ file: profileFile });
  return {
    rules: compiled.rules,
    classes: compiled.classes,
    language,
    forProfile: (name) => {
      if (own !== undefined && own.integration !== name) throw new ConfigError("profile", `the profile ${own.id} extends ${own.integration}, but ${name} is checked here`, { position: { file: profileFile ?? "" } });
      const profile = own ?? checked({ name });
      const process = () => {
        const definition = shippedProcess(packageRoot, profile.integration);
        return catalogue === undefined ? definition : translateProcess(definition, catalogue);
      };
      return { id: profile.id, rules: selectRules(compiled.rules, profile.selection), parameters: profile.parameters, severities: profile.severities, process };
    },
  };
}

/** The shipped rules alone. */
export function loadShippedRules(packageRoot: URL): LoadedRules {
  return loadRules(packageRoot, ruleSources(undefined, { rules: [] }));
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
