import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The program as it is shipped. */
export const program = fileURLToPath(new URL("../../bin/umpreflight.js", import.meta.url));

/** How a run of the program ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run of the program is given. */
export interface Running {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with what stderr and stdout hold so far, and how to send a signal or close the reader's end of stdout. */
  /** Given how to send a signal as soon as the program runs. */
  readonly started?: (kill: (signal: NodeJS.Signals) => void) => void;
  readonly watch?: (seen: { readonly stdout: string; readonly stderr: string }, act: { readonly kill: (signal: NodeJS.Signals) => void; readonly closeOutput: () => void }) => void;
}

/** The environment without settings of the program, which a developer's shell may hold. */
function cleanEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("UMPREFLIGHT_") && name !== "NODE_OPTIONS"));
}

/** Runs the built program. */
export async function run(args: readonly string[], running: Running = {}): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], { cwd: running.cwd, env: { ...cleanEnvironment(), ...running.environment }, stdio: ["ignore", "pipe", "pipe"] });
  const seen = { stdout: "", stderr: "" };
  const act = { kill: (signal: NodeJS.Signals) => void child.kill(signal), closeOutput: () => void child.stdout.destroy() };
  running.started?.(act.kill);
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => {
      seen[name] += chunk;
      running.watch?.(seen, act);
    });
  }
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return { code, signal, ...seen };
}

/** A folder for one test file, and how to remove it. */
export async function folder(): Promise<{ readonly path: (name: string) => string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "umpreflight-cli-"));
  return { path: (name) => join(path, name), remove: () => rm(path, { recursive: true, force: true }) };
}

/** A port that counts who connects and sends everybody away. */
export async function countingPort(): Promise<{ readonly port: number; readonly connections: () => number; readonly close: () => void }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, connections: () => connections, close: () => void server.close() };
}

/** What never belongs in front of a user: stack traces, and control characters other than line ends. */
export function unfit({ stdout, stderr }: Pick<Ended, "stdout" | "stderr">): readonly string[] {
  const text = `${stdout}${stderr}`;
  const problems = text.match(/^\s+at .*[:(].*\d+:\d+\)?$|node:internal|internal error|UnhandledPromise|Warning:/gmu) ?? [];
  return [...problems, ...(text.match(/[^\P{Cc}\n]/gu) ?? [])];
}
