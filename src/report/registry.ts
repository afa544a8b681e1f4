import type { Reporter } from "../model/report.ts";

/** A reporter that can be asked for by name. */
export interface ReporterEntry {
  readonly description: string;
  /** Of a file that is named after the run, with its dot. */
  readonly extension: string;
  /** Says of a state that it is planned. One that cannot would let it pass for seen. */
  readonly tellsPlanned?: true;
  /** Loads the format when it is wanted, so that starting the program does not load them all. */
  readonly load: () => Promise<Reporter>;
}

/** Every reporter by name. */
export const reporters = {
  table: { description: "Text for people at a terminal", extension: ".txt", tellsPlanned: true, load: async () => (await import("./table.ts")).renderTable },
  json: { description: "Everything, for programs (report.schema.json)", extension: ".json", tellsPlanned: true, load: async () => (await import("./json.ts")).renderJson },
  html: { description: "One page for people: verdict, findings with evidence and remedies, search; opens in any browser, needs no network", extension: ".html", tellsPlanned: true, load: async () => (await import("./html.ts")).renderHtml },
  junit: { description: "JUnit XML for Jenkins, GitLab, Azure DevOps and GitHub", extension: ".xml", load: async () => (await import("./junit.ts")).renderJunit },
  sarif: { description: "SARIF 2.1.0 for GitHub code scanning and other viewers", extension: ".sarif", load: async () => (await import("./sarif.ts")).renderSarif },
  markdown: { description: "A comment for a pull request or a ticket", extension: ".md", tellsPlanned: true, load: async () => (await import("./markdown.ts")).renderMarkdown },
  csv: { description: "One row per finding, for spreadsheets", extension: ".csv", load: async () => (await import("./csv.ts")).renderCsv },
  openmetrics: { description: "Gauges for Prometheus and other monitoring", extension: ".prom", load: async () => (await import("./openmetrics.ts")).renderOpenmetrics },
  nagios: { description: "Output of a Nagios or Icinga plugin", extension: ".nagios.txt", load: async () => (await import("./nagios.ts")).renderNagios },
  ocsf: { description: "OCSF Compliance Findings, one JSON object per line, for SIEMs", extension: ".ocsf.ndjson", load: async () => (await import("./ocsf.ts")).renderOcsf },
  "remedy-ps1": { description: "PowerShell script with the commands that mend what failed; read it before you run it", extension: ".ps1", load: async () => (await import("./remedy-ps1.ts")).renderRemedyPs1 },
} as const satisfies Record<string, ReporterEntry>;

/** The reporter of that name, or undefined. */
export function reporterNamed(name: string): ReporterEntry | undefined {
  return Object.hasOwn(reporters, name) ? (reporters as Readonly<Record<string, ReporterEntry>>)[name] : undefined;
}
