import { createHash } from "node:crypto";
import { countStates } from "../drift/compare-findings.ts";
import type { Digest, DigestEvent } from "../model/digest.ts";
import { driftStates, type FindingChange } from "../model/drift.ts";
import type { Outcome } from "../model/finding.ts";
import type { QueuedMessage } from "../model/history.ts";
import type { Notifications } from "../model/notification.ts";
import type { Report } from "../model/report.ts";
import { outcomeText } from "../report/changes/text.ts";
import { subjectText } from "../report/finding-text.ts";
import { severityRank } from "../report/order.ts";
import { shortened } from "../report/shorten.ts";
import { afterQuietHours } from "./quiet-hours.ts";

const listed = 100;

function eventOf(change: FindingChange): DigestEvent {
  const { state, rule, title, severity, subject, message, since } = change;
  return { state, rule, title, severity, subject: shortened(subjectText(subject), 200), subjectKind: subject.kind, subjectId: shortened(subject.id, 200), outcome: outcomeText(change), message: shortened(message, 500), ...(since === undefined ? {} : { since }) };
}

const outcomeRank: Readonly<Record<Outcome, number>> = { fail: 0, warn: 1, unknown: 2, pass: 3, "not-applicable": 3 };

/** What weighs most comes first, as long lists are cut: an outage makes hundreds of findings unknown, and must not hide the failure that was mended. */
function byWeight(a: FindingChange, b: FindingChange): number {
  const worst = ({ before = "pass", after = "pass" }: FindingChange): number => Math.min(outcomeRank[before], outcomeRank[after]);
  return driftStates.indexOf(a.state) - driftStates.indexOf(b.state) || worst(a) - worst(b) || severityRank[a.severity] - severityRank[b.severity];
}

/** What a run has to tell, and to whom: a message for each channel, or none where nothing is to be told. `history` tells histories apart. */
export function messagesOf(events: readonly FindingChange[], report: Report, notifications: Notifications, { history, now }: { readonly history: string; readonly now: Date }): readonly QueuedMessage[] {
  const told = events.filter(({ state }) => notifications.states.includes(state)).sort(byWeight);
  if (told.length === 0 || notifications.channels.length === 0) return [];
  const { run, summary, tool } = report;
  const id = createHash("sha256").update(JSON.stringify([history, run.profile, run.startedAt, run.finishedAt])).digest("hex").slice(0, 32);
  const { fail, warn, unknown, waived } = summary;
  const digest: Digest = {
    id,
    tool: `${tool.name} ${tool.version}`,
    profile: run.profile,
    startedAt: run.startedAt,
    complete: run.complete,
    counts: countStates(told),
    standing: { fail, warn, unknown, waived },
    events: told.slice(0, listed).map(eventOf),
    more: Math.max(0, told.length - listed),
  };
  const payload = JSON.stringify(digest);
  const notBefore = (notifications.quietHours === undefined ? now : afterQuietHours(now, notifications.quietHours)).toISOString();
  return notifications.channels.map(({ name }) => ({ key: `${id}/${name}`, channel: name, payload, notBefore }));
}
