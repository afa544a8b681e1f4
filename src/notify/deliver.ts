import type { Digest } from "../model/digest.ts";
import type { ClaimedMessage, History } from "../model/history.ts";
import type { ReadyChannel, SendContext } from "./channel.ts";
import { runCommand } from "./run-command.ts";
import { sendMail } from "./send-mail.ts";
import { sendSyslog } from "./send-syslog.ts";
import { sendWebhook } from "./send-webhook.ts";

/** What delivering needs. */
export interface DeliverOptions extends Omit<SendContext, "now"> {
  readonly now: () => Date;
  /** The channel of that name, ready; undefined where the configuration has none any more. @throws where a secret cannot be had */
  readonly channel: (name: string) => Promise<ReadyChannel | undefined>;
}

/** How a delivery went. */
export interface Delivery {
  readonly sent: number;
  /** Sentences on what was not sent. */
  readonly problems: readonly string[];
}

const firstRetryMs = 60_000;
const longestRetryMs = 6 * 3_600_000;
/** About ten days of trying. */
const mostAttempts = 48;

/** When a message is tried again after its nth attempt: doubling from a minute to six hours; undefined when it is given up. */
export function retryAt(attempt: number, now: Date): Date | undefined {
  return attempt >= mostAttempts ? undefined : new Date(now.getTime() + Math.min(longestRetryMs, firstRetryMs * 2 ** (attempt - 1)));
}

/** Sends a digest to a channel. @throws Error where it was not taken */
export async function send(channel: ReadyChannel, digest: Digest, context: SendContext): Promise<void> {
  switch (channel.type) {
    case "webhook":
      return sendWebhook(channel, digest, context);
    case "smtp":
      return sendMail(channel, digest, context);
    case "syslog":
      return sendSyslog(channel, digest, context);
    case "command":
      return runCommand(channel, digest, context);
  }
}

async function deliverOne(outbox: Pick<History, "sent" | "unsent">, message: ClaimedMessage, options: DeliverOptions): Promise<string | undefined> {
  const { now, channel: channelNamed } = options;
  try {
    const channel = await channelNamed(message.channel);
    if (channel === undefined) {
      outbox.unsent(message.id, "there is no such channel any more", undefined);
      return `${message.channel}: a message was given up: there is no such channel any more`;
    }
    await send(channel, JSON.parse(message.payload) as Digest, { ...options, now: now() });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const again = retryAt(message.attempt, now());
    outbox.unsent(message.id, why, again);
    return `${message.channel}: not sent (attempt ${message.attempt}): ${why}; ${again === undefined ? "given up" : `tried again from ${again.toISOString()}`}`;
  }
  outbox.sent(message.id, now());
  return undefined;
}

/** Sends what waits in the outbox, each message once; what fails goes back with a later time. */
export async function deliver(outbox: Pick<History, "claim" | "sent" | "unsent">, options: DeliverOptions): Promise<Delivery> {
  // Long enough for every deadline within one sending, so that no other process sends it too; short enough that a crash does not delay it for long.
  const leaseMs = options.timeoutMs * 5 + 60_000;
  const problems: string[] = [];
  let sent = 0;
  for (;;) {
    const messages = options.signal.aborted ? [] : outbox.claim(options.now(), leaseMs, 1);
    if (messages.length === 0) return { sent, problems };
    for (const message of messages) {
      const problem = await deliverOne(outbox, message, options);
      if (problem === undefined) sent += 1;
      else problems.push(problem);
    }
  }
}
