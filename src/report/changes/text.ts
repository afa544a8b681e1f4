import { driftStates, type Comparison, type FindingChange } from "../../model/drift.ts";
import type { Outcome } from "../../model/finding.ts";
import { terminalText } from "../../model/terminal-text.ts";
import { kindText, nameText } from "../finding-text.ts";
import { shortened } from "../shorten.ts";
import { wordsOf } from "../words.ts";
import type { Words } from "../words/words.ts";

const english = wordsOf("en");
const shownPerState = 200;

const safe = (text: string, limit = 1000): string => terminalText(shortened(text, limit));

/** `3 new, 1 fixed, 12 still`; `nothing changed` where nothing did. */
export function countsText({ counts }: Pick<Comparison, "counts">, { change }: Words = english): string {
  const parts = driftStates.filter((state) => state !== "still" && counts[state] > 0).map((state) => `${counts[state]} ${change.states[state]}`);
  return [...(parts.length === 0 ? [change.nothing] : parts), ...(counts.still > 0 ? [change.still(counts.still)] : [])].join(", ");
}

/** `pass → fail`, with what else is to be known. */
export function outcomeText({ before, after, disposition, state }: FindingChange, { outcomes, change }: Words = english): string {
  const waived = disposition === "waived" ? `, ${change.waived}` : "";
  const word = (outcome: Outcome | undefined): string => (outcome === undefined ? "" : outcomes[outcome]);
  if (before === undefined || before === after) return `${word(after ?? before)}${waived}`;
  return after === undefined ? `${change.was(word(before))}${waived}` : `${word(before)} → ${word(after)}${waived}${state === "unknown-now" ? `, ${change.unreadToday}` : ""}`;
}

/** One change in a few lines. Foreign text is escaped. */
export function* changeLines(change: FindingChange, words: Words = english): Iterable<string> {
  yield words.colon(`${words.change.marks[change.state].padEnd(8)} ${safe(change.rule)} (${outcomeText(change, words)})`, `${terminalText(kindText(change.subject.kind, words))} ${safe(nameText(change.subject), 200)}`);
  yield `         ${safe(change.message)}`;
  for (const { what, fact, from, to } of change.differences.slice(0, 10)) yield `         ${what === "evidence" ? safe(fact ?? "", 200) : what}: ${safe(from, 300)} → ${safe(to, 300)}`;
  if (change.since !== undefined && change.state !== "new") yield `         ${words.change.since(safe(change.since))}`;
}

/** A subject that is gone takes all its checks along: that is said once, and briefly where it had no problem. */
function* goneLines(changes: readonly FindingChange[], words: Words): Iterable<string> {
  for (const group of Map.groupBy(changes, ({ subject, message }) => `${subject.kind}\n${subject.id}\n${message}`).values()) {
    const problems = group.filter(({ before }) => before !== "pass" && before !== "not-applicable");
    for (const change of problems) yield* changeLines(change, words);
    const [first] = group;
    if (problems.length === 0 && first !== undefined) yield `${words.change.marks.gone.padEnd(8)} ${terminalText(kindText(first.subject.kind, words))} ${safe(nameText(first.subject), 200)} ${words.change.allWell(words.count.checks(group.length))}`;
  }
}

/** The changes of a comparison as lines for people, what stands still only counted unless asked for. Foreign text is escaped. */
export function* changeText(comparison: Comparison, options: { readonly still: boolean; readonly words?: Words }): Iterable<string> {
  const { words = english } = options;
  const { before, after, changes, renamed, notes } = comparison;
  yield `${words.change.against(`${safe(after.name, 300)} (${safe(after.startedAt)})`, `${safe(before.name, 300)} (${safe(before.startedAt)})`)}\n`;
  for (const note of notes) yield `${words.say.note(safe(note))}\n`;
  for (const state of driftStates) {
    if (state === "still" && !options.still) continue;
    const ofState = changes.filter((change) => change.state === state);
    const lines = state === "gone" ? goneLines(ofState, words) : ofState.slice(0, shownPerState).flatMap((change) => [...changeLines(change, words)]);
    for (const line of lines) yield `${line}\n`;
    if (state !== "gone" && ofState.length > shownPerState) yield `         ${words.change.formatHasAll(words.count.moreFindings(ofState.length - shownPerState))}\n`;
  }
  for (const { subject, from } of renamed) yield `${words.change.marks.renamed.padEnd(8)} ${terminalText(kindText(subject.kind, words))} ${words.change.isNow(safe(from, 200), safe(subject.name, 200))}\n`;
  yield `${countsText(comparison, words)}${renamed.length > 0 ? `, ${words.change.renamed(renamed.length)}` : ""}\n`;
}
