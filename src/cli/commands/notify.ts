import { sendFrom } from "../../app/notify.ts";
import { testChannels } from "../../app/notify-test.ts";
import { loadConfig } from "../../config/config-file.ts";
import { UsageError } from "../../model/errors.ts";
import type { CommandContext } from "../context.ts";
import { processIdentity } from "../process-identity.ts";

/** Options of the `notify` commands. */
export interface NotifyOptions {
  readonly config: string;
}

function environmentOf({ environment, terminal }: CommandContext) {
  return { process: processIdentity(), secrets: { environment, prompt: terminal.prompt }, now: Date.now, signal: new AbortController().signal };
}

/** `notify test`: sends a test to every channel, or the one that is named. Exit code 1 where one did not take it. */
export async function testNotifications({ config: file, channel }: NotifyOptions & { readonly channel: string | undefined }, context: CommandContext): Promise<number> {
  const { drift, profile } = loadConfig(file);
  const channels = drift.notifications.channels.filter(({ name }) => channel === undefined || name === channel);
  if (channels.length === 0) throw new UsageError("channel", channel === undefined ? `${file} has no notification channels` : `there is no channel ${channel}`, { hint: "docs/drift.md says how channels are written." });
  const results = await testChannels({ ...drift.notifications, channels }, profile, context.version, environmentOf(context));
  for (const { channel: name, problem } of results) await context.terminal.write(`${name}: ${problem === undefined ? "taken" : `not sent: ${problem}`}\n`);
  return results.some(({ problem }) => problem !== undefined) ? 1 : 0;
}

/** `notify send`: sends what waits in the outbox and is due. Exit code 1 where something was not sent. */
export async function sendNotifications({ config: file }: NotifyOptions, context: CommandContext): Promise<number> {
  const { drift } = loadConfig(file);
  if (drift.history === undefined) throw new UsageError("history", `${file} names no history, where notifications wait`);
  const { sent, problems } = await sendFrom(drift.history, drift.notifications, environmentOf(context));
  for (const problem of problems) context.terminal.say(`Notification ${problem}`);
  await context.terminal.write(`${sent} sent\n`);
  return problems.length > 0 ? 1 : 0;
}
