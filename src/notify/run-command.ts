import { spawn } from "node:child_process";
import type { Digest } from "../model/digest.ts";
import type { ReadyChannel, SendContext } from "./channel.ts";
import { webhookBody } from "./webhook-body.ts";

type Command = Extract<ReadyChannel, { type: "command" }>;

/**
 * Runs a program with the digest as JSON on its standard input. The arguments are those of the configuration, passed as they are: no shell reads them, and nothing foreign
 * is among them.
 * @throws Error where it cannot be started, does not end in time, or ends with another code than 0
 */
export async function runCommand({ argv }: Command, digest: Digest, { timeoutMs, signal }: SendContext): Promise<void> {
  const [program, ...args] = argv;
  await new Promise<void>((resolve, reject) => {
    const child = spawn(program, args, { shell: false, windowsHide: true, stdio: ["pipe", "ignore", "ignore"], timeout: timeoutMs, killSignal: "SIGKILL", signal });
    child.once("error", reject);
    child.once("exit", (code, killedBy) => {
      if (code === 0) resolve();
      else reject(new Error(killedBy === null ? `${program} ended with code ${String(code)}` : `${program} was ended by ${killedBy}, after at most ${timeoutMs} ms`));
    });
    // A program that does not read its input is no error.
    child.stdin.on("error", () => undefined);
    child.stdin.end(`${webhookBody(digest, "json")}\n`);
  });
}
