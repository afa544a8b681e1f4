import { join } from "node:path";
import { collect } from "../../app/collect.ts";
import { readSecrets } from "../../app/run-secrets.ts";
import { runEnvironment, type CommandContext } from "../context.ts";
import { loadRunConfig } from "../fetch-option.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

/** Reads the live state into a snapshot for the time of `use`. The exit code is that of `use`, or 130 when the reading was interrupted. */
export async function withTemporarySnapshot(options: Parameters<typeof loadRunConfig>[0], context: CommandContext, use: (path: string) => Promise<number>): Promise<number> {
  const config = loadRunConfig(options);
  const secrets = await readSecrets(config, { environment: context.environment, prompt: context.terminal.prompt });
  return withTemporaryFolder(async (folder) => {
    const run = runEnvironment(context);
    try {
      const { path, interrupted } = await collect(config, secrets, join(folder, "run.snapshot.gz"), run);
      const code = await use(path);
      return interrupted ? 130 : code;
    } finally {
      run.release();
    }
  });
}
