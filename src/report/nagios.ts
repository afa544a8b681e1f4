import type { Finding } from "../model/finding.ts";
import type { RenderOptions, Report, Reporter } from "../model/report.ts";
import { bestFirst } from "./best-first.ts";
import { terminalText } from "../model/terminal-text.ts";
import { subjectText } from "./finding-text.ts";
import { runProblems } from "./run-problems.ts";
import { counted, shortened } from "./shorten.ts";
import { verdictSentence } from "./verdict.ts";

/** A state of the Nagios plugin guidelines with its exit code. */
export const nagiosStates = { OK: 0, WARNING: 1, CRITICAL: 2, UNKNOWN: 3 } as const;
/** Name of a state. */
export type NagiosState = keyof typeof nagiosStates;

/** Nagios keeps 8 KB of a plugin's output; older NRPE 1 KB, in which the first line fits. */
const outputLimit = 7000;
const detailLimit = 50;

/** The state of a report: a failure is critical whatever else is unknown; what is unknown outweighs warnings. `--on-unknown` counts as for the exit code. */
export function nagiosState({ summary, run, failOn }: Report, { onUnknown = "report" }: Pick<RenderOptions, "onUnknown">): NagiosState {
  if (summary.fail > 0 || (failOn === "warn" && summary.warn > 0)) return "CRITICAL";
  const nothing = summary.pass + summary.warn + summary.waived + summary.unknown + summary.notApplicable === 0;
  if (!run.complete || nothing || (summary.unknown > 0 && onUnknown !== "ignore")) return onUnknown === "fail" && !nothing ? "CRITICAL" : "UNKNOWN";
  return summary.warn > 0 ? "WARNING" : "OK";
}

/** Output of a monitoring plugin: state and perfdata on the first line, the worst findings below. The exit code is that of {@link nagiosState}. */
export const renderNagios: Reporter = function* (report, options) {
  const { summary } = report;
  const perfdata = [
    `fail=${summary.fail};;0;0`,
    `warn=${summary.warn};0;;0`,
    `unknown=${summary.unknown};;;0`,
    ...Object.entries({ pass: summary.pass, not_applicable: summary.notApplicable, waived: summary.waived }).map(([label, value]) => `${label}=${value};;;0`),
  ];
  yield `UMPREFLIGHT ${nagiosState(report, options)} - ${report.run.complete ? "" : "run incomplete: "}${verdictSentence(report).sentence} | ${perfdata.join(" ")}\n`;
  yield* details(report);
};

function* details(report: Report): Iterable<string> {
  const { kept, total } = bestFirst(report.findings, detailLimit, ({ outcome, disposition }) => disposition === "open" && outcome !== "pass" && outcome !== "not-applicable");
  const lines = [...runProblems(report).slice(0, 10).map(({ text }) => `RUN ${text}`), ...kept.map(detailLine)].map((text) => nagiosText(shortened(text, 300)));
  let bytes = 0;
  let shown = 0;
  for (const line of lines) {
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > outputLimit) break;
    shown += 1;
    yield `${line}\n`;
  }
  const hidden = lines.length - shown + total - kept.length;
  if (hidden > 0) yield `and ${counted(hidden, "more line")}; the json report has everything\n`;
}

function detailLine({ outcome, rule, subject, message, severity }: Finding): string {
  return `${outcome.toUpperCase()} ${rule} (${severity}) ${subjectText(subject)}: ${message}`;
}

/** A pipe would begin perfdata, a backslash with an n is a line break to Nagios, and its web pages take what begins with an angle bracket for markup. */
function nagiosText(foreign: string): string {
  return terminalText(foreign).replaceAll(/[|<]|\\(?=[nr\\])/gu, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}
