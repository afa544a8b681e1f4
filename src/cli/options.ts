import type { Argv } from "yargs";
import { UsageError } from "../model/errors.ts";
import { ownRules } from "./own-rules.ts";
import { fromEnvironment, type Environment } from "./environment-options.ts";
import { renderingOptions, type RenderingOptions } from "./render-options.ts";

/** Options of everything that judges and reports. */
export interface ReportOptions extends RenderingOptions {
  readonly failOn: "warn" | "fail";
  readonly rules: readonly string[];
  readonly profileFile?: string | undefined;
  readonly at?: string | undefined;
  readonly waivers?: string | undefined;
  readonly baseline?: string | undefined;
  readonly history?: string | undefined;
}

/** `--at`, for commands that judge once. */
export const momentOption = { at: { type: "string", requiresArg: true, description: "Judge as of this moment (RFC 3339); now unless told" } } as const;

/** Declares {@link ReportOptions} but for {@link momentOption}. */
export function reportOptions<T>(yargs: Argv<T>, environment: Environment) {
  return yargs.options(
    fromEnvironment(
      {
        ...renderingOptions,
        "fail-on": { choices: ["warn", "fail"] as const, default: "fail" as const, description: "Lowest outcome that gives exit code 1" },
        ...ownRules,
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
