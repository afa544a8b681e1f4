import process from "node:process";
import { keepHeapSmall } from "./memory-flags.ts";

declare const __VERSION__: string;

/**
 * Runs the command line.
 * @param args the arguments behind the program's name
 * @param packageRoot folder of the package, which holds `rules/` and `dist/`
 * @returns the exit code: 0 fine, 1 findings, 2 the run could not be made, 3 something is unknown, 130 interrupted
 */
export async function main(args: readonly string[], packageRoot: URL): Promise<number> {
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
    process.stdout.write(`${__VERSION__}\n`); // before anything else is loaded
    return 0;
  }
  keepHeapSmall();
  const { runProgram } = await import("./program.ts");
  return runProgram(args, { packageRoot, version: __VERSION__ });
}
