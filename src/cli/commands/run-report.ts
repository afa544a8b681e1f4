import { judgeSnapshot } from "../../app/evaluate.ts";
import { loadBaseline } from "../../app/baseline.ts";
import { loadRules } from "../../app/load-rules.ts";
import { settleRun, waiversFrom } from "../../app/settle-run.ts";
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
  const waivers = waiversFrom(options.waivers);
  const judge = { toolVersion: version, parameters: config?.parameters ?? {}, failOn: options.failOn, onUnknown: options.onUnknown, progress: terminal.progress };
  return {
    run: async (snapshot) => {
      const judged = await judgeSnapshot(snapshot, rules, { ...judge, at });
      const baseline = options.baseline === undefined ? undefined : await loadBaseline(options.baseline, { rules: () => rules, judge, at: undefined });
      const { report, exitCode } = await settleRun(judged.report, snapshot, { waivers, baseline, at, onUnknown: options.onUnknown });
      terminal.clearProgress();
      await writeReports(report, targets, { columns: terminal.columns, color: terminal.color, verbosity }, terminal);
      return exitCode;
    },
  };
}
