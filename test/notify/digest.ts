import type { Digest, DigestEvent } from "../../src/model/digest.ts";

export const hostile = `<script>alert("1")</script> <!channel> *b* [l](http://x) "]\\ \u0000\u001b[31m\u202e\r\nBCC: x@y \ud800`;

export function digest(changes: Partial<Digest> = {}): Digest {
  const event: DigestEvent = { state: "new", rule: "dial-plan/security", title: "Dial plans are secured", severity: "blocker", subject: `UM dial plan ${hostile}`, subjectKind: "umDialPlan", subjectId: "guid-1", outcome: "pass → fail", message: hostile, since: "2026-06-01T06:00:00.000Z" };
  return {
    id: "0123456789abcdef0123456789abcdef", tool: "umpreflight 0.1.0", profile: "on-premises", startedAt: "2026-06-01T06:00:00.000Z", complete: true,
    counts: { new: 1, changed: 0, "unknown-now": 0, fixed: 0, gone: 0, still: 3 }, standing: { fail: 4, warn: 0, unknown: 1, waived: 0 }, events: [event], more: 0, ...changes,
  };
}

export function manyEvents(count: number): Digest {
  const [event] = digest().events;
  return digest({ events: Array.from({ length: count }, () => ({ ...(event ?? ({} as DigestEvent)), message: hostile.repeat(20) })), more: 5 });
}
