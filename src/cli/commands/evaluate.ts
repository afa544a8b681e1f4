import { basename, join } from "node:path";
import { layOver } from "../../app/overlay/lay-over.ts";
import { refuseUntold, reporterTargets } from "../../app/write-report.ts";
import { loadConfig } from "../../config/config-file.ts";
import { loadOverlay } from "../../config/overlay-file.ts";
import { UsageError } from "../../model/errors.ts";
import type { CommandContext } from "../context.ts";
import type { ReportOptions } from "../options.ts";
import { planReport, type RunKind } from "./run-report.ts";
import { endedBySignals, withTemporaryFolder } from "./temporary-folder.ts";

/** Options of `evaluate`. */
export interface EvaluateOptions extends ReportOptions {
  readonly snapshot: string;
  readonly config: string | undefined;
  readonly overlay: readonly string[];
}

/** Judges a snapshot that was taken before, here or elsewhere, perhaps with planned changes laid over it. */
export async function evaluateCommand(options: EvaluateOptions, context: CommandContext): Promise<number> {
  if (options.overlay.length === 0) return judge(options, options.snapshot, { live: false }, context);
  if (options.baseline !== undefined || options.history !== undefined) throw new UsageError("overlay", "--overlay compares with the snapshot as it was read; --baseline and --history are for states that were seen");
  refuseUntold(reporterTargets(options.reporter));
  const overlays = options.overlay.map(loadOverlay);
  return endedBySignals(() => withTemporaryFolder(async (folder) => {
    // Named after the snapshot, for what is said of the file.
    const planned = join(folder, basename(options.snapshot));
    await layOver(options.snapshot, overlays, planned);
    return judge({ ...options, baseline: options.snapshot }, planned, { live: false, sameMoment: true }, context);
  }));
}

async function judge(options: EvaluateOptions, snapshot: string, kind: RunKind, context: CommandContext): Promise<number> {
  const config = options.config === undefined ? undefined : loadConfig(options.config);
  const plan = await planReport(options, config, kind, context);
  try {
    return await plan.run(snapshot);
  } catch (error) {
    plan.fail(error);
    throw error;
  } finally {
    plan.close();
  }
}
