import { ReportError } from "../model/errors.ts";
import type { RenderOptions, Report } from "../model/report.ts";
import { processJson } from "../report/process/json.ts";
import { processText } from "../report/process/text.ts";
import type { TextOutput } from "./write-report.ts";

/** Writes the deployment process of a report. @throws ReportError for a report of an older version, which has none */
export async function writeProcess(file: string, report: Report, options: RenderOptions & { readonly json: boolean }, output: TextOutput): Promise<void> {
  const process = report.overview?.process;
  if (process === undefined) throw new ReportError("process", `${file} tells nothing of the deployment process: an older version wrote it`, { hint: "Judge its snapshot again with `umpreflight evaluate`." });
  if (options.json) return output.write(processJson(process, report));
  for (const chunk of processText(process, report, options)) await output.write(chunk);
}
