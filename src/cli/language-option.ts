import type { Config } from "../model/config.ts";
import { languageNamed, languages, sourceLanguage, type Language } from "../model/language.ts";
import type { Environment } from "./environment-options.ts";

/** Declaration of `--lang`. */
export const languageOption = {
  lang: { type: "string", choices: languages, requiresArg: true, description: "Language of rules and reports: en, fr; as configured, or as LC_ALL, LC_MESSAGES or LANG say, unless told" },
} as const;

/** The language that was asked for. */
export interface LanguageOption {
  readonly lang?: Language | undefined;
}

/** The language of the environment, as POSIX has it (XBD 8.2): the first of the three that is set decides; one that is not known is English. */
function languageOfEnvironment(environment: Environment): Language {
  const locale = [environment["LC_ALL"], environment["LC_MESSAGES"], environment["LANG"]].find((one) => one !== undefined && one !== "");
  return languageNamed(locale ?? "") ?? sourceLanguage;
}

/** The language of a run: option or `UMPREFLIGHT_LANG`, then the configuration, then the environment. */
export function languageOf({ lang }: LanguageOption, config: Pick<Config, "language"> | undefined, environment: Environment): Language {
  return lang ?? config?.language ?? languageOfEnvironment(environment);
}
