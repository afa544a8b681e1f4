import { deriveFacts } from "../derive/derive-facts.ts";
import { pathFacts } from "../model/path-facts.ts";
import type { Subject } from "../model/subject.ts";
import { createRedaction } from "../snapshot/redact.ts";
import { createTextRedaction } from "../snapshot/redact-text.ts";
import { indexOf } from "../snapshot/store.ts";
import type { SnapshotWriter } from "../snapshot/writer.ts";

/** Subjects with what only their certificates tell: paths are judged here, for the moment at which the run ended, since the certificates are not kept. */
async function judged(subjects: readonly Subject[], at: Date): Promise<readonly Subject[]> {
  const derived = await deriveFacts(indexOf(subjects), at);
  return subjects.map((subject) => {
    if (subject.kind !== "endpoint") return subject;
    const facts = derived.get("endpoint", subject.id)?.facts ?? {};
    return { ...subject, facts: { ...subject.facts, ...Object.fromEntries(pathFacts.flatMap((fact) => (facts[fact] === undefined ? [] : [[fact, facts[fact]]]))) } };
  });
}

/** A writer that takes the names out of everything before it is written. The key is made for this snapshot and kept nowhere. */
export function redactedSnapshot(writer: SnapshotWriter): SnapshotWriter {
  const redaction = createRedaction(createTextRedaction());
  return {
    mass: (subject) => writer.mass(redaction.subject(subject)),
    async finish(subjects, end) {
      const whole = await judged([...subjects], new Date(end.finishedAt));
      await writer.finish(whole.map(redaction.subject), { ...end, targets: end.targets.map(redaction.target) });
    },
    abandon: () => writer.abandon(),
  };
}
