import type { ProfileName } from "../model/rule.ts";
import type { CompiledRule } from "./compiled-rule.ts";

/** One step of choosing rules, as globs over their ids: some are added, only some are kept, some are taken away. */
export interface RuleSelection {
  readonly include: readonly string[];
  readonly only: readonly string[] | undefined;
  readonly exclude: readonly string[];
}

/** The rules that the steps choose, one after the other. */
export function selectRules(rules: readonly CompiledRule[], steps: readonly RuleSelection[]): readonly CompiledRule[] {
  const chosen = new Set<string>();
  for (const { include, only, exclude } of steps) {
    for (const { id } of rules) {
      if (matchesAny(id, include)) chosen.add(id);
      if ((only !== undefined && !matchesAny(id, only)) || matchesAny(id, exclude)) chosen.delete(id);
    }
  }
  return rules.filter(({ id }) => chosen.has(id));
}

/** Whether an id fits one of the globs. */
export function matchesAny(id: string, globs: readonly string[]): boolean {
  return globs.some((glob) => globPattern(glob).test(id));
}

/** The rules that run in an integration: a rule may be for some of them only. */
export function rulesFor(rules: readonly CompiledRule[], profile: ProfileName): readonly CompiledRule[] {
  return rules.filter(({ document }) => document.rule.profiles?.includes(profile) ?? true);
}

/** `**` and a slash after it stand for anything, `*` for a part of a name. */
function globPattern(glob: string): RegExp {
  const parts = glob.split(/(\*\*+\/?|\*)/u).map((part) => (part === "*" ? "[^/]*" : part.startsWith("**") ? ".*" : part.replaceAll(/[\\^$.|?+()[\]{}]/gu, "\\$&")));
  return new RegExp(`^${parts.join("")}$`, "u");
}
