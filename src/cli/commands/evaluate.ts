import { loadConfig } from "../../config/config-file.ts";
import type { CommandContext } from "../context.ts";
import type { ReportOptions } from "../options.ts";
import { planReport } from "./run-report.ts";

/** Options of `evaluate`. */
export interface EvaluateOptions extends ReportOptions {
  readonly snapshot: string;
  readonly config: string | undefined;
}

/** Judges a snapshot that was taken before, here or elsewhere. */
export async function evaluateCommand(options: EvaluateOptions, context: CommandContext): Promise<number> {
  const config = options.config === undefined ? undefined : loadConfig(options.config);
  const plan = await planReport(options, config, { live: false }, context);
  try {
    return await plan.run(options.snapshot);
  } catch (error) {
    plan.fail(error);
    throw error;
  } finally {
    plan.close();
  }
}
