import type { Finding, Outcome } from "../../model/finding.ts";
import { terminalText } from "../../model/terminal-text.ts";
import { kindText, nameText, subjectText, waiverText } from "../finding-text.ts";
import { shortened } from "../shorten.ts";
import type { Words } from "../words/words.ts";
import { causeText } from "./causes.ts";
import type { Block, Cluster, Digest } from "./digest.ts";
import { evidenceLines } from "./evidence.ts";
import { labelled, labelWidth, painted, type Page, type Row, type Style } from "./page.ts";
import { widthAtMost } from "./wrap.ts";

const styles: Readonly<Record<Outcome, Style | undefined>> = { fail: "bad", unknown: "doubtful", warn: "warning", pass: "good", "not-applicable": undefined };
const nameLimit = 120;
const textLimit = 1000;
const commandLimit = 20;

const safe = (text: string, limit: number): string => terminalText(shortened(text, limit));

/** The label of a block and its colour. */
export function markOf({ outcome, waived }: Block, { marks }: Words): { readonly label: string; readonly style?: Style } {
  const style = styles[outcome];
  return waived || style === undefined ? { label: marks[waived ? "waived" : outcome] } : { label: marks[outcome], style };
}

/** All findings of one rule and outcome. */
export function* blockLines(block: Block, page: Page, digest: Digest, causes: ReadonlyMap<string, number>): Iterable<string> {
  const { words } = page;
  const waived = block.waived ? words.say.otherwise(words.marks[block.outcome]) : "";
  yield* labelled(page, [
    { ...markOf(block, words), text: `${safe(block.rule, nameLimit)} (${words.severities[block.severity]}${waived})` },
    { label: "", text: safe(block.title, textLimit) },
  ]);
  if (block.waived && page.verbosity !== "verbose") {
    yield* labelled(page, [...block.clusters.values()].flatMap((cluster) => [{ label: "", text: subjectsText(cluster, words) }, ...waiverRows(cluster, words)]));
  } else {
    let lastRemedy: string | undefined;
    for (const cluster of block.clusters.values()) {
      if (lastRemedy !== undefined && (block.outcome !== "unknown" || page.verbosity === "verbose")) yield "";
      yield* clusterLines(block, cluster, page, lastRemedy);
      lastRemedy = cluster.samples[0]?.remedy?.text ?? "";
    }
    if (block.outcome === "unknown") yield* labelled(page, unreadRows(block, digest, causes, words));
    if (page.verbosity === "verbose") yield* referenceLines(block, page);
  }
  if (block.leftOut > 0) yield* labelled(page, [{ label: "", text: words.say.ofThisRule(words.count.moreChecks(block.leftOut), page.verbosity === "verbose") }]);
}

function waiverRows(cluster: Cluster, words: Words): readonly Row[] {
  const texts = new Set(cluster.samples.flatMap((finding) => (finding.waiver === undefined ? [] : [waiverText(finding, words) ?? ""])));
  return [...texts].map((text) => ({ label: "", text: safe(text, textLimit) }));
}

/** `UM dial plan HQ, Branch and 3 more`. */
export function subjectsText(cluster: Cluster, words: Words): string {
  const [first] = cluster.samples;
  if (first === undefined) return "";
  const names = cluster.samples.map((finding) => safe(nameText(finding.subject), nameLimit));
  const kind = terminalText(kindText(first.subject.kind, words));
  if (first.count !== undefined) return words.colon(kind, words.count.subjects(cluster.total));
  const rest = cluster.total - names.length;
  if (cluster.total === 1) return terminalText(subjectText({ ...first.subject, name: shortened(nameText(first.subject), nameLimit) }, words));
  return `${kind} ${names.join(", ")}${rest > 0 ? ` ${words.count.more(rest)}` : ""}`;
}

function* clusterLines(block: Block, cluster: Cluster, page: Page, lastRemedy: string | undefined): Iterable<string> {
  const [first] = cluster.samples;
  if (first === undefined) return;
  yield* labelled(page, [{ label: "", text: subjectsText(cluster, page.words) }]).map((line) => painted(page, "strong", line));
  const verbose = page.verbosity === "verbose";
  if (block.outcome === "unknown" && !verbose) {
    if (first.reasons.length === 0) yield* labelled(page, [{ label: "", text: safe(first.message, textLimit) }]);
    return;
  }
  yield* labelled(page, [{ label: "", text: safe(first.message, textLimit) }]);
  yield* evidenceLines(first, page, cluster.total > 1);
  yield* labelled(page, waiverRows(cluster, page.words));
  if (block.outcome === "pass" || block.outcome === "not-applicable") return;
  yield* remedyLines(cluster, page, lastRemedy);
}

/** Where the rule's requirement is documented; addresses stand unwrapped. */
function* referenceLines(block: Block, page: Page): Iterable<string> {
  const [first] = block.clusters.values();
  for (const [index, { text, url }] of (first?.samples[0]?.references ?? []).entries()) {
    yield* labelled(page, [{ label: index === 0 ? page.words.label.see : "", text: safe(text, textLimit) }]);
    if (url !== undefined) yield `${" ".repeat(labelWidth + 1)}${safe(url, textLimit)}`;
  }
}

/** Commands stand unwrapped on lines of their own: copied from the terminal they are whole. */
function* remedyLines(cluster: Cluster, page: Page, lastRemedy: string | undefined): Iterable<string> {
  const text = cluster.samples[0]?.remedy?.text ?? "";
  if (text !== "" && text !== lastRemedy) yield* labelled(page, [{ label: page.words.label.remedy, text: text.trimEnd().split("\n").map(terminalText).join("\n") }]);
  const commands = distinctCommands(cluster.samples);
  const longest = Math.max(0, ...commands.map(widthAtMost));
  const indent = " ".repeat(longest + labelWidth < page.width ? labelWidth + 1 : 4);
  yield* commands.slice(0, commandLimit).map((command) => indent + command);
  if (commands.length > commandLimit) yield* labelled(page, [{ label: "", text: page.words.count.moreCommands(commands.length - commandLimit) }]);
  const rest = cluster.total - cluster.samples.length;
  if (rest > 0 && commands.length > 0) yield* labelled(page, [{ label: "", text: page.words.say.likewise(rest) }]);
}

function distinctCommands(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.flatMap((finding) => finding.remedy?.commands ?? []))].map(terminalText);
}

/** Which facts were not read, and why. */
export function unreadRows(block: Pick<Block, "facts" | "causes">, digest: Digest, causes: ReadonlyMap<string, number>, words: Words): readonly Row[] {
  const facts = [...block.facts.values()].map(({ kind, fact }) => terminalText(`${fact} (${kindText(kind, words)})`));
  if (facts.length === 0) return [];
  const listed = facts.length > 5 ? words.say.listAndMore(facts.slice(0, 5).join(", ")) : facts.join(", ");
  const numbers = [...block.causes].flatMap((key) => causes.get(key) ?? []).sort((a, b) => a - b);
  const [firstKey = ""] = block.causes;
  const unlisted = digest.causes.get(firstKey);
  const why = numbers.length > 0 ? words.say.seeCauses(numbers.map((number) => `[${number}]`).join(" ")) : unlisted === undefined ? "" : causeText(unlisted, words);
  return [{ label: "", text: words.say.unread(listed, why) }];
}
