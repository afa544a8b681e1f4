import type { CompiledRule } from "../engine/compiled-rule.ts";
import type { Language } from "../model/language.ts";
import type { RuleDefinition } from "../model/rule.ts";
import { wrapText } from "../report/table/wrap.ts";
import { wordsOf } from "../report/words.ts";

const labelWidth = 14;

/** Every rule on a line: id, severity and title, and how many there are. */
export function* listedRules(rules: readonly CompiledRule[], language: Language): Iterable<string> {
  const { severities, count } = wordsOf(language);
  const width = Math.max(...rules.map(({ id }) => id.length));
  const severityWidth = Math.max(...Object.values(severities).map((word) => word.length));
  for (const { id, document: { rule } } of rules) yield `${id.padEnd(width)}  ${severities[rule.severity].padEnd(severityWidth)}  ${rule.title}`;
  yield count.rules(rules.length);
}

/** Narrower than this a label leaves no room. */
const minColumns = 40;

/**
 * One rule in full, for a terminal: what it checks, why, and how to mend it. Expressions and commands are the same in every language, and stay
 * on one line, so that they can be copied.
 */
export function ruleText(rule: RuleDefinition, file: string, { language, columns }: { readonly language: Language; readonly columns: number }): string {
  const { ruleLabel, severities, teams, colon, label } = wordsOf(language);
  const width = Math.max(minColumns, columns);
  const prose = (text: string): readonly string[] => wrapText(text, width);
  const row = (name: string, text: string): string => wrapText(text, width - labelWidth).map((line, index) => `${(index === 0 ? name : "").padEnd(labelWidth)}${line}`).join("\n");
  const lines = [
    `${rule.id} (${severities[rule.severity]})`,
    ...prose(rule.title),
    "",
    ...prose(rule.why),
    "",
    row(ruleLabel.requirements, rule.requirements.join(", ")),
    row(ruleLabel.judges, ruleLabel.each(rule.subject.each, rule.subject.where)),
    row(ruleLabel.profiles, rule.profiles?.join(", ") ?? ruleLabel.all),
    row(ruleLabel.mendedBy, teams[rule.team]),
    row(ruleLabel.file, file),
    ...Object.entries(rule.parameters ?? {}).map(([name, { type, default: value, description }]) => row(ruleLabel.parameter, colon(`${name} (${type}, ${JSON.stringify(value)})`, description))),
    "",
    ...Object.entries(rule.with ?? {}).map(([name, expression]) => `with ${name} = ${expression}`),
    ...rule.outcomes.map(({ outcome, condition }) => ruleLabel.when(outcome, condition)),
    ruleLabel.otherwise("pass"),
    ...(rule.remedy === undefined ? [] : ["", ...prose(rule.remedy.text), ...(rule.remedy.commands ?? []).map((command) => `  ${command}`)]),
    ...(rule.references.length === 0 ? [] : ["", ...rule.references.flatMap(({ text, url }) => (url === undefined ? prose(`${label.see} ${text}`) : [colon(`${label.see} ${text}`, url)]))]),
  ];
  return `${lines.join("\n")}\n`;
}
