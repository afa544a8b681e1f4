import { explainRule } from "../../app/explain.ts";
import { explainText, nothingExplained } from "../../app/explain-text.ts";
import { ruleSources, loadRules } from "../../app/load-rules.ts";
import { loadConfig } from "../../config/config-file.ts";
import type { CommandContext } from "../context.ts";
import { languageOf, type LanguageOption } from "../language-option.ts";
import { momentOf } from "../options.ts";

/** Options of `explain`. */
export interface ExplainOptions extends LanguageOption {
  readonly rule: string;
  readonly subject: string | undefined;
  readonly snapshot: string;
  readonly config: string | undefined;
  readonly rules: readonly string[];
  readonly profileFile?: string | undefined;
  readonly at: string | undefined;
}

const defaultColumns = 80;

/** Tells how a rule came to its findings on a snapshot. Exit code 0: it explains, it does not judge. */
export async function explainCommand(options: ExplainOptions, { terminal, packageRoot, environment }: CommandContext): Promise<number> {
  const config = options.config === undefined ? undefined : loadConfig(options.config);
  const parameters = config?.parameters ?? {};
  const language = languageOf(options, config, environment);
  const rules = loadRules(packageRoot, ruleSources(config, options), language);
  const checks = await explainRule(options.snapshot, rules, { rule: options.rule, subject: options.subject, at: momentOf(options.at, Date.now), parameters });
  for (const check of checks) for (const chunk of explainText(options.rule, check, terminal.columns ?? defaultColumns, language)) await terminal.write(chunk);
  if (checks.length === 0) await terminal.write(nothingExplained(language));
  return 0;
}
