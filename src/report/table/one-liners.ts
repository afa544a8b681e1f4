import type { Report } from "../../model/report.ts";
import { terminalText } from "../../model/terminal-text.ts";
import { compareText } from "../../model/compare-text.ts";
import { outcomeRank, severityRank } from "../order.ts";
import { shortened } from "../shorten.ts";
import { markOf, subjectsText } from "./blocks.ts";
import type { Digest } from "./digest.ts";
import { labelled, type Page } from "./page.ts";

/** What fails, a line for those that say the same: all that the quiet table says of findings. */
export function* oneLiners(report: Report, digest: Digest, page: Page): Iterable<string> {
  const blocks = [...digest.areas.values()]
    .flatMap((area) => [...area.values()])
    .filter((block) => !block.waived && (block.outcome === "fail" || (block.outcome === "warn" && report.failOn === "warn")))
    .sort((a, b) => outcomeRank[a.outcome] - outcomeRank[b.outcome] || severityRank[a.severity] - severityRank[b.severity] || compareText(a.rule, b.rule));
  if (blocks.length > 0) yield "";
  for (const block of blocks) {
    for (const cluster of block.clusters.values()) {
      const message = terminalText(shortened(cluster.samples[0]?.message ?? "", 500));
      yield* labelled(page, [{ ...markOf(block, page.words), text: page.words.colon(page.words.colon(terminalText(block.rule), subjectsText(cluster, page.words)), message) }]);
    }
    if (block.leftOut > 0) yield* labelled(page, [{ label: "", text: terminalText(page.words.say.ofRule(page.words.count.moreChecks(block.leftOut), block.rule)) }]);
  }
}
