import { terminalText } from "../../model/terminal-text.ts";
import { reasonText } from "../finding-text.ts";
import { compareText } from "../../model/compare-text.ts";
import { shortened } from "../shorten.ts";
import type { Words } from "../words/words.ts";
import { likewiseText } from "./alike.ts";
import type { Cause, Digest } from "./digest.ts";
import { columns, painted, wrapped, type Page } from "./page.ts";
import { wrapText } from "./wrap.ts";

const shown = { quiet: 0, normal: 15, verbose: 200 } as const;
const numberWidth = 5;

/** The causes that are shown, those that cost most checks first. */
export function shownCauses(digest: Digest, page: Page): readonly (readonly [string, Cause])[] {
  return [...digest.causes].sort(([keyA, a], [keyB, b]) => b.checks - a.checks || compareText(keyA, keyB)).slice(0, shown[page.verbosity]);
}

/** One cause as a sentence; not escaped. */
export function causeSentence({ reason, detail, alike }: Cause, words: Words, limit: number): string {
  return words.colon(reasonText(reason, words), shortened(words.text(detail), limit)) + likewiseText([...alike].filter((other) => other !== detail).map(words.text), words);
}

/** One cause as a sentence. */
export function causeText(cause: Cause, words: Words): string {
  return terminalText(causeSentence(cause, words, 500));
}

/** What could not be read, each cause once with the number of checks that it costs. */
export function* causeLines(digest: Digest, page: Page): Iterable<string> {
  const causes = shownCauses(digest, page);
  if (causes.length === 0) return;
  const { words } = page;
  yield "";
  yield painted(page, "strong", words.label.notRead);
  const costs = causes.map(([, cause]) => words.say.costs(words.count.checks(cause.checks)));
  const costWidth = Math.max(...costs.map((cost) => cost.length));
  const textWidth = page.width - numberWidth - costWidth - 2;
  for (const [index, [, cause]] of causes.entries()) {
    yield* columns([[painted(page, "doubtful", `[${index + 1}]`)], wrapText(causeText(cause, words), textWidth), [costs[index] ?? ""]], [numberWidth, textWidth, costWidth], ["left", "left", "right"]);
  }
  const rest = digest.causes.size - causes.length;
  if (rest > 0 || digest.causesLeftOut > 0) {
    const uncounted = digest.causesLeftOut > 0 ? words.say.otherReasons(words.count.checks(digest.causesLeftOut)) : "";
    yield* wrapped(page, words.say.jsonHasAll(`${words.count.moreCauses(rest)}${uncounted}`));
  }
}
