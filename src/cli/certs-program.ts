import type { Argv } from "yargs";
import type { CommandContext } from "./context.ts";
import { fromEnvironment } from "./environment-options.ts";
import { fetchOption } from "./fetch-option.ts";

/** Adds `certs`. */
export function addCertificates(program: Argv, context: CommandContext, finish: (code: Promise<number>) => Promise<void>): Argv {
  const options = {
    config: { type: "string", alias: "c", requiresArg: true, default: "umpreflight.yaml", description: "Configuration file, where no snapshot is named" },
    horizon: { type: "string", requiresArg: true, description: "Only what expires within so many days, such as 90d, and what has expired" },
    json: { type: "boolean", default: false, description: "As JSON" },
    at: { type: "string", requiresArg: true, description: "Count days from this moment (RFC 3339); now unless told" },
    ...fetchOption,
  } as const;
  return program.command(
    "certs [snapshot]",
    "Every certificate that was met, who sends it and when it expires, soonest first",
    (command) => command.positional("snapshot", { type: "string", description: "Snapshot file; without it the live state is read" }).options(fromEnvironment(options, context.environment)),
    (args) => finish(import("./commands/certs.ts").then(({ certsCommand }) => certsCommand(args, context))),
  );
}
