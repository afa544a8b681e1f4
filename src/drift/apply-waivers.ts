import type { Finding } from "../model/finding.ts";
import type { Waiver, WaiverFile } from "../model/waiver.ts";
import { fitsGlob } from "./glob.ts";
import { waiverFindings, type WaiverUse } from "./waiver-findings.ts";

/** How waivers are applied. */
export interface WaiveOptions {
  /** The moment for which it is judged: what has expired by then does not hold. */
  readonly now: Date;
  /** Ids of the rules that ran. */
  readonly rules: readonly string[];
}

/**
 * Marks the findings that waivers accept, and adds findings on the waivers themselves: expired, soon expiring, unused, over-broad. An outcome never changes; a pass is
 * not waived; an unknown only where its waiver says `unknown: true`.
 */
export function applyWaivers(findings: readonly Finding[], { waivers, soonDays }: WaiverFile, options: WaiveOptions): readonly Finding[] {
  const uses = waivers.map((waiver): WaiverUse => ({ waiver, expired: Date.parse(waiver.expires) <= options.now.getTime(), waived: 0, refusedUnknown: 0, settled: 0, judged: 0, undecidable: false, near: undefined }));
  const byRule = Map.groupBy(uses, ({ waiver }) => waiver.rule);
  const marked = findings.map((finding) => {
    const candidates = byRule.get(finding.rule);
    return candidates === undefined ? finding : waive(finding, candidates);
  });
  return [...marked, ...waiverFindings(uses, { ...options, soonDays })];
}

function waive(finding: Finding, candidates: readonly WaiverUse[]): Finding {
  let by: Waiver | undefined;
  for (const use of candidates) {
    if (finding.count === undefined) use.judged += 1;
    if (finding.outcome === "unknown" && finding.subject.kind === "deployment") use.undecidable = true;
    if (!covers(use.waiver, finding)) {
      use.near ??= nearMiss(use.waiver, finding);
      continue;
    }
    if (finding.outcome === "pass" || finding.outcome === "not-applicable") use.settled += 1;
    else if (finding.outcome === "unknown" && !use.waiver.unknown) use.refusedUnknown += 1;
    else {
      use.waived += 1;
      if (!use.expired) by ??= use.waiver;
    }
  }
  if (by === undefined) return finding;
  const { id, reason, owner, expires, ticket } = by;
  return { ...finding, disposition: "waived", waiver: { id, reason, owner, expires, ...(ticket === undefined ? {} : { ticket }) } };
}

function covers({ subject, kind }: Waiver, finding: Finding): boolean {
  // What stands for many subjects at once is no subject that could be accepted.
  if (finding.count !== undefined || (kind !== undefined && kind !== finding.subject.kind)) return false;
  return "id" in subject ? subject.id === finding.subject.id : fitsGlob(subject.glob, finding.subject.id);
}

/** A subject that was probably meant: its name, or its id in other case, stands where its id should. */
function nearMiss({ subject }: Waiver, finding: Finding): string | undefined {
  if (!("id" in subject)) return undefined;
  const meant = subject.id.toLowerCase();
  return meant === finding.subject.name.toLowerCase() || meant === finding.subject.id.toLowerCase() ? finding.subject.id : undefined;
}
