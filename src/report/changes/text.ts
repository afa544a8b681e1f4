import { driftStates, type Comparison, type DriftState, type FindingChange } from "../../model/drift.ts";
import { terminalText } from "../../model/terminal-text.ts";
import { kindText, nameText } from "../finding-text.ts";
import { counted, shortened } from "../shorten.ts";

const words: Readonly<Record<DriftState, string>> = { new: "NEW", changed: "CHANGED", "unknown-now": "UNKNOWN", fixed: "FIXED", gone: "GONE", still: "STILL" };
const sentences: Readonly<Record<DriftState, string>> = { new: "new", changed: "changed", "unknown-now": "unknown now", fixed: "fixed", gone: "gone", still: "still" };
const shownPerState = 200;

const safe = (text: string, limit = 1000): string => terminalText(shortened(text, limit));

/** `3 new, 1 fixed, 12 still`; `nothing changed` where nothing did. */
export function countsText({ counts }: Pick<Comparison, "counts">): string {
  const parts = driftStates.filter((state) => state !== "still" && counts[state] > 0).map((state) => `${counts[state]} ${sentences[state]}`);
  return [...(parts.length === 0 ? ["nothing changed"] : parts), ...(counts.still > 0 ? [`${counts.still} still`] : [])].join(", ");
}

/** `pass → fail`, with what else is to be known. */
export function outcomeText({ before, after, disposition, state }: FindingChange): string {
  const waived = disposition === "waived" ? ", waived" : "";
  if (before === undefined || before === after) return `${after ?? before ?? ""}${waived}`;
  return after === undefined ? `was ${before}${waived}` : `${before} → ${after}${waived}${state === "unknown-now" ? ", cannot be read today" : ""}`;
}

/** One change in a few lines. Foreign text is escaped. */
export function* changeLines(change: FindingChange): Iterable<string> {
  yield `${words[change.state].padEnd(8)} ${safe(change.rule)} (${outcomeText(change)}): ${terminalText(kindText(change.subject.kind))} ${safe(nameText(change.subject), 200)}`;
  yield `         ${safe(change.message)}`;
  for (const { what, fact, from, to } of change.differences.slice(0, 10)) yield `         ${what === "evidence" ? safe(fact ?? "", 200) : what}: ${safe(from, 300)} → ${safe(to, 300)}`;
  if (change.since !== undefined && change.state !== "new") yield `         since ${safe(change.since)}`;
}

/** A subject that is gone takes all its checks along: that is said once, and briefly where it had no problem. */
function* goneLines(changes: readonly FindingChange[]): Iterable<string> {
  for (const group of Map.groupBy(changes, ({ subject, message }) => `${subject.kind}\n${subject.id}\n${message}`).values()) {
    const problems = group.filter(({ before }) => before !== "pass" && before !== "not-applicable");
    for (const change of problems) yield* changeLines(change);
    const [first] = group;
    if (problems.length === 0 && first !== undefined) yield `${words.gone.padEnd(8)} ${terminalText(kindText(first.subject.kind))} ${safe(nameText(first.subject), 200)} (${counted(group.length, "check")}, all well before)`;
  }
}

/** The changes of a comparison as lines for people, what stands still only counted unless asked for. Foreign text is escaped. */
export function* changeText(comparison: Comparison, options: { readonly still: boolean }): Iterable<string> {
  const { before, after, changes, renamed, notes } = comparison;
  yield `${safe(after.name, 300)} (${safe(after.startedAt)}) against ${safe(before.name, 300)} (${safe(before.startedAt)})\n`;
  for (const note of notes) yield `Note: ${safe(note)}\n`;
  for (const state of driftStates) {
    if (state === "still" && !options.still) continue;
    const ofState = changes.filter((change) => change.state === state);
    const lines = state === "gone" ? goneLines(ofState) : ofState.slice(0, shownPerState).flatMap((change) => [...changeLines(change)]);
    for (const line of lines) yield `${line}\n`;
    if (state !== "gone" && ofState.length > shownPerState) yield `         and ${counted(ofState.length - shownPerState, "more finding")}; the json format has all\n`;
  }
  for (const { subject, from } of renamed) yield `RENAMED  ${terminalText(kindText(subject.kind))} ${safe(from, 200)} is now ${safe(subject.name, 200)}\n`;
  yield `${countsText(comparison)}${renamed.length > 0 ? `, ${renamed.length} renamed` : ""}\n`;
}
