import { createHash } from "node:crypto";
import type { Digest } from "../model/digest.ts";
import type { Notifications } from "../model/notification.ts";
import { send } from "../notify/deliver.ts";
import { readyChannel, timeoutMs, type NotifyEnvironment } from "./notify.ts";

function sampleDigest(profile: string, now: Date, toolVersion: string): Digest {
  const startedAt = now.toISOString();
  return {
    id: createHash("sha256").update(`test ${startedAt}`).digest("hex").slice(0, 32),
    tool: `umpreflight ${toolVersion}`,
    profile,
    startedAt,
    complete: true,
    counts: { new: 1, changed: 0, "unknown-now": 0, fixed: 0, gone: 0, still: 0 },
    standing: { fail: 0, warn: 0, unknown: 0, waived: 0 },
    events: [{ state: "new", rule: "umpreflight/test", title: "A test", severity: "advice", subject: "Deployment TEST", subjectKind: "deployment", subjectId: "deployment", outcome: "test", message: "This is a test of the notification channel. Nothing was found." }],
    more: 0,
  };
}

/** Sends a test to channels, past the outbox, and says for each how it went; undefined: it was taken. */
export async function testChannels({ channels }: Notifications, profile: string, toolVersion: string, { process, secrets, now, signal }: NotifyEnvironment): Promise<readonly { readonly channel: string; readonly problem: string | undefined }[]> {
  const results: { readonly channel: string; readonly problem: string | undefined }[] = [];
  for (const channel of channels) {
    try {
      await send(await readyChannel(channel, secrets), sampleDigest(profile, new Date(now()), toolVersion), { timeoutMs, host: process.host, pid: process.pid, now: new Date(now()), signal });
      results.push({ channel: channel.name, problem: undefined });
    } catch (error) {
      results.push({ channel: channel.name, problem: error instanceof Error ? error.message : String(error) });
    }
  }
  return results;
}
