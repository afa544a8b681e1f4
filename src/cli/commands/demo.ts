import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { CommandContext } from "../context.ts";
import type { LanguageOption } from "../language-option.ts";
import { scan } from "./scan.ts";

/** Options of `demo`. */
export interface DemoOptions extends LanguageOption {
  readonly output: string | undefined;
  readonly healthy: boolean;
}

/**
 * Starts a deployment with planted mistakes in this process, scans it over real sockets like any other, prints the table and leaves reports. The exit code is
 * that of the scan: 1, since the mistakes are found.
 */
export async function demo(options: DemoOptions, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const folder = resolve(options.output ?? "umpreflight-demo");
  await mkdir(folder, { recursive: true });
  const { applyChanges, demoMistakes, healthyDeployment, startLab, writeScannerConfiguration } = await import("../../lab/index.ts");
  const mistakes = options.healthy ? [] : demoMistakes();
  terminal.progress("starting the lab");
  const lab = await startLab(applyChanges(healthyDeployment(), mistakes.flatMap(({ changes }) => changes)), { directory: folder });
  try {
    const config = await writeScannerConfiguration(lab);
    terminal.say(options.healthy ? "A healthy deployment: contoso.test with Lync Server 2013, fabrikam.test with Exchange 2013 and 2016." : `Contoso and Fabrikam, with ${mistakes.length} planted mistakes:\n${mistakes.map(({ title }) => `  - ${title}`).join("\n")}`);
    const reporter = ["table", `html=${join(folder, "report.html")}`, `json=${join(folder, "report.json")}`, `junit=${join(folder, "report.xml")}`];
    const code = await scan({ config, snapshot: join(folder, "demo.snapshot.gz"), reporter, failOn: "fail", onUnknown: "report", rules: [], at: undefined, quiet: false, verbose: false, junitWarn: undefined, junitGranularity: "subject", lang: options.lang }, context);
    terminal.say(`A report to open in a browser: ${join(folder, "report.html")}`);
    terminal.say(`Reports, snapshot and the configuration that was used: ${folder}`);
    return code;
  } finally {
    await lab.close();
  }
}
