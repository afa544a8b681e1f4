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
 * not waived; an unknown only where its waiver says `unknown: true`. The findings are walked once to see how the waivers fare, and again each time the result is walked:
 * none is held.
 */
export function applyWaivers(findings: Iterable<Finding>, { waivers, soonDays }: WaiverFile, options: WaiveOptions): Iterable<Finding> {
  const uses = waivers.map((waiver): WaiverUse => ({ waiver, expired: Date.parse(waiver.expires) <= options.now.getTime(), waived: 0, refusedUnknown: 0, settled: 0, judged: 0, undecidable: false, near: undefined }));
  const byRule = Map.groupBy(uses, ({ waiver }) => waiver.rule);
  for (const finding of findings) for (const use of byRule.get(finding.rule) ?? []) countUse(use, finding);
  const own = waiverFindings(uses, { ...options, soonDays });
  return {
    *[Symbol.iterator]() {
      for (const finding of findings) yield waive(finding, byRule.get(finding.rule) ?? []);
      yield* own;
    },
  };
}

const isSettled = ({ outcome }: Finding): boolean => outcome === "pass" || outcome === "not-applicable";
const isRefused = ({ unknown }: Waiver, { outcome }: Finding): boolean => outcome === "unknown" && !unknown;

function countUse(use: WaiverUse, finding: Finding): void {
  const { waiver } = use;
  if (finding.count === undefined) use.judged += 1;
  if (finding.outcome === "unknown" && finding.subject.kind === "deployment") use.undecidable = true;
  if (!covers(waiver, finding)) use.near ??= nearMiss(waiver, finding);
  else if (isSettled(finding)) use.settled += 1;
  else if (isRefused(waiver, finding)) use.refusedUnknown += 1;
  else use.waived += 1;
}

function waive(finding: Finding, candidates: readonly WaiverUse[]): Finding {
  if (isSettled(finding)) return finding;
  const by = candidates.find(({ waiver, expired }) => !expired && !isRefused(waiver, finding) && covers(waiver, finding))?.waiver;
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
