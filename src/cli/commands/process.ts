import { reportOfFile } from "../../app/judged-file.ts";
import { loadRules, ruleSources } from "../../app/load-rules.ts";
import { writeProcess } from "../../app/process-text.ts";
import { exitCodeOf } from "../../app/report-file.ts";
import { waiversFrom } from "../../app/settle-run.ts";
import { loadConfig } from "../../config/config-file.ts";
import type { CommandContext } from "../context.ts";
import { languageOf, type LanguageOption } from "../language-option.ts";
import { momentOf } from "../options.ts";
import { renderOptionsOf } from "../render-options.ts";
import { withTemporarySnapshot } from "./temporary-snapshot.ts";

/** Options of `process`. */
export interface ProcessOptions extends LanguageOption {
  readonly from: string | undefined;
  readonly config: string | undefined;
  readonly rules: readonly string[];
  readonly profileFile?: string | undefined;
  readonly at: string | undefined;
  readonly waivers: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly fetch?: boolean | undefined;
}

const defaultConfig = "umpreflight.yaml";

/** Shows the deployment process: which phase is done, which is not, and who may do it. The exit code is that of the findings. */
export async function processCommand(options: ProcessOptions, context: CommandContext): Promise<number> {
  const { terminal, packageRoot, version, environment } = context;
  const rendering = renderOptionsOf({ ...options, reporter: [], onUnknown: "report", junitWarn: undefined, junitGranularity: "subject" }, terminal);
  const file = options.config ?? (options.from === undefined ? defaultConfig : undefined);
  const config = file === undefined ? undefined : loadConfig(file);
  const parameters = config?.parameters ?? {};
  const judge = { toolVersion: version, at: momentOf(options.at, Date.now), parameters, failOn: "fail", onUnknown: "report", progress: terminal.progress } as const;
  const judging = { rules: () => loadRules(packageRoot, ruleSources(config, options), languageOf(options, config, environment)), judge, waivers: waiversFrom(options.waivers ?? config?.drift.waivers) };
  const show = async (path: string): Promise<number> => {
    const report = await reportOfFile(path, judging);
    terminal.clearProgress();
    await writeProcess(path, report, { ...rendering, json: options.json }, terminal);
    return exitCodeOf(report, "report");
  };
  return options.from === undefined ? withTemporarySnapshot({ config: file ?? defaultConfig, fetch: options.fetch }, context, show) : show(options.from);
}
