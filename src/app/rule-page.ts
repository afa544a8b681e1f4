import { stringify } from "yaml";
import type { RuleCases } from "../config/cases-file.ts";
import type { Requirement } from "../config/rules-requirements.ts";
import type { CompiledRule } from "../engine/compiled-rule.ts";
import { neededFacts } from "../engine/needed-facts.ts";
import { outcomes } from "../model/finding.ts";
import { factNamed, kindNamed, typeText } from "../model/kinds.ts";
import type { RuleDefinition, RuleRemedy, StatedOutcome } from "../model/rule.ts";
import { terminalText } from "../model/terminal-text.ts";
import { codeBlock, markdownText } from "../report/escape-markdown.ts";
import { markdownTable } from "../report/markdown/page.ts";
import { shortened } from "../report/shorten.ts";
import { webLink } from "../report/uri.ts";

/** What a page is made of beside the rule. */
export interface PageSources {
  readonly cases: readonly RuleCases[];
  readonly requirements: ReadonlyMap<string, Requirement>;
}

/** Begins every page that is written, so that no other file is ever replaced by one. */
export const pageMark = "<!-- Written by `umpreflight rules docs`; changes are lost. -->";

const verbs: Readonly<Record<StatedOutcome, string>> = { fail: "Fails", warn: "Warns", "not-applicable": "Does not apply" };

/** One rule as a page of Markdown: what it checks, why, how to mend it, where that is documented, and its cases as examples. Texts of a rule pack are escaped. */
export function rulePage(rule: CompiledRule, { cases, requirements }: PageSources): string {
  const definition = rule.document.rule;
  const own = cases.filter((one) => one.rule === rule.id);
  return [
    `${pageMark}\n\n# ${markdownText(definition.title)}\n`,
    facts(definition),
    `## Why\n\n${markdownText(definition.why)}\n`,
    ...checked(definition),
    ...mended(definition),
    ...parameters(definition),
    factsRead(rule),
    ...requirementList(definition, requirements),
    ...examples(own),
    ...sources(definition),
  ].join("\n");
}

function code(text: string): string {
  // A run of backticks cannot be escaped inside a code span, only outgrown.
  const line = terminalText(text.replaceAll(/\s+/gu, " "));
  return line.includes("`") ? markdownText(line) : `\`${line}\``;
}

/** The same in a cell of a table, where a bar would end the cell even in a code span. */
function cell(text: string): string {
  return code(text).replaceAll("|", "\\|");
}

function facts({ id, severity, team, profiles }: RuleDefinition): string {
  return markdownTable(["rule", "severity", "mended by", "profiles"], [[cell(id), severity, team, profiles?.join(", ") ?? "all"]]);
}

function checked({ subject, with: named = {}, outcomes: stated, pass, evidence }: RuleDefinition): readonly string[] {
  const title = kindNamed(subject.each)?.title ?? subject.each;
  const names = Object.entries(named);
  const none = subject.none === undefined ? [] : [`When there is nothing to judge, it ${verbs[subject.none.outcome].toLowerCase()}: ${markdownText(subject.none.message)}\n`];
  return [
    "## What is checked\n",
    `Each ${markdownText(title)} (${code(subject.each)}), called ${code(subject.as)} here${subject.where === undefined ? "" : `, for which ${code(subject.where)}`}.\n`,
    ...(names.length === 0 ? [] : [markdownTable(["name", "is"], names.map(([name, expression]) => [cell(name), cell(expression)]))]),
    "The first that holds counts:\n",
    markdownTable(["outcome", "when", "message"], [...stated.map(({ outcome, condition, message }) => [verbs[outcome], cell(condition), markdownText(message)]), ["Passes", "otherwise", markdownText(pass)]]),
    ...none,
    "What could not be read makes it unknown, never a pass.\n",
    ...(evidence.length === 0 ? [] : [`Shown as evidence: ${evidence.map(code).join(", ")}.\n`]),
  ];
}

function remedyText({ text, commands = [] }: RuleRemedy): string {
  return `${markdownText(text)}\n${commands.length === 0 ? "" : `\n${codeBlock("powershell", commands)}`}`;
}

function mended({ remedy, outcomes: stated }: RuleDefinition): readonly string[] {
  const own = stated.flatMap((outcome) => (outcome.remedy === undefined ? [] : [`Where ${code(outcome.condition)}: ${remedyText(outcome.remedy)}`]));
  return remedy === undefined && own.length === 0 ? [] : ["## How to mend it\n", ...(remedy === undefined ? [] : [remedyText(remedy)]), ...own];
}

function parameters({ id, parameters: stated = {} }: RuleDefinition): readonly string[] {
  const entries = Object.entries(stated);
  if (entries.length === 0) return [];
  const first = Object.fromEntries(entries.map(([name, parameter]) => [name, parameter.default]));
  return [
    "## Parameters\n",
    markdownTable(["parameter", "type", "unless told", "meaning"], entries.map(([name, parameter]) => [cell(name), parameter.type, cell(JSON.stringify(parameter.default)), markdownText(parameter.description)])),
    `In \`umpreflight.yaml\` or a profile:\n\n${codeBlock("yaml", stringify({ parameters: { [id]: first } }).trimEnd().split("\n"))}`,
  ];
}

function factsRead(rule: CompiledRule): string {
  const rows = [...neededFacts([rule])].flatMap(([kind, names]) =>
    [...names].toSorted().map((name) => {
      const fact = factNamed(kind, name);
      return [cell(`${kind}.${name}`), fact?.source ?? "", fact === undefined ? "" : cell(shortened(typeText(fact.type), 80)), markdownText(fact?.description ?? "")];
    }),
  );
  return rows.length === 0 ? "" : `## What it reads\n\n${markdownTable(["fact", "from", "type", "meaning"], rows)}`;
}

function requirementList({ requirements: keys }: RuleDefinition, catalogue: ReadonlyMap<string, Requirement>): readonly string[] {
  return keys.length === 0 ? [] : ["## Requirements\n", `${keys.map((key) => `- ${code(key)} ${markdownText(catalogue.get(key)?.title ?? "")}`).join("\n")}\n`];
}

function examples(files: readonly RuleCases[]): readonly string[] {
  return files.flatMap(({ world, cases }) => [
    "## Examples\n",
    `A deployment in which it passes (the notation of cases):\n\n${codeBlock("yaml", stringify(world, { lineWidth: 120 }).trimEnd().split("\n"))}`,
    markdownTable(
      ["case", "what is different", "comes to"],
      cases.map(({ name, patch, parameters: set, now, expect: expected, message }) => {
        const different = [...(patch === undefined ? [] : Object.entries(patch).map(([subject, change]) => `${subject} ${JSON.stringify(change)}`)), ...(set === undefined ? [] : [`parameters ${JSON.stringify(set)}`]), ...(now === undefined ? [] : [`now ${now}`])];
        const found = outcomes.flatMap((outcome) => ((expected[outcome]?.length ?? 0) > 0 ? [`${outcome}: ${(expected[outcome] ?? []).join(", ")}`] : []));
        return [markdownText(name), different.map((one) => cell(shortened(one, 300))).join("<br>"), `${markdownText(found.join("; ") || "nothing")}${message === undefined ? "" : `<br>${markdownText(`… ${message} …`)}`}`];
      }),
    ),
  ]);
}

function sources({ references }: RuleDefinition): readonly string[] {
  const item = (text: string, url: string | undefined): string => {
    const link = webLink(url);
    return link === undefined || /[<>\\\s]/u.test(link) ? markdownText(text) : `[${markdownText(text)}](<${link}>)`;
  };
  return references.length === 0 ? [] : ["## Sources\n", `${references.map(({ text, url }) => `- ${item(text, url)}`).join("\n")}\n`];
}
