import type { Argv } from "yargs";
import type { CommandContext } from "./context.ts";
import { fromEnvironment } from "./environment-options.ts";
import { fetchOption } from "./fetch-option.ts";
import { languageOption } from "./language-option.ts";
import { ownRules } from "./own-rules.ts";
import { renderingOptions } from "./render-options.ts";

/** Adds `process`. */
export function addProcess(program: Argv, context: CommandContext, finish: (code: Promise<number>) => Promise<void>): Argv {
  const options = {
    config: { type: "string", alias: "c", requiresArg: true, description: "Configuration file; umpreflight.yaml where no file is named" },
    ...ownRules,
    at: { type: "string", requiresArg: true, description: "Judge as of this moment (RFC 3339); now unless told" },
    waivers: { type: "string", requiresArg: true, description: "Waivers file: accepted findings" },
    json: { type: "boolean", default: false, description: "As JSON" },
    quiet: { ...renderingOptions.quiet, description: "The state of each phase only" },
    verbose: { ...renderingOptions.verbose, description: "Every rule, and where the phases are documented" },
    ...languageOption,
    ...fetchOption,
  } as const;
  return program.command(
    "process [from]",
    "The deployment process phase by phase: done, wrong, missing or not known, and who may do it",
    (command) => command.positional("from", { type: "string", description: "Snapshot or JSON report; without it the live state is read" }).options(fromEnvironment(options, context.environment)),
    (args) => finish(import("./commands/process.ts").then(({ processCommand }) => processCommand(args, context))),
  );
}
