import type { Argv } from "yargs";
import { UsageError } from "../model/errors.ts";
import { fromEnvironment, type Environment } from "./environment-options.ts";

/** Options of everything that judges and reports. */
export interface ReportOptions {
  readonly reporter: readonly string[];
  readonly failOn: "warn" | "fail";
  readonly onUnknown: "report" | "fail" | "ignore";
  readonly rules: readonly string[];
  readonly at: string | undefined;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly waivers?: string | undefined;
  readonly baseline?: string | undefined;
  readonly history?: string | undefined;
}

/** Declares {@link ReportOptions}. */
export function reportOptions<T>(yargs: Argv<T>, environment: Environment) {
  return yargs.options(
    fromEnvironment(
      {
        reporter: { type: "string", array: true, requiresArg: true, default: ["table"] as string[], description: "Format, or format=FILE: table, json, junit; may be repeated" },
        "fail-on": { choices: ["warn", "fail"] as const, default: "fail" as const, description: "Lowest outcome that gives exit code 1" },
        "on-unknown": { choices: ["report", "fail", "ignore"] as const, default: "report" as const, description: "What unknown gives: exit code 3, exit code 1, or nothing" },
        rules: { type: "string", array: true, requiresArg: true, default: [] as string[], description: "Folder with rules of your own; may be repeated" },
        at: { type: "string", requiresArg: true, description: "Judge as of this moment (RFC 3339); now unless told" },
        quiet: { type: "boolean", alias: "q", default: false, description: "Failures and summary only" },
        verbose: { type: "boolean", alias: "v", default: false, description: "Everything, also what passed" },
        waivers: { type: "string", requiresArg: true, description: "Waivers file: accepted findings" },
        baseline: { type: "string", requiresArg: true, description: "Earlier run to compare with: last (of the history), a snapshot, a JSON report, or an accepted baseline, of which only what is new or worse counts" },
        history: { type: "string", requiresArg: true, description: "Database of earlier runs, to which this one is added" },
      },
      environment,
    ),
  );
}

/** The moment of `--at`. @throws UsageError when it is none */
export function momentOf(at: string | undefined, now: () => number): Date {
  if (at === undefined) return new Date(now());
  const moment = new Date(at);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i.test(at) || Number.isNaN(moment.getTime())) {
    throw new UsageError("at", `--at ${at} is no moment`, { hint: "Write it with its zone: 2026-01-31T12:00:00Z." });
  }
  return moment;
}

/** How much the table tells. */
export function verbosityOf({ quiet, verbose }: Pick<ReportOptions, "quiet" | "verbose">): "quiet" | "normal" | "verbose" {
  if (quiet && verbose) throw new UsageError("verbosity", "--quiet and --verbose exclude each other");
  return quiet ? "quiet" : verbose ? "verbose" : "normal";
}
