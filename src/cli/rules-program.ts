import type { Argv } from "yargs";
import { severities } from "../model/finding.ts";
import { profiles, teams } from "../model/rule.ts";
import type { CommandContext } from "./context.ts";
import { fromEnvironment } from "./environment-options.ts";
import { languageOption } from "./language-option.ts";

const folders = { rules: { type: "string", array: true, requiresArg: true, default: [] as string[], description: "Folder with rules of your own, or npm:PACKAGE, beside the shipped ones; may be repeated" } } as const;
const caseFolders = { ...folders, cases: { type: "string", array: true, requiresArg: true, default: [] as string[], description: "Folder with the cases of those rules, or npm:PACKAGE; may be repeated" } } as const;
const begun = {
  subject: { type: "string", requiresArg: true, default: "umDialPlan", description: "Kind that is judged (docs/facts.md)" },
  fact: { type: "string", requiresArg: true, description: "Fact of it for the first condition; one is chosen unless told" },
  as: { type: "string", requiresArg: true, description: "Name of the subject in expressions" },
  title: { type: "string", requiresArg: true, description: "What holds when the rule passes" },
  severity: { choices: severities, default: "major" as const, description: "How much it hurts" },
  team: { choices: teams, default: "exchange" as const, description: "Who mends it" },
  requirement: { type: "string", array: true, requiresArg: true, default: [] as string[], description: "Key of the catalogue that it checks; may be repeated" },
  profile: { choices: profiles, array: true, requiresArg: true, default: [] as (typeof profiles)[number][], description: "Profile in which it runs; all unless told; may be repeated" },
  "rules-folder": { type: "string", requiresArg: true, default: "our-rules", description: "Folder that the rule is written to" },
  "cases-folder": { type: "string", requiresArg: true, default: "our-cases", description: "Folder that its cases are written to" },
} as const;

/** Adds `rules` with its commands. */
export function addRules(program: Argv, { environment, ...rest }: CommandContext, finish: (code: Promise<number>) => Promise<void>): Argv {
  const context = { environment, ...rest };
  const load = () => import("./commands/rules.ts");
  return program.command("rules", "List, show, begin, lint, test and document rules", (command) =>
    command
      .command("list", "Every rule with severity and title; with --json also team, requirements and file", (sub) => sub.options(fromEnvironment({ ...folders, ...languageOption, json: { type: "boolean", default: false, description: "As JSON" } }, environment)), (args) => finish(load().then(({ listRules }) => listRules(args, context))))
      .command("show <rule>", "One rule: what it checks, why, and how to mend it", (sub) => sub.positional("rule", { type: "string", demandOption: true, description: "Id, such as dial-plan/sip-plan-exists" }).options(fromEnvironment({ ...folders, ...languageOption }, environment)), (args) => finish(load().then(({ showRule }) => showRule(args, context))))
      .command("new <id>", "Begin a rule and its cases, which lint and pass as they stand", (sub) => sub.positional("id", { type: "string", demandOption: true, description: "<area>/<name>" }).options(fromEnvironment(begun, environment)), (args) => finish(load().then(({ newRule }) => newRule({ ...args, fact: args.fact, as: args.as, title: args.title }, context))))
      .command("lint", "Check rules and their cases", (sub) => sub.options(fromEnvironment(caseFolders, environment)), (args) => finish(load().then(({ lintRulesCommand }) => lintRulesCommand(args, context))))
      .command("test", "Run the cases of rules", (sub) => sub.options(fromEnvironment(caseFolders, environment)), (args) => finish(load().then(({ testRules }) => testRules(args, context))))
      .command("docs", "Write a page of Markdown for each rule, with its cases as examples", (sub) => sub.options(fromEnvironment({ ...caseFolders, out: { type: "string", requiresArg: true, default: "rule-docs", description: "Folder that they are written to" } }, environment)), (args) => finish(load().then(({ documentRules }) => documentRules(args, context))))
      .demandCommand(1, "Name one of: list, show, new, lint, test, docs."),
  );
}
