import schema from "../../reports/schemas/waivers.schema.json" with { type: "json" };
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { ConfigError } from "../model/errors.ts";
import { kinds } from "../model/kinds.ts";
import { isMoment } from "../model/moment.ts";
import type { Waiver, WaiverFile, WaiverSubject } from "../model/waiver.ts";
import { refuseFile } from "./refuse-file.ts";
import { readYaml, type YamlDocument, type YamlProblem } from "./yaml-document.ts";
import { nameHint } from "../model/nearest-name.ts";
import { compileSchema, positionOf, validateYaml } from "./yaml-validate.ts";
import { errorCode } from "../model/error-code.ts";
import { unreadableFile } from "../model/unreadable-file.ts";

interface RawWaiver extends Omit<Waiver, "id" | "subject" | "unknown" | "position"> {
  readonly id?: string;
  readonly subject: string | { readonly glob: string };
  readonly unknown?: boolean;
}
interface RawFile {
  readonly soonDays?: number;
  readonly waivers: readonly RawWaiver[];
}

const defaultSoonDays = 14;

/** The id of a waiver that names none: stable however the file is ordered. */
export function waiverId(rule: string, subject: WaiverSubject): string {
  return `w-${createHash("sha256").update(JSON.stringify([rule, subject])).digest("hex").slice(0, 10)}`;
}

/**
 * Checks the text of a waivers file.
 * @throws ConfigError that names, for everything that is wrong, file, line, value and remedy
 */
export function parseWaivers(file: string, text: string): WaiverFile {
  const document = readYaml(file, text);
  if (!("positions" in document)) return refuseFile("waivers-file", file, document);
  const problems = validateYaml(file, document, compileSchema(schema));
  if (problems.length > 0) return refuseFile("waivers-file", file, problems);
  const raw = document.value as RawFile;
  const waivers = raw.waivers.map((waiver, at) => waiverOf(file, document, waiver, at));
  const more = [...raw.waivers.flatMap((waiver, at) => valueProblems(file, document, waiver, at)), ...repeated(file, document, waivers)];
  if (more.length > 0) return refuseFile("waivers-file", file, more);
  return { file, soonDays: raw.soonDays ?? defaultSoonDays, waivers };
}

/** Reads and checks waivers.yaml. @throws ConfigError */
export function loadWaivers(file: string): WaiverFile {
  return parseWaivers(file, readWaiversText(file));
}

/** The text of a waivers file. @throws ConfigError when it cannot be read */
export function readWaiversText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const missing = errorCode(cause) === "ENOENT";
    throw new ConfigError(missing ? "waivers-missing" : "waivers-file", missing ? `there is no waivers file ${file}` : unreadableFile(file, cause), { cause, hint: "`umpreflight waivers add` begins one; docs/drift.md says what it holds." });
  }
}

function waiverOf(file: string, document: YamlDocument, raw: RawWaiver, at: number): Waiver {
  const { rule, kind, reason, owner, ticket, expires, atMost } = raw;
  const subject: WaiverSubject = typeof raw.subject === "string" ? { id: raw.subject } : { glob: raw.subject.glob };
  return {
    id: raw.id ?? waiverId(rule, subject),
    rule,
    subject,
    reason,
    owner,
    expires,
    unknown: raw.unknown ?? false,
    position: positionOf(file, document, `/waivers/${at}`),
    ...(kind === undefined ? {} : { kind }),
    ...(ticket === undefined ? {} : { ticket }),
    ...(atMost === undefined ? {} : { atMost }),
  };
}

function valueProblems(file: string, document: YamlDocument, { expires, kind, subject }: RawWaiver, at: number): readonly YamlProblem[] {
  const problem = (key: string, message: string, hint: string): YamlProblem => ({ message: `waivers.${at}.${key}: ${message}`, hint, position: positionOf(file, document, `/waivers/${at}/${key}`) });
  const known = Object.keys(kinds);
  return [
    ...(isMoment(expires) ? [] : [problem("expires", `${JSON.stringify(expires)} is no moment with a zone.`, "Write it like 2026-12-31T00:00:00Z or 2026-12-31T00:00:00+01:00.")]),
    ...(kind === undefined || known.includes(kind) ? [] : [problem("kind", `there is no kind ${JSON.stringify(kind)}.`, nameHint(kind, known))]),
    ...(typeof subject === "string" && subject.includes("*") ? [problem("subject", `${JSON.stringify(subject)} holds a *, but stands for one id.`, "For several subjects write { glob: ... }.")] : []),
  ];
}

function repeated(file: string, document: YamlDocument, waivers: readonly Waiver[]): readonly YamlProblem[] {
  const seen = new Set<string>();
  return waivers.flatMap(({ id }, at) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ message: `waivers.${at}: the waiver ${id} stands twice.`, hint: "Two waivers for the same rule and subject, or with the same id: leave one out.", position: positionOf(file, document, `/waivers/${at}`) }];
  });
}
