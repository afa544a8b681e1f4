import type { Report, Reporter } from "../model/report.ts";
import { countFindings } from "./openmetrics/count.ts";
import { familyLines, labels, type Family } from "./openmetrics/family.ts";
import { phaseOutcomes, phaseStates, type RuleCounts } from "./process-outcomes.ts";

const phaseLimit = 100;

/** Gauges as OpenMetrics text, for the text-file collector of a Prometheus node exporter and the like. */
export const renderOpenmetrics: Reporter = function* (report) {
  for (const family of families(report)) yield* familyLines(family);
  yield "# EOF\n";
};

function families(report: Report): readonly Family[] {
  const { checks, failed, notAfter, waivers, byRule } = countFindings(report);
  const { run, tool } = report;
  const phases = phaseSamples(report, byRule);
  return [
    { name: "umpreflight_build_info", help: "Version of the program that wrote these metrics.", samples: new Map([[labels({ version: tool.version }), 1]]) },
    { name: "umpreflight_run_complete", help: "Whether the last run was whole: neither interrupted nor cut off. Without it, absent failures mean nothing.", samples: new Map([[labels({ profile: run.profile }), run.complete ? 1 : 0]]) },
    { name: "umpreflight_last_run_timestamp_seconds", unit: "seconds", help: "When the last run ended.", samples: moment(run.finishedAt) },
    { name: "umpreflight_run_duration_seconds", unit: "seconds", help: "How long the last run took.", samples: duration(run) },
    { name: "umpreflight_target_read", help: "Whether a target was read: 1 wholly, 0.5 in part, 0 not at all.", samples: targets(report) },
    { name: "umpreflight_checks", help: "Checks of the last run by outcome and area; unknown ones were not decided, waived ones are counted as waived only.", samples: checks },
    { name: "umpreflight_check_failed", help: "Open failures of a rule.", samples: failed },
    { name: "umpreflight_phase_checks", help: "Checks behind a phase of the deployment process by outcome; a rule may stand behind several phases.", samples: phases.checks },
    { name: "umpreflight_phase_state", help: "State of a phase of the deployment process: 1 for the worst outcome of its checks, 0 for the others.", samples: phases.states },
    { name: "umpreflight_certificate_not_after_timestamp_seconds", unit: "seconds", help: "End of validity of a certificate that an endpoint showed.", samples: notAfter },
    { name: "umpreflight_waiver_expiry_timestamp_seconds", unit: "seconds", help: "When a waiver in use ends and its findings count again.", samples: waivers },
    { name: "umpreflight_changes", help: "Findings by how they stand against the baseline.", samples: changes(report) },
  ];
}

/** Every state of every phase, so that no series ends when a phase gets better. */
function phaseSamples({ overview }: Report, byRule: RuleCounts): { readonly checks: Map<string, number>; readonly states: Map<string, number> } {
  const checks = new Map<string, number>();
  const states = new Map<string, number>();
  for (const { phase, state, counts } of overview?.process === undefined ? [] : phaseOutcomes(overview.process, byRule).slice(0, phaseLimit)) {
    for (const [name, count] of Object.entries(counts)) checks.set(labels({ phase: phase.id, outcome: name === "notApplicable" ? "not-applicable" : name }), count);
    for (const one of phaseStates) states.set(labels({ phase: phase.id, state: one }), one === state ? 1 : 0);
  }
  return { checks, states };
}

function secondsOf(iso: string): number {
  return new Date(iso).getTime() / 1000;
}

function moment(iso: string): Map<string, number> {
  const seconds = secondsOf(iso);
  return Number.isNaN(seconds) ? new Map() : new Map([["", seconds]]);
}

function duration({ startedAt, finishedAt }: Report["run"]): Map<string, number> {
  const seconds = secondsOf(finishedAt) - secondsOf(startedAt);
  return Number.isNaN(seconds) ? new Map() : new Map([["", Math.max(0, seconds)]]);
}

function changes({ comparison }: Report): Map<string, number> {
  return new Map(Object.entries(comparison?.counts ?? {}).map(([state, count]) => [labels({ state }), count]));
}

function targets({ run }: Report): Map<string, number> {
  const worth = { read: 1, "partly-read": 0.5, "not-read": 0 } as const;
  return new Map(run.targets.slice(0, 1000).map(({ kind, name, status }) => [labels({ kind, target: name }), worth[status]]));
}
