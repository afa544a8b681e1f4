import type { Argv } from "yargs";
import type { CommandContext } from "./context.ts";
import { fromEnvironment } from "./environment-options.ts";
import { languageOption } from "./language-option.ts";

/** Adds `matrix`. */
export function addMatrix(program: Argv, context: CommandContext, finish: (code: Promise<number>) => Promise<void>): Argv {
  const options = { json: { type: "boolean", default: false, description: "As JSON" }, ...languageOption } as const;
  return program.command(
    "matrix <from>",
    "Gateway, hunt group and pilot identifier of each pool in each SIP dial plan",
    (command) => command.positional("from", { type: "string", demandOption: true, description: "Snapshot or JSON report" }).options(fromEnvironment(options, context.environment)),
    (args) => finish(import("./commands/matrix.ts").then(({ matrixCommand }) => matrixCommand(args, context))),
  );
}
