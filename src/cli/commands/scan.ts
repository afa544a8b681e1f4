import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collect } from "../../app/collect.ts";
import { readSecrets } from "../../app/run-secrets.ts";
import type { Config } from "../../model/config.ts";
import type { Report } from "../../model/report.ts";
import { runEnvironment, type CommandContext } from "../context.ts";
import { loadRunConfig } from "../fetch-option.ts";
import type { ReportOptions } from "../options.ts";
import { planReport, type ReportPlan } from "./run-report.ts";

/** Options of `scan`. */
export interface ScanOptions extends ReportOptions {
  readonly config: string;
  readonly fetch?: boolean | undefined;
  readonly snapshot: string | undefined;
}

/** Collects and judges in a row. An interrupted run is reported as far as it got, with exit code 130. */
export async function scan(options: ScanOptions, context: CommandContext, onReport?: (report: Report) => void): Promise<number> {
  const config = loadRunConfig(options);
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
  const folder = options.snapshot === undefined ? await mkdtemp(join(tmpdir(), "umpreflight-")) : undefined;
  const run = runEnvironment(context);
  try {
    const collected = await collect(config, secrets, options.snapshot ?? join(folder ?? "", "run.snapshot.gz"), run);
    const code = await plan.run(collected.path, collected);
    return collected.interrupted ? 130 : code;
  } finally {
    run.release();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}
