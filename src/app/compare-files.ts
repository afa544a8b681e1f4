import type { FactComparison } from "../drift/compare-facts.ts";
import type { Comparison } from "../model/drift.ts";
import { factText } from "../report/changes/facts-text.ts";
import { changeJson } from "../report/changes/json.ts";
import { changeText } from "../report/changes/text.ts";

/** A comparison in the format that was asked for. */
export function* renderComparison(comparison: Comparison, facts: FactComparison | undefined, options: { readonly format: "text" | "json"; readonly still: boolean }): Iterable<string> {
  if (options.format === "json") return yield* changeJson(comparison, facts);
  yield* changeText(comparison, options);
  if (facts !== undefined) yield* factText(facts);
}
