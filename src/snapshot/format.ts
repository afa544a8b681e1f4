import type { PlannedNote } from "../model/overlay.ts";
import type { ReportTarget } from "../model/report.ts";

/** Version of the snapshot format; a reader refuses a later one. */
export const snapshotVersion = 1;

/** First line of a snapshot. */
export interface SnapshotHeader {
  readonly umpreflight: "snapshot";
  readonly version: number;
  readonly tool: string;
  readonly startedAt: string;
  readonly profile: string;
  /** What was laid over what was read; missing where nothing was. */
  readonly planned?: PlannedNote;
  /** Names are pseudonyms, certificates are gone, and what was worked out of certificates is in it. */
  readonly redacted?: true;
}

/** Last line of a snapshot. `digest` is the SHA-256 of all lines before it, each with its newline. */
export interface SnapshotTrailer {
  readonly trailer: true;
  readonly finishedAt: string;
  readonly complete: boolean;
  readonly reasons: readonly string[];
  readonly targets: readonly ReportTarget[];
  readonly subjects: number;
  readonly massSubjects: number;
  readonly digest: string;
}
