import process from "node:process";

declare const __VERSION__: string;

/** Runs the command line and returns the exit code (design: 0 fine, 1 findings, 2 not run, 3 unknown, 130 interrupted). */
export async function main(args: readonly string[]): Promise<number> {
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
    process.stdout.write(`${__VERSION__}\n`);
    return 0;
  }
  return 2;
}
