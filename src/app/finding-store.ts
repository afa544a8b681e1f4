import { randomUUID } from "node:crypto";
import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { addToSummary, emptySummary } from "../engine/summary.ts";
import { ReportError } from "../model/errors.ts";
import type { Finding, Summary } from "../model/finding.ts";
import { linesOf } from "../report/read-report/lines.ts";

/** A few megabytes. Most deployments never have more, and no file is made for them. */
const heldFindings = 1000;
const chunkBytes = 65_536;

/** What all findings of a rule share, written once and held once. */
type Shared = Pick<Finding, "rule" | "title" | "requirements" | "severity" | "references">;

/** Takes the findings of a run as they are made. A directory with a million users may have more of them than fit into memory: from some number on they go to a file. */
export interface FindingStore {
  readonly add: (finding: Finding) => void;
  /** All findings in the order in which they were added, read from the start each time they are walked. To be called once, after the last was added. */
  readonly finish: () => { readonly findings: Iterable<Finding>; readonly summary: Summary };
}

interface Spill {
  readonly file: number;
  readonly shared: Shared[];
  /** By rule; the last where a rule says different things. */
  readonly numbers: Map<string, number>;
  size: number;
  pending: string;
}

/** Files of findings that nobody walks any more are closed, and with that gone: their names went as soon as they were made. */
const unreachable = new FinalizationRegistry<number>((file) => {
  closeSync(file);
});

function refuse(folder: string, cause: unknown): never {
  throw new ReportError("findings-store", `cannot keep the findings in ${folder}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause, hint: "There are too many for memory. Make room on that disk, or name another folder for temporary files in TMPDIR (TEMP on Windows)." });
}

/** A file that only this process can reach: it is readable by its owner alone, and has no name once it is open, so that it goes with the process however that ends. */
function openSpill(folder: string): Spill {
  const path = join(folder, `umpreflight-${randomUUID()}.findings`);
  const file = openSync(path, "wx+", 0o600);
  rmSync(path);
  const spill: Spill = { file, shared: [], numbers: new Map(), size: 0, pending: "" };
  unreachable.register(spill, file);
  return spill;
}

function numberOf({ shared, numbers }: Spill, { rule, title, requirements, severity, references }: Finding): number {
  const number = numbers.get(rule);
  const before = number === undefined ? undefined : shared[number];
  if (number !== undefined && before?.title === title && before.requirements === requirements && before.severity === severity && before.references === references) return number;
  numbers.set(rule, shared.length);
  return shared.push({ rule, title, requirements, severity, references }) - 1;
}

function flush(spill: Spill): void {
  const bytes = Buffer.from(spill.pending, "utf8");
  spill.pending = "";
  for (let written = 0; written < bytes.length; ) {
    const count = writeSync(spill.file, bytes, written, bytes.length - written, spill.size);
    written += count;
    spill.size += count;
  }
}

function append(spill: Spill, finding: Finding): void {
  const { rule: _rule, title: _title, requirements: _requirements, severity: _severity, references: _references, ...own } = finding;
  spill.pending += `${numberOf(spill, finding)} ${JSON.stringify(own)}\n`;
  if (spill.pending.length >= chunkBytes) flush(spill);
}

function* chunksOf({ file, size }: Spill): Generator<string> {
  const decoder = new StringDecoder("utf8");
  const buffer = Buffer.alloc(Math.min(chunkBytes, size));
  for (let at = 0; at < size; ) {
    const read = readSync(file, buffer, 0, Math.min(buffer.length, size - at), at);
    if (read === 0) throw new Error("the file of findings is shorter than it was written");
    at += read;
    yield decoder.write(buffer.subarray(0, read));
  }
}

function* spilled(spill: Spill): Generator<Finding> {
  for (const line of linesOf(chunksOf(spill), "findings")) {
    const space = line.indexOf(" ");
    const shared = spill.shared[Number(line.slice(0, space))];
    if (shared !== undefined) yield { ...shared, ...(JSON.parse(line.slice(space + 1)) as Omit<Finding, keyof Shared>) };
  }
}

/** An empty store. `folder` is for the file, should one be needed. */
export function findingStore({ held = heldFindings, folder = tmpdir() }: { readonly held?: number; readonly folder?: string } = {}): FindingStore {
  const first: Finding[] = [];
  const summary = emptySummary();
  let spill: Spill | undefined;
  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (cause) {
      refuse(folder, cause);
    }
  };
  return {
    add(finding) {
      addToSummary(summary, finding);
      if (first.length < held) first.push(finding);
      else guarded(() => append((spill ??= openSpill(folder)), finding));
    },
    finish() {
      if (spill === undefined) return { findings: first, summary };
      const whole = spill;
      guarded(() => flush(whole));
      const findings = {
        *[Symbol.iterator]() {
          yield* first;
          yield* spilled(whole);
        },
      };
      return { findings, summary };
    },
  };
}
