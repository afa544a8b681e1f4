import type { Evidence, Finding } from "../../model/finding.ts";
import { terminalText } from "../../model/terminal-text.ts";
import { isStated, nameText, seenText, subjectText } from "../finding-text.ts";
import { shortened } from "../shorten.ts";
import type { Words } from "../words/words.ts";
import { columns, labelled, labelWidth, type Page } from "./page.ts";
import { widthAtMost, wrapText } from "./wrap.ts";

const shown = { quiet: 0, normal: 12, verbose: 200 } as const;
const valueLimit = 500;
/** The source of facts that follow from others. */
const workedOut = "worked out";

/** Where two columns would be too narrow for names, the value follows its fact. */
const twoColumnWidth = 60;

/** What was seen, or stated by somebody: the fact, its value, and after those of one source, where they were read. Facts of `finding`'s own subject go without its name unless `named`. */
export function* evidenceLines(finding: Finding, page: Page, named: boolean): Iterable<string> {
  const { words } = page;
  const evidence = finding.evidence.slice(0, shown[page.verbosity]);
  const whats = evidence.map((one) => whatText(one, finding, named, page.words));
  const room = page.width - labelWidth - 1;
  const whatWidth = Math.min(Math.max(...whats.map(widthAtMost), 1), Math.floor(room * 0.45));
  for (const [index, one] of evidence.entries()) {
    const before = evidence[index - 1];
    const label = before !== undefined && isStated(before) === isStated(one) ? "" : isStated(one) ? words.label.stated : words.label.seen;
    const what = whats[index] ?? "";
    const value = one.value === "" ? words.label.empty : terminalText(shortened(seenText(one, words), valueLimit));
    if (page.width < twoColumnWidth) yield* labelled(page, [{ label, text: words.colon(what, value) }]);
    else yield* columns([[label], wrapText(what, whatWidth), wrapText(value, room - whatWidth - 2)], [labelWidth, whatWidth + 1, room - whatWidth - 2]);
    if (one.source !== undefined && one.source !== evidence[index + 1]?.source) yield* labelled(page, [{ label: "", text: terminalText(sourceText(one, one.source, words)) }]);
  }
  const rest = finding.evidence.length - evidence.length;
  if (rest > 0) yield* labelled(page, [{ label: "", text: words.count.moreValues(rest) }]);
}

/** Of a statement the source says by itself whose it is. */
function sourceText(evidence: Evidence, source: string, words: Words): string {
  if (source === workedOut) return words.label.workedOut;
  return isStated(evidence) ? shortened(words.text(source), valueLimit) : words.from(shortened(source, valueLimit));
}

function whatText(evidence: Evidence, finding: Finding, named: boolean, words: Words): string {
  const { subject, fact } = evidence;
  const own = subject.kind === finding.subject.kind && subject.id === finding.subject.id;
  return terminalText(own && !named ? fact : words.of(fact, subjectText({ ...subject, name: shortened(nameText(subject), 120) }, words)));
}
