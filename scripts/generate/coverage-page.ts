import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { loadShippedRules } from "../../src/app/load-rules.ts";
import { loadCases } from "../../src/app/rule-tools.ts";
import { loadRequirements } from "../../src/config/rules-requirements.ts";
import { neededFacts } from "../../src/engine/needed-facts.ts";
import { factNamed } from "../../src/model/kinds.ts";

const root = new URL("../..", import.meta.url);
const catalogue = fileURLToPath(new URL("rules/requirements.yaml", root));

/** Keys that no source can tell, with the reason. @throws Error for a key that is not in the catalogue, has a rule, or stands without a reason */
export function notObservable(keys: ReadonlySet<string>, withRule: ReadonlySet<string>): ReadonlyMap<string, string> {
  const file = new URL("rules/not-observable.yaml", root);
  const reasons = new Map(Object.entries(parse(readFileSync(file, "utf8")) as Readonly<Record<string, unknown>>));
  for (const [key, reason] of reasons) {
    if (!keys.has(key)) throw new Error(`rules/not-observable.yaml: ${key} is not in the catalogue`);
    if (withRule.has(key)) throw new Error(`rules/not-observable.yaml: ${key} has a rule by now; take it out`);
    if (typeof reason !== "string" || reason.length < 20) throw new Error(`rules/not-observable.yaml: ${key} has no reason`);
  }
  return reasons as ReadonlyMap<string, string>;
}

function noRule(reason: string | undefined): string {
  return reason === undefined ? "none yet" : `no rule: ${reason.replaceAll("|", "\\|")}`;
}

/** docs/coverage.md: every requirement of the catalogue, the rules that check it, where they read, and how many cases prove them. */
export function coveragePage(): string {
  const { rules } = loadShippedRules(root);
  const cases = new Map(loadCases(root, []).map((one) => [one.rule, one.cases.length]));
  const requirements = [...loadRequirements(catalogue, readFileSync(catalogue, "utf8")).values()];
  const reasons = notObservable(new Set(requirements.map(({ key }) => key)), new Set(rules.flatMap(({ document }) => document.rule.requirements)));
  const rows = requirements.map(({ key, title, severity }) => {
    const checking = rules.filter(({ document }) => document.rule.requirements.includes(key));
    const facts = neededFacts(checking);
    const read = [...facts].flatMap(([kind, names]) => [...names].map((fact) => factNamed(kind, fact)?.source ?? ""));
    const sources = [...new Set(read)].filter((source) => source !== "" && source !== "derived" && source !== "configuration").sort();
    const count = checking.reduce((sum, { id }) => sum + (cases.get(id) ?? 0), 0);
    return { covered: checking.length > 0, row: `| \`${key}\` | ${severity} | ${title.replaceAll("|", "\\|")} | ${checking.map(({ id }) => `\`${id}\``).join(", ") || noRule(reasons.get(key))} | ${sources.join(", ")} | ${count === 0 ? "" : count} |` };
  });
  const covered = rows.filter((row) => row.covered).length;
  return [
    "# Coverage",
    "",
    `${covered} of ${rows.length} requirements of the catalogue have a rule, ${reasons.size} can be told by no source; ${rules.length} rules, ${[...cases.values()].reduce((sum, count) => sum + count, 0)} cases. Generated; \`npm run generate\` writes it anew.`,
    "",
    "Severity: B calls or set-up fail, W works partly or only by luck, I advice.",
    "",
    "| key | | requirement | rules | read from | cases |",
    "|---|---|---|---|---|---|",
    ...rows.map(({ row }) => row),
    "",
  ].join("\n");
}
