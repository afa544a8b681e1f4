import { loadBaseline, type BaselineJudging } from "../../app/baseline.ts";
import { compareRuns, compareSnapshotFacts } from "../../app/compare.ts";
import { comparisonExit } from "../../app/comparison-exit.ts";
import { renderComparison } from "../../app/compare-files.ts";
import { isSnapshotFile } from "../../app/file-kind.ts";
import { loadRules, ruleSources, type LoadedRules } from "../../app/load-rules.ts";
import { loadConfig } from "../../config/config-file.ts";
import { UsageError } from "../../model/errors.ts";
import type { CommandContext } from "../context.ts";
import { momentOf } from "../options.ts";

/** Options of `compare`. */
export interface CompareOptions {
  readonly before: string;
  readonly after: string;
  readonly facts: boolean;
  readonly still: boolean;
  readonly format: "text" | "json";
  readonly config: string | undefined;
  readonly rules: readonly string[];
  readonly profileFile?: string | undefined;
  readonly at: string | undefined;
  readonly failOn: "warn" | "fail";
  readonly onUnknown: "report" | "fail" | "ignore";
}

/** How snapshots that stand for runs are judged. The rules are loaded when the first snapshot is met: reports need none. */
export function judgingOf(options: Pick<CompareOptions, "config" | "rules" | "profileFile" | "at" | "failOn" | "onUnknown">, { terminal, packageRoot, version }: CommandContext): BaselineJudging {
  const config = options.config === undefined ? undefined : loadConfig(options.config);
  const parameters = config?.parameters ?? {};
  let loaded: LoadedRules | undefined;
  return {
    rules: () => (loaded ??= loadRules(packageRoot, ruleSources(config, options))),
    judge: { toolVersion: version, parameters, failOn: options.failOn, onUnknown: options.onUnknown, progress: terminal.progress },
    at: options.at === undefined ? undefined : momentOf(options.at, Date.now),
  };
}

/** `compare A B`: what changed from A to B. Exit code 1 where something became worse, 3 where something cannot be read any more, 0 otherwise. */
export async function compareCommand(options: CompareOptions, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const snapshots = { before: isSnapshotFile(options.before), after: isSnapshotFile(options.after) };
  if (options.facts && !(snapshots.before && snapshots.after)) throw new UsageError("facts", "--facts needs two snapshots: reports hold no facts but evidence", { hint: "Keep snapshots with `scan --snapshot FILE` or `collect`." });
  const judging = judgingOf(options, context);
  const before = await loadBaseline(options.before, judging);
  const after = await loadBaseline(options.after, judging);
  const comparison = await compareRuns(before, after, snapshots.after ? options.after : undefined);
  const facts = options.facts ? await compareSnapshotFacts(options.before, options.after) : undefined;
  terminal.clearProgress();
  for (const chunk of renderComparison(comparison, facts, options)) await terminal.write(chunk);
  return comparisonExit(comparison, options);
}
