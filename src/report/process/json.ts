import type { ProcessView } from "../../model/overview.ts";
import type { Report } from "../../model/report.ts";
import { jsonText } from "../escape-json.ts";
import { countByRule, phaseOutcomes } from "../process-outcomes.ts";

/** The deployment process with the state of each phase, as JSON. */
export function processJson(process: ProcessView, { findings, run, tool }: Report): string {
  const phases = phaseOutcomes(process, countByRule(findings)).map(({ phase, state, counts, decidedBy, notRun }) => ({ ...phase, state, counts, decidedBy, notRun }));
  const { startedAt, complete, profile } = run;
  return `${jsonText({ tool, run: { startedAt, complete, profile }, title: process.title, detected: process.detected, phases })}\n`;
}
