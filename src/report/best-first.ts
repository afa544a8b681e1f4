import type { Finding } from "../model/finding.ts";
import { outcomeRank, severityRank } from "./order.ts";

/** The worst findings of a report, worst first. */
export interface BestFirst {
  readonly kept: readonly Finding[];
  /** How many were wanted. */
  readonly total: number;
}

/** Open before waived, then by outcome, then by severity. */
function worstFirst(finding: Finding): number {
  return (finding.disposition === "waived" ? 100 : 0) + outcomeRank[finding.outcome] * 10 + severityRank[finding.severity];
}

/** At most `limit` of the wanted findings, lowest rank first (the worst, unless told). Walks them twice, counting first, so that never more than `limit` are held. */
export function bestFirst(findings: Iterable<Finding>, limit: number, wanted: (finding: Finding) => boolean, rank: (finding: Finding) => number = worstFirst): BestFirst {
  const counts = new Map<number, number>();
  let total = 0;
  for (const finding of findings) {
    if (!wanted(finding)) continue;
    total += 1;
    const at = rank(finding);
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const room = new Map<number, Finding[]>();
  const quotas = new Map<number, number>();
  let left = limit;
  for (const [at, count] of [...counts].sort(([a], [b]) => a - b)) {
    quotas.set(at, Math.min(count, left));
    room.set(at, []);
    left -= Math.min(count, left);
  }
  for (const finding of findings) {
    if (!wanted(finding)) continue;
    const at = rank(finding);
    const kept = room.get(at);
    if (kept !== undefined && kept.length < (quotas.get(at) ?? 0)) kept.push(finding);
  }
  return { kept: [...room.values()].flat(), total };
}
