import { join } from "node:path";
import { collect } from "../../app/collect.ts";
import { readSecrets } from "../../app/run-secrets.ts";
import type { Config } from "../../model/config.ts";
import { UsageError } from "../../model/errors.ts";
import type { Report } from "../../model/report.ts";
import { runEnvironment, type CommandContext } from "../context.ts";
import { loadRunConfig } from "../fetch-option.ts";
import type { ReportOptions } from "../options.ts";
import { planReport, type ReportPlan } from "./run-report.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

/** Options of `scan`. */
export interface ScanOptions extends ReportOptions {
  readonly config: string;
  readonly fetch?: boolean | undefined;
  readonly snapshot: string | undefined;
  readonly redact?: boolean | undefined;
}

/**
 * A redacted run stands by itself: waivers, baselines and histories know things by ids, which are pseudonyms that no other run has.
 * @throws UsageError where one of them is asked for
 */
function alone(config: Config, { redact, waivers, baseline, history }: ScanOptions): Config {
  if (redact !== true) return config;
  const [asked] = Object.entries({ waivers, baseline, history }).filter(([, value]) => value !== undefined);
  if (asked !== undefined) throw new UsageError("redact", `--redact and --${asked[0]} exclude each other: names of a redacted run are in no other`, { hint: "Leave one of them out." });
  const { history: _, waivers: __, ...drift } = config.drift;
  return { ...config, drift };
}

/** Collects and judges in a row. An interrupted run is reported as far as it got, with exit code 130. */
export async function scan(options: ScanOptions, context: CommandContext, onReport?: (report: Report) => void): Promise<number> {
  const config = alone(loadRunConfig(options), options);
  const plan = await planReport(options, config, { live: true, onReport }, context);
  try {
    return await scanBy(plan, options, config, context);
  } catch (error) {
    plan.fail(error);
    throw error;
  } finally {
    plan.close();
  }
}

async function scanBy(plan: ReportPlan, options: ScanOptions, config: Config, context: CommandContext): Promise<number> {
  const { terminal, environment } = context;
  const secrets = await readSecrets(config, { environment, prompt: terminal.prompt });
  const into = async (path: string): Promise<number> => {
    const run = runEnvironment(context);
    try {
      const collected = await collect(config, secrets, path, run, { redact: options.redact === true });
      const code = await plan.run(collected.path, collected);
      return collected.interrupted ? 130 : code;
    } finally {
      run.release();
    }
  };
  return options.snapshot === undefined ? withTemporaryFolder((folder) => into(join(folder, "run.snapshot.gz"))) : into(options.snapshot);
}
