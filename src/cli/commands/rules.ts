import { loadedRule, loadRules, ruleSources } from "../../app/load-rules.ts";
import { rulePages, writePages } from "../../app/rule-docs.ts";
import { beginRule, lintAll, loadCases, requirementsOf, ruleLines, runAllCases } from "../../app/rule-tools.ts";
import type { NewRule } from "../../app/new-rule.ts";
import { listedRules, ruleText } from "../../app/rule-text.ts";
import { lintTranslationsOf } from "../../app/lint-languages.ts";
import { describeError } from "../../model/errors.ts";
import type { CommandContext } from "../context.ts";
import { languageOf, type LanguageOption } from "../language-option.ts";

/** Where the output is no terminal. */
const defaultColumns = 80;

interface Folders extends LanguageOption {
  readonly rules: readonly string[];
}
interface CaseFolders {
  readonly rules: readonly string[];
  readonly cases: readonly string[];
}

/** `rules list`: id, severity, title and requirements. */
export async function listRules(options: Folders & { readonly json: boolean }, { terminal, packageRoot, environment }: CommandContext): Promise<number> {
  const { rules, language } = loadRules(packageRoot, ruleSources(undefined, options), languageOf(options, undefined, environment));
  if (options.json) {
    const listed = rules.map(({ id, document: { rule, file } }) => ({ id, title: rule.title, severity: rule.severity, team: rule.team, requirements: rule.requirements, profiles: rule.profiles ?? [], subject: rule.subject.each, file }));
    await terminal.write(`${JSON.stringify(listed, undefined, 2)}\n`);
    return 0;
  }
  for (const line of listedRules(rules, language)) await terminal.write(ruleLines(`${line}\n`));
  return 0;
}

/** `rules show`: one rule in full. */
export async function showRule(options: Folders & { readonly rule: string }, { terminal, packageRoot, environment }: CommandContext): Promise<number> {
  const language = languageOf(options, undefined, environment);
  const found = loadedRule(loadRules(packageRoot, ruleSources(undefined, options), language), options.rule);
  await terminal.write(ruleLines(ruleText(found.document.rule, found.document.file, { language, columns: terminal.columns ?? defaultColumns })));
  return 0;
}

/** `rules lint`: exit code 1 where something is wrong. Loading errors are exit code 2, like those of a scan. */
export async function lintRulesCommand(options: CaseFolders, { terminal, packageRoot }: CommandContext): Promise<number> {
  const rules = loadRules(packageRoot, ruleSources(undefined, options));
  const translations = lintTranslationsOf(packageRoot, rules, options.rules);
  const problems = [...lintAll(packageRoot, rules, loadCases(packageRoot, options.cases)), ...translations.problems];
  for (const problem of problems) await terminal.write(ruleLines(`${describeError(problem)}\n`));
  for (const note of translations.notes) await terminal.write(ruleLines(`note: ${describeError(note)}\n`));
  const notes = translations.notes.length === 0 ? "" : `, ${translations.notes.length} ${translations.notes.length === 1 ? "note" : "notes"} on translations`;
  await terminal.write(`${rules.rules.length} rules, ${problems.length} ${problems.length === 1 ? "problem" : "problems"}${notes}\n`);
  return problems.length > 0 ? 1 : 0;
}

/** `rules test`: runs the cases; exit code 1 where one fails. */
export async function testRules(options: CaseFolders, { terminal, packageRoot }: CommandContext): Promise<number> {
  const rules = loadRules(packageRoot, ruleSources(undefined, options));
  const { results, orphans } = runAllCases(rules, loadCases(packageRoot, options.cases));
  for (const orphan of orphans) await terminal.write(ruleLines(`${orphan}\n`));
  const failed = results.filter(({ problems }) => problems.length > 0);
  for (const { rule, name, problems } of failed) await terminal.write(ruleLines(`FAIL ${rule}: ${name}\n${problems.map((problem) => `  ${problem}`).join("\n")}\n`));
  await terminal.write(`${results.length - failed.length} passed, ${failed.length + orphans.length} failed\n`);
  return failed.length + orphans.length > 0 ? 1 : 0;
}

/** `rules new`: begins a rule and its cases, which pass as they stand. */
export async function newRule(options: Pick<NewRule, "id" | "subject" | "fact" | "as" | "title" | "severity" | "team"> & { readonly rulesFolder: string; readonly casesFolder: string; readonly requirement: NewRule["requirements"]; readonly profile: NewRule["profiles"] }, { terminal, packageRoot }: CommandContext): Promise<number> {
  const { rulesFolder, casesFolder, requirement, profile, ...rest } = options;
  const written = beginRule(packageRoot, { rules: rulesFolder, cases: casesFolder }, { ...rest, requirements: requirement, profiles: profile });
  for (const file of written) await terminal.write(ruleLines(`wrote ${file}\n`));
  await terminal.write(ruleLines(`Change them, then run:\n  umpreflight rules lint --rules ${rulesFolder} --cases ${casesFolder}\n  umpreflight rules test --rules ${rulesFolder} --cases ${casesFolder}\n`));
  return 0;
}

/** `rules docs`: one page for each rule, and one that lists them. */
export async function documentRules(options: CaseFolders & { readonly out: string }, { terminal, packageRoot }: CommandContext): Promise<number> {
  const { rules } = loadRules(packageRoot, ruleSources(undefined, options));
  writePages(options.out, rulePages(rules, { cases: loadCases(packageRoot, options.cases), requirements: requirementsOf(packageRoot) }));
  await terminal.write(ruleLines(`wrote ${rules.length} pages and README.md into ${options.out}\n`));
  return 0;
}
