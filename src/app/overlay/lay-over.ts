import { plannedSource } from "../../config/overlay-file.ts";
import { SnapshotError } from "../../model/errors.ts";
import { kinds, type KindName } from "../../model/kinds.ts";
import type { Overlay } from "../../model/overlay.ts";
import { readSnapshot } from "../../snapshot/reader.ts";
import { writeSnapshot } from "../../snapshot/writer.ts";
import { applyOverlay } from "./apply-overlay.ts";
import { applyCertificates } from "./planned-certificates.ts";
import type { PlannedWorld } from "./find-subject.ts";

/** Writes a snapshot with planned changes laid over another; users are copied as they are. It says itself that it is planned. @throws ConfigError for changes that do not fit, SnapshotError */
export async function layOver(snapshot: string, overlays: readonly Overlay[], target: string): Promise<void> {
  const before = await readSnapshot(snapshot);
  // Each line that could not be understood may have been a user, and the copy would not tell.
  if (before.lostLines > 0) throw new SnapshotError("snapshot-lost", `${snapshot} has lines that could not be understood: nothing can be laid over it`, { hint: "Collect it anew." });
  if (before.header.redacted === true) throw new SnapshotError("snapshot-redacted", `${snapshot} is redacted: its certificates are gone and its names are pseudonyms, so nothing can be laid over it`, { hint: "Lay it over the snapshot of a run without --redact." });
  const world: PlannedWorld = new Map((Object.keys(kinds) as KindName[]).map((kind) => [kind, new Map(before.subjects.all(kind).map((subject) => [subject.id, subject]))]));
  for (const overlay of overlays) {
    applyOverlay(world, overlay, plannedSource(overlay.file));
    await applyCertificates(world, overlay.certificates, plannedSource(overlay.file));
  }
  const { tool, startedAt, profile, planned } = before.header;
  const titles = [...(planned?.titles ?? []), ...overlays.map(({ title }) => title)];
  const files = [...(planned?.files ?? []), ...overlays.map(({ file }) => file)];
  const writer = await writeSnapshot(target, { tool, startedAt, profile, planned: { titles, files } });
  try {
    for await (const subject of before.mass()) await writer.mass(subject);
    const { finishedAt, complete, reasons, targets } = before;
    await writer.finish([...world.values()].flatMap((subjects) => [...subjects.values()]), { finishedAt, complete, reasons, targets });
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}
