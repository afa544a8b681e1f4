import { readFile } from "node:fs/promises";
import type { SecretReference } from "../model/secret-reference.ts";
import { ConfigError } from "../model/errors.ts";
import type { History } from "../model/history.ts";
import type { Channel, Notifications } from "../model/notification.ts";
import { unreadableFile } from "../model/unreadable-file.ts";
import type { ReadyChannel } from "../notify/channel.ts";
import { deliver, type Delivery } from "../notify/deliver.ts";
import { openHistoryFile, type ProcessIdentity } from "./history.ts";
import { resolveSecret, type SecretSources } from "./secrets.ts";

/** How long a receiver may take. */
export const timeoutMs = 20_000;

async function caOf(files: readonly string[] | undefined, name: string): Promise<readonly string[] | undefined> {
  if (files === undefined) return undefined;
  return Promise.all(files.map(async (file) => readFile(file, "utf8").catch((cause: unknown) => {
    throw new ConfigError("notification-ca", `channel ${name}: ${unreadableFile(file, cause)}`, { cause });
  })));
}

/** Resolves the secrets of a channel and reads its certificates. @throws ConfigError */
export async function readyChannel(channel: Channel, sources: SecretSources): Promise<ReadyChannel> {
  const { name } = channel;
  const secret = async (reference: SecretReference | undefined, what: string): Promise<string | undefined> => (reference === undefined ? undefined : resolveSecret(reference, `${what} of channel ${name}`, sources));
  switch (channel.type) {
    case "webhook": {
      const url = typeof channel.url === "string" ? channel.url : await resolveSecret(channel.url, `address of channel ${name}`, sources);
      if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new ConfigError("notification-url", `channel ${name}: what stands where its address is found is no http or https address`);
      return { type: "webhook", name, url, format: channel.format, authorization: await secret(channel.authorization, "authorization"), ca: await caOf(channel.ca, name) };
    }
    case "smtp":
      return { ...channel, user: channel.user, password: await secret(channel.password, "password"), ca: await caOf(channel.ca, name) };
    case "syslog":
      return { ...channel, ca: await caOf(channel.ca, name) };
    case "command":
      return channel;
  }
}

/** What sending needs from the program around it. */
export interface NotifyEnvironment {
  readonly process: ProcessIdentity;
  readonly secrets: SecretSources;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** Sends what waits in the outbox. A channel that cannot be reached keeps its messages. */
export async function sendWaiting(history: History, { channels }: Notifications, { process, secrets, now, signal }: NotifyEnvironment): Promise<Delivery> {
  return deliver(history, {
    timeoutMs,
    host: process.host,
    pid: process.pid,
    now: () => new Date(now()),
    signal,
    channel: async (name) => {
      const channel = channels.find((one) => one.name === name);
      return channel === undefined ? undefined : readyChannel(channel, secrets);
    },
  });
}

/** Opens a history to send what waits in it. @throws HistoryError */
export async function sendFrom(path: string, notifications: Notifications, environment: NotifyEnvironment): Promise<Delivery> {
  const history = await openHistoryFile(path, environment.process, new Date(environment.now()));
  try {
    return await sendWaiting(history, notifications, environment);
  } finally {
    history.close();
  }
}
