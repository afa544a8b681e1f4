import type { RuleError } from "../model/errors.ts";
import { createCasesFileLoader, type RuleCases } from "./cases-file.ts";
import { packText, yamlFiles } from "./rules-folder.ts";

/** The cases of a folder, and what is wrong with the others. */
export interface LoadedCases {
  readonly cases: readonly RuleCases[];
  readonly errors: readonly RuleError[];
}

/** Loads `<area>/<name>.cases.yaml` of a folder. Throws a RuleError when the folder cannot be read. */
export function loadCasesFolder(folder: string): LoadedCases {
  const load = createCasesFileLoader();
  const cases: RuleCases[] = [];
  const errors: RuleError[] = [];
  for (const file of yamlFiles(folder, ".cases.yaml")) {
    const loaded = load(file, packText(file));
    if ("cases" in loaded) cases.push(loaded);
    else errors.push(...loaded);
  }
  return { cases, errors };
}
