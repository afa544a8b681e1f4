import { collect } from "../../app/collect.ts";
import { readSecrets } from "../../app/run-secrets.ts";
import { runEnvironment, type CommandContext } from "../context.ts";
import { loadRunConfig } from "../fetch-option.ts";

/** Options of `collect`. */
export interface CollectOptions {
  readonly config: string;
  readonly fetch?: boolean | undefined;
  readonly output: string | undefined;
  readonly redact?: boolean | undefined;
}

/** Reads the live state into a snapshot and says what could not be read. Exit code 3 where a target was not read whole. */
export async function collectCommand(options: CollectOptions, context: CommandContext): Promise<number> {
  const { terminal, environment } = context;
  const config = loadRunConfig(options);
  const secrets = await readSecrets(config, { environment, prompt: terminal.prompt });
  const run = runEnvironment(context);
  try {
    const stamp = new Date(run.now()).toISOString().replaceAll(/[-:]|\.\d+/g, "");
    const collected = await collect(config, secrets, options.output ?? `umpreflight-${stamp}.snapshot.gz`, run, { redact: options.redact === true });
    for (const target of collected.targets) {
      if (target.status !== "read") terminal.say(`${target.kind} ${target.name}: ${target.status === "not-read" ? "not read" : "partly read"}\n${target.problems.map((problem) => `  ${problem}`).join("\n")}`);
    }
    for (const reason of collected.reasons) terminal.say(reason);
    await terminal.write(`${collected.path}\n`);
    if (collected.interrupted) return 130;
    return collected.complete && collected.targets.every(({ status }) => status === "read") ? 0 : 3;
  } finally {
    run.release();
  }
}
