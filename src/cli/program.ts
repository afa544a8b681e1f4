import process from "node:process";
import yargs, { type Argv } from "yargs";
import { AppError, describeError, UsageError } from "../model/errors.ts";
import { addCertificates } from "./certs-program.ts";
import type { CommandContext } from "./context.ts";
import { addDrift } from "./drift-program.ts";
import { ownRules } from "./own-rules.ts";
import { fromEnvironment } from "./environment-options.ts";
import { fetchOption } from "./fetch-option.ts";
import { languageOption } from "./language-option.ts";
import { addMatrix } from "./matrix-program.ts";
import { momentOption, reportOptions } from "./options.ts";
import { addProcess } from "./process-program.ts";
import { renderingOptions } from "./render-options.ts";
import { addRules } from "./rules-program.ts";
import { openTerminal } from "./terminal.ts";

/** Where the program is and which it is. */
export interface ProgramIdentity {
  readonly packageRoot: URL;
  readonly version: string;
}

type Finish = (code: Promise<number>) => Promise<void>;

function addScanning(program: Argv, context: CommandContext, finish: Finish): Argv {
  const { environment } = context;
  const redact = { redact: { type: "boolean", default: false, description: "Replace names by pseudonyms before anything is written; verdicts stay" } } as const;
  const configOption = { config: { type: "string", alias: "c", requiresArg: true, default: "umpreflight.yaml", description: "Configuration file" }, ...fetchOption } as const;
  return program
    .command(
      "scan",
      "Read the live state and judge it",
      (command) => reportOptions(command.options(fromEnvironment({ ...configOption, ...redact, ...momentOption, snapshot: { type: "string", requiresArg: true, description: "Keep the snapshot in this file" } }, environment)), environment),
      (args) => finish(import("./commands/scan.ts").then(({ scan }) => scan(args, context))),
    )
    .command(
      "collect",
      "Read the live state into a snapshot file",
      (command) => command.options(fromEnvironment({ ...configOption, ...redact, output: { type: "string", alias: "o", requiresArg: true, description: "Snapshot file; umpreflight-<time>.snapshot.gz unless told" } }, environment)),
      (args) => finish(import("./commands/collect.ts").then(({ collectCommand }) => collectCommand(args, context))),
    )
    .command(
      "evaluate <snapshot>",
      "Judge a snapshot file; nothing connects",
      (command) => reportOptions(command.positional("snapshot", { type: "string", demandOption: true, description: "Snapshot file" }).options(fromEnvironment({ config: { type: "string", alias: "c", requiresArg: true, description: "Configuration file, for parameters and rule folders" }, overlay: { type: "string", array: true, requiresArg: true, default: [] as string[], description: "Planned changes (docs/what-if.md) that are laid over the snapshot; what they change is reported; may be repeated" }, ...momentOption }, environment)), environment),
      (args) => finish(import("./commands/evaluate.ts").then(({ evaluateCommand }) => evaluateCommand(args, context))),
    );
}

function addDemo(program: Argv, context: CommandContext, finish: Finish): Argv {
  return program.command(
    "demo",
    "Start a small deployment with planted mistakes in this process and scan it",
    (command) => command.options(fromEnvironment({ output: { type: "string", alias: "o", requiresArg: true, description: "Folder for reports and configuration" }, healthy: { type: "boolean", default: false, description: "Without the mistakes" }, generation: { type: "string", requiresArg: true, description: "Another generation of products, without mistakes: exchange-2007, exchange-2010-rtm, exchange-2010-sp3, exchange-2013, exchange-2016, hosted or cloud-voicemail" }, ...languageOption }, context.environment)),
    (args) => finish(import("./commands/demo.ts").then(({ demo }) => demo(args, context))),
  );
}

function addExplain(program: Argv, context: CommandContext, finish: Finish): Argv {
  const options = {
    snapshot: { type: "string", alias: "s", requiresArg: true, demandOption: true, description: "Snapshot file: of `collect`, or of `scan --snapshot`" },
    config: { type: "string", alias: "c", requiresArg: true, description: "Configuration file, for parameters and rule folders" },
    ...ownRules,
    at: { type: "string", requiresArg: true, description: "Judge as of this moment (RFC 3339); now unless told" },
    ...languageOption,
  } as const;
  return program.command(
    "explain <rule> [subject]",
    "How a rule came to its findings: facts, conditions, certificate paths, what would change it",
    (command) => command.positional("rule", { type: "string", demandOption: true, description: "Id of the rule" }).positional("subject", { type: "string", description: "Name or id of one subject; all unless told" }).options(fromEnvironment(options, context.environment)),
    (args) => finish(import("./commands/explain.ts").then(({ explainCommand }) => explainCommand(args, context))),
  );
}

function addReport(program: Argv, context: CommandContext, finish: Finish): Argv {
  return program.command(
    "report <file>",
    "Render a saved JSON report in other formats; nothing is read or judged anew",
    (command) => command.positional("file", { type: "string", demandOption: true, description: "Report that --reporter json=FILE wrote" }).options(fromEnvironment({ ...renderingOptions, "fail-on": { choices: ["warn", "fail"] as const, description: "Lowest outcome that gives exit code 1; that of the run unless told" } }, context.environment)),
    (args) => finish(import("./commands/report.ts").then(({ reportCommand }) => reportCommand(args, context))),
  );
}

const repeatable = new Set(["_", "reporter", "rules", "cases", "requirement", "profile", "overlay"]);
const epilogue = "Exit codes: 0 nothing failed and nothing unknown, 1 findings, 2 the run could not be made, 3 something is unknown, 130 interrupted.\nOptions can be set as UMPREFLIGHT_<OPTION> in the environment. Documentation: docs/.";

const usageHint = "umpreflight --help lists the commands, umpreflight <command> --help their options.";

/** Options that take one value and were given two, of which nobody could say which is meant. */
function refuseRepeated(argv: Readonly<Record<string, unknown>>): true {
  const [twice] = Object.entries(argv).filter(([name, value]) => Array.isArray(value) && !repeatable.has(name));
  if (twice !== undefined) throw new UsageError("usage", `--${twice[0]} stands more than once`);
  return true;
}

/** Parses the command line and runs the command. Every error that is the user's or the world's becomes a sentence and exit code 2. */
export async function runProgram(args: readonly string[], { packageRoot, version }: ProgramIdentity): Promise<number> {
  const terminal = openTerminal(process.env);
  const context: CommandContext = { terminal, packageRoot, version, environment: process.env };
  let exitCode = 0;
  const finish: Finish = async (code) => {
    exitCode = await code;
  };
  const program = yargs([...args])
    .scriptName("umpreflight")
    .usage("$0 <command>\n\nPreflight checks for Exchange Unified Messaging or Cloud Voicemail with Lync / Skype for Business Server. Only ever reads.")
    .version(version)
    .help()
    .parserConfiguration({ "greedy-arrays": false, "dot-notation": false }) // `--reporter json FILE` takes one value, `--config.x` is no option
    .strict()
    .check((argv) => refuseRepeated(argv))
    .demandCommand(1, "Name a command.")
    .recommendCommands()
    .wrap(Math.min(100, process.stdout.columns ?? 80))
    .epilogue(epilogue)
    .exitProcess(false)
    .fail((message, error) => {
      throw error instanceof Error ? error : new UsageError("usage", message, { hint: usageHint });
    });
  try {
    // In the order of the help: a run, what to make of it, what changed since, and what is behind it.
    const groups = [addScanning, addReport, addProcess, addExplain, addMatrix, addCertificates, addDrift, addRules, addDemo];
    await groups.reduce((whole, add) => add(whole, context, finish), program).parseAsync();
    return exitCode;
  } catch (thrown) {
    // An option without its value is an error of yargs that `fail` is not called for.
    const error = thrown instanceof Error && thrown.name === "YError" ? new UsageError("usage", thrown.message, { hint: usageHint, cause: thrown }) : thrown;
    terminal.say(error instanceof AppError ? describeError(error) : `internal error, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return 2;
  } finally {
    terminal.clearProgress();
  }
}
