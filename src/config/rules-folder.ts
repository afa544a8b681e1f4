import { readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../model/error-code.ts";
import { RuleError } from "../model/errors.ts";
import { readSmallFile } from "./read-small-file.ts";
import type { RuleDocument } from "../model/rule.ts";
import { createRuleFileLoader, type RuleFileLoader } from "./rules-file.ts";
import { prebuiltKey, type PrebuiltRules } from "./rules-prebuilt.ts";

/** The rules of a folder, and what is wrong with the others. */
export interface LoadedRules {
  readonly documents: readonly RuleDocument[];
  readonly errors: readonly RuleError[];
}

const maxFiles = 5000;
/** Folders that hold no rules. */
const otherFolders = new Set(["profiles", "process", "languages"]);

/**
 * Loads `<area>/<name>.yaml` of a folder; `profiles/`, `process/` and `languages/` hold no rules and are left alone. Files that the build has read before are not read as YAML again.
 * Throws a RuleError when the folder cannot be read.
 */
export function loadRuleFolder(folder: string, prebuilt: PrebuiltRules = new Map()): LoadedRules {
  let load: RuleFileLoader | undefined;
  const documents: RuleDocument[] = [];
  const errors: RuleError[] = [];
  for (const file of yamlFiles(folder, ".yaml")) {
    const text = packText(file);
    const known = prebuilt.size === 0 ? undefined : prebuilt.get(prebuiltKey(file, text));
    const loaded = known === undefined ? (load ??= createRuleFileLoader())(file, text) : { ...known, file };
    if ("rule" in loaded) documents.push(loaded);
    else errors.push(...loaded);
  }
  return { documents, errors };
}

/** Files `<area>/<name><suffix>` of a folder in the order of their names. */
export function yamlFiles(folder: string, suffix: string): readonly string[] {
  const files = entriesOf(folder)
    .filter((entry) => !otherFolders.has(entry.name) && !entry.name.startsWith(".") && (entry.isDirectory() || refuseLink(folder, entry)))
    .flatMap((area) => entriesOf(join(folder, area.name)).filter((entry) => entry.name.endsWith(suffix) && (entry.isFile() || refuseLink(join(folder, area.name), entry))).map((entry) => join(folder, area.name, entry.name)));
  if (files.length > maxFiles) throw new RuleError("rule-folder", `${folder} holds ${files.length} files; at most ${maxFiles} are read.`, { position: { file: folder } });
  return files;
}

/** A link may lead out of a pack, and one that was passed over would be a rule that nobody misses. Anything else that is no file or folder is left alone. */
export function refuseLink(folder: string, entry: Dirent): false {
  if (entry.isSymbolicLink()) throw new RuleError("rule-folder", `${join(folder, entry.name)} is a symbolic link; rules and cases are read from files and folders only.`, { position: { file: folder } });
  return false;
}

/** The text of a file of a pack. @throws RuleError */
export function packText(file: string): string {
  try {
    return readSmallFile(file);
  } catch (cause) {
    throw new RuleError("rule-folder", `The file cannot be read (${errorCode(cause) ?? "an error"}).`, { cause, position: { file } });
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "an error";
    throw new RuleError("rule-folder", `The folder ${folder} cannot be read (${code}).`, { cause, position: { file: folder } });
  }
}
