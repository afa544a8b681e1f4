import { junitGranularities, junitWarnings, type RenderOptions } from "../model/report.ts";
import { UsageError } from "../model/errors.ts";
import { languageOption, type LanguageOption } from "./language-option.ts";
import type { Terminal } from "./terminal.ts";

/** Options of everything that renders a report. */
export interface RenderingOptions extends LanguageOption {
  readonly reporter: readonly string[];
  readonly onUnknown: "report" | "fail" | "ignore";
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly junitWarn: (typeof junitWarnings)[number] | undefined;
  readonly junitGranularity: (typeof junitGranularities)[number];
}

/** Declarations of {@link RenderingOptions}. */
export const renderingOptions = {
  ...languageOption,
  reporter: { type: "string", array: true, requiresArg: true, default: ["table"] as string[], description: "Format, or format=FILE: table, json, html, junit, sarif, markdown, csv, openmetrics, nagios, ocsf, remedy-ps1; may be repeated" },
  "on-unknown": { choices: ["report", "fail", "ignore"] as const, default: "report" as const, description: "What unknown gives: exit code 3, exit code 1, or nothing" },
  quiet: { type: "boolean", alias: "q", default: false, description: "Failures and summary only" },
  verbose: { type: "boolean", alias: "v", default: false, description: "Everything, also what passed" },
  "junit-warn": { choices: junitWarnings, description: "What a warning is in JUnit; as the exit code has it unless told" },
  "junit-granularity": { choices: junitGranularities, default: "subject" as const, description: "One JUnit test case per rule, or per rule and subject" },
} as const;

/** How much is told. @throws UsageError for both at once */
function verbosityOf({ quiet, verbose }: Pick<RenderingOptions, "quiet" | "verbose">): RenderOptions["verbosity"] {
  if (quiet && verbose) throw new UsageError("verbosity", "--quiet and --verbose exclude each other");
  return quiet ? "quiet" : verbose ? "verbose" : "normal";
}

/** What the reporters are told. @throws UsageError for options that exclude each other */
export function renderOptionsOf(options: RenderingOptions, terminal: Pick<Terminal, "columns" | "color">): RenderOptions {
  const { onUnknown, junitWarn, junitGranularity, lang } = options;
  return { ...(lang === undefined ? {} : { language: lang }), columns: terminal.columns, color: terminal.color, verbosity: verbosityOf(options), onUnknown, junitGranularity, ...(junitWarn === undefined ? {} : { junitWarn }) };
}
