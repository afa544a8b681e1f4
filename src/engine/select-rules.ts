import type { ProfileName } from "../model/rule.ts";
import type { CompiledRule } from "./compiled-rule.ts";

/** Which rules are chosen, as globs over their ids. */
export interface RuleSelection {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** The rules that a selection chooses, and the globs that match none: most likely a mistyped id. */
export function selectRules(rules: readonly CompiledRule[], { include, exclude }: RuleSelection): { readonly rules: readonly CompiledRule[]; readonly unmatched: readonly string[] } {
  const included = include.map(globPattern);
  const excluded = exclude.map(globPattern);
  const chosen = rules.filter(({ id }) => included.some((glob) => glob.test(id)) && !excluded.some((glob) => glob.test(id)));
  const unmatched = [...include, ...exclude].filter((glob) => !rules.some(({ id }) => globPattern(glob).test(id)));
  return { rules: chosen, unmatched };
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
