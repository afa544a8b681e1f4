import { judgeSnapshot } from "../../app/evaluate.ts";
import { loadRules } from "../../app/load-rules.ts";
import { reporterTargets, writeReports } from "../../app/write-report.ts";
import type { Config } from "../../model/config.ts";
import type { CommandContext } from "../context.ts";
import { momentOf, verbosityOf, type ReportOptions } from "../options.ts";

/** A checked plan for judging and reporting; made before anything connects, so that a typo costs no scan. */
export interface ReportPlan {
  /** Judges a snapshot, writes the reports, and returns the exit code. */
  readonly run: (snapshot: string) => Promise<number>;
}

/** Loads the rules and checks the options. @throws UsageError, RuleError */
export function planReport(options: ReportOptions, config: Config | undefined, { terminal, packageRoot, version }: CommandContext): ReportPlan {
  const targets = reporterTargets(options.reporter);
  const verbosity = verbosityOf(options);
  const at = momentOf(options.at, Date.now);
  const rules = loadRules(packageRoot, [...(config?.rules ?? []), ...options.rules], config?.parameters ?? {});
  return {
    run: async (snapshot) => {
      const { report, exitCode } = await judgeSnapshot(snapshot, rules, { toolVersion: version, at, parameters: config?.parameters ?? {}, failOn: options.failOn, onUnknown: options.onUnknown, progress: terminal.progress });
      terminal.clearProgress();
      await writeReports(report, targets, { columns: terminal.columns, color: terminal.color, verbosity }, terminal);
      return exitCode;
    },
  };
}
