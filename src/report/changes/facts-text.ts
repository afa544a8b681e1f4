import type { FactChange } from "../../model/drift.ts";
import type { Observation } from "../../model/observation.ts";
import { terminalText } from "../../model/terminal-text.ts";
import { kindText, nameText } from "../finding-text.ts";
import { counted, shortened } from "../shorten.ts";

const valueLimit = 300;

function valueText(observation: Observation | undefined): string {
  if (observation === undefined) return "not collected";
  switch (observation.state) {
    case "known":
      return terminalText(shortened(typeof observation.value === "string" ? observation.value : (JSON.stringify(observation.value) ?? ""), valueLimit));
    case "absent":
      return "absent";
    case "unknown":
      return `not read (${observation.reason}: ${terminalText(shortened(observation.detail, valueLimit))})`;
  }
}

function line({ subject, fact, kind, from, to, changedAt }: FactChange): string {
  const who = `${terminalText(kindText(subject.kind))} ${terminalText(shortened(nameText(subject), 200))}`;
  const when = changedAt === undefined ? "" : ` (object last changed ${terminalText(changedAt)})`;
  if (fact === undefined) return `${kind === "added" ? "+" : "-"} ${who}${when}`;
  return `~ ${who}: ${terminalText(fact)}: ${valueText(from)} → ${valueText(to)}${when}`;
}

/** Differences of facts as lines for people: `+` came, `-` went, `~` another value. */
export function* factText({ changes, total }: { readonly changes: readonly FactChange[]; readonly total: number }): Iterable<string> {
  yield `Facts: ${counted(total, "difference")}\n`;
  for (const change of changes) yield `${line(change)}\n`;
  if (total > changes.length) yield `and ${counted(total - changes.length, "more difference")}\n`;
}
