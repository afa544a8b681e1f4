import type { Finding, Severity } from "../../model/finding.ts";
import type { Report, ReportRule } from "../../model/report.ts";
import { areaOf } from "../order.ts";
import { shortened } from "../shorten.ts";
import { webLink } from "../uri.ts";

/** GitHub refuses a run with more rules. */
const ruleLimit = 25_000;
/** GitHub refuses a rule with more tags. */
const tagLimit = 20;

/** The rules of a log, in the order in which results refer to them by index. */
export interface SarifRules {
  readonly descriptors: readonly object[];
  readonly indexOf: (rule: string) => number | undefined;
  readonly ruleOf: (rule: string) => ReportRule | undefined;
}

const problemSeverity: Readonly<Record<Severity, string>> = { blocker: "error", major: "error", advice: "warning" };

/** Describes the rules of the report, and those that only its findings know. */
export function sarifRules(report: Report, shown: readonly Finding[]): SarifRules {
  const rules = new Map<string, ReportRule>();
  const severities = new Map<string, Severity>();
  for (const rule of report.rules) if (rules.size < ruleLimit) rules.set(rule.id, rule);
  for (const { rule: id, title, requirements, references, severity } of shown) {
    severities.set(id, severity);
    if (!rules.has(id) && rules.size < ruleLimit) rules.set(id, { id, title, file: "", line: 0, severity, requirements, references });
  }
  const indexes = new Map([...rules.keys()].map((id, index) => [id, index]));
  return {
    descriptors: [...rules.values()].map((rule) => descriptor(rule, severities.get(rule.id))),
    indexOf: (id) => indexes.get(id),
    ruleOf: (id) => rules.get(id),
  };
}

function descriptor(rule: ReportRule, found: Severity | undefined): object {
  const severity = found ?? rule.severity ?? "blocker";
  const title = shortened(rule.title === "" ? rule.id : rule.title, 1000);
  const help = helpText(rule);
  const link = rule.references?.map(({ url }) => webLink(url)).find((url) => url !== undefined);
  const tags = [areaOf(rule.id), ...(rule.team === undefined ? [] : [rule.team]), ...(rule.requirements ?? [])].filter((tag) => tag !== "").map((tag) => shortened(tag, 200));
  return {
    id: rule.id,
    shortDescription: { text: title },
    fullDescription: { text: shortened(rule.why ?? title, 1000) },
    help: { text: help },
    ...(link === undefined ? {} : { helpUri: link }),
    defaultConfiguration: { level: "error" },
    properties: { severity, tags: [...new Set(tags)].slice(0, tagLimit), "problem.severity": problemSeverity[severity], precision: "very-high" },
  };
}

function helpText({ id, why, requirements = [], references = [] }: ReportRule): string {
  const lines = [
    ...(why === undefined ? [] : [why, ""]),
    `Rule ${id}; \`umpreflight rules show ${id}\` says what it looks at.`,
    ...(requirements.length === 0 ? [] : [`Requirements: ${requirements.join(", ")}`]),
    ...references.map(({ text, url }) => `- ${text}${url === undefined ? "" : ` ${url}`}`),
  ];
  return shortened(lines.join("\n"), 10_000);
}
