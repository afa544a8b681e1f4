import process from "node:process";
import type { RunEnvironment } from "../app/collect.ts";
import type { Terminal } from "./terminal.ts";

/** What every command is given. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly packageRoot: URL;
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The real clock, chance and interruption. The first Ctrl-C or SIGTERM keeps what was collected; the second ends the program at once. */
export function runEnvironment({ terminal, version }: CommandContext): RunEnvironment & { readonly release: () => void } {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(130);
    terminal.say("Interrupted: keeping what was collected. Once more ends at once.");
    controller.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return {
    toolVersion: version,
    now: () => Date.now(),
    monotonic: () => performance.now(),
    random: Math.random,
    interrupted: controller.signal,
    progress: terminal.progress,
    release: () => {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", interrupt);
    },
  };
}
