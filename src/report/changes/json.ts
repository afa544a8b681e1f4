import type { Comparison, FactChange } from "../../model/drift.ts";
import { jsonText } from "../escape-json.ts";

/** A comparison as JSON (reports/schemas/comparison.schema.json), one change per line. */
export function* changeJson(comparison: Comparison, facts: { readonly changes: readonly FactChange[]; readonly total: number } | undefined): Iterable<string> {
  const { before, after, counts, notes, renamed, changes } = comparison;
  yield `{\n"schemaVersion": 1,\n"before": ${jsonText(before)},\n"after": ${jsonText(after)},\n"counts": ${jsonText(counts)},\n"notes": ${jsonText(notes)},\n"renamed": ${jsonText(renamed)},\n"changes": [`;
  yield* lines(changes);
  yield "]";
  if (facts !== undefined) {
    yield `,\n"factsTotal": ${facts.total},\n"facts": [`;
    yield* lines(facts.changes);
    yield "]";
  }
  yield "\n}\n";
}

function* lines(items: Iterable<unknown>): Iterable<string> {
  let separator = "\n";
  for (const item of items) {
    yield separator + jsonText(item);
    separator = ",\n";
  }
  yield "\n";
}
