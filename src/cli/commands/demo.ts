import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UsageError } from "../../model/errors.ts";
import type { CommandContext } from "../context.ts";
import type { LanguageOption } from "../language-option.ts";
import type * as labs from "../../lab/index.ts";
import { scan } from "./scan.ts";

/** Options of `demo`. */
export interface DemoOptions extends LanguageOption {
  readonly output: string | undefined;
  readonly healthy: boolean;
  readonly generation: string | undefined;
}

type Labs = typeof labs;

/** A deployment with what is said of it. */
interface Shown {
  readonly deployment: ReturnType<Labs["healthyDeployment"]>;
  readonly profile: string;
  readonly said: string;
}

/** The mistakes are those of the deployment with Exchange 2013 and 2016; other generations are shown without any. */
function shown({ healthy, generation: name }: DemoOptions, { applyChanges, demoMistakes, generationDeployment, generationNamed, generations, healthyDeployment }: Labs): Shown {
  if (name !== undefined) {
    const generation = generationNamed(name);
    if (generation === undefined) throw new UsageError("generation", `there is no generation ${name}`, { hint: `Generations:\n${generations.map((one) => `    ${one.name.padEnd(18)} ${one.title}`).join("\n")}` });
    return { deployment: generationDeployment(generation), profile: generation.profile, said: `A healthy deployment: ${generation.title}.${generation.limits.map(({ rule, why }) => `\n  - ${rule} does not pass: ${why}`).join("")}` };
  }
  if (healthy) return { deployment: healthyDeployment(), profile: "on-premises", said: "A healthy deployment: contoso.test with Lync Server 2013, fabrikam.test with Exchange 2013 and 2016." };
  const mistakes = demoMistakes();
  return { deployment: applyChanges(healthyDeployment(), mistakes.flatMap(({ changes }) => changes)), profile: "on-premises", said: `Contoso and Fabrikam, with ${mistakes.length} planted mistakes:\n${mistakes.map(({ title }) => `  - ${title}`).join("\n")}` };
}

/**
 * Starts a deployment with planted mistakes in this process, scans it over real sockets like any other, prints the table and leaves reports. The exit code is
 * that of the scan: 1, since the mistakes are found.
 */
export async function demo(options: DemoOptions, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const loaded = await import("../../lab/index.ts");
  const { deployment, profile, said } = shown(options, loaded);
  const folder = resolve(options.output ?? "umpreflight-demo");
  await mkdir(folder, { recursive: true });
  terminal.progress("starting the lab");
  const lab = await loaded.startLab(deployment, { directory: folder });
  try {
    const config = await loaded.writeScannerConfiguration(lab, { profile });
    terminal.say(said);
    const reporter = ["table", `html=${join(folder, "report.html")}`, `json=${join(folder, "report.json")}`, `junit=${join(folder, "report.xml")}`];
    const code = await scan({ config, snapshot: join(folder, "demo.snapshot.gz"), reporter, failOn: "fail", onUnknown: "report", rules: [], at: undefined, quiet: false, verbose: false, junitWarn: undefined, junitGranularity: "subject", lang: options.lang }, context);
    terminal.say(`A report to open in a browser: ${join(folder, "report.html")}`);
    terminal.say(`Reports, snapshot and the configuration that was used: ${folder}`);
    return code;
  } finally {
    await lab.close();
  }
}
