import { terminalText } from "../../model/terminal-text.ts";
import { shortened } from "../shorten.ts";

/** A gauge with all its samples. Every set of labels occurs once, as the format asks for. */
export interface Family {
  readonly name: string;
  readonly unit?: "seconds";
  readonly help: string;
  /** Value by labels as text: `{rule="…"}`, or nothing. */
  readonly samples: Map<string, number>;
}

const labelLimit = 200;

/** Labels as text, their values safe and at most 200 characters. */
export function labels(values: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(values).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** Control characters become visible before backslashes and quotes are escaped, so a line break cannot end the line. */
function escaped(value: string): string {
  return terminalText(shortened(value, labelLimit)).replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}

/** The lines of a family: as OpenMetrics 1.0 wants them, and readable as the older Prometheus text format. */
export function* familyLines({ name, unit, help, samples }: Family): Iterable<string> {
  if (samples.size === 0) return;
  yield `# TYPE ${name} gauge\n`;
  if (unit !== undefined) yield `# UNIT ${name} ${unit}\n`;
  yield `# HELP ${name} ${help}\n`;
  for (const [labels, value] of samples) yield `${name}${labels} ${value}\n`;
}
