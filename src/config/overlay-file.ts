import { basename, dirname, resolve } from "node:path";
import { errorCode } from "../model/error-code.ts";
import { ConfigError } from "../model/errors.ts";
import type { Fact } from "../model/fact-type.ts";
import { dnsId, normalName } from "../model/ids.ts";
import { kindNamed, kinds, factNamed, type KindName } from "../model/kinds.ts";
import { nameHint } from "../model/nearest-name.ts";
import { absent, known, type Observation } from "../model/observation.ts";
import type { Overlay, PlannedCertificates, PlannedFact, PlannedReference, PlannedSubject } from "../model/overlay.ts";
import schema from "../../reports/schemas/overlay.schema.json" with { type: "json" };
import { misfit } from "./overlay-values.ts";
import { readSmallFile } from "./read-small-file.ts";
import { refuseFile } from "./refuse-file.ts";
import { escapePointer, readYaml, type YamlDocument, type YamlProblem } from "./yaml-document.ts";
import { compileSchema, positionOf, validateYaml } from "./yaml-validate.ts";

type RawFacts = Readonly<Record<string, unknown>>;
interface RawOverlay {
  readonly title: string;
  readonly change?: Readonly<Record<string, RawFacts>>;
  readonly add?: Readonly<Record<string, RawFacts>>;
  readonly remove?: readonly string[];
  readonly certificates?: readonly { readonly endpoint?: string; readonly trustedBy?: "lync" | "exchange"; readonly file: string }[];
  readonly dns?: readonly { readonly view: "inside" | "outside"; readonly srv?: string; readonly targets?: readonly { readonly target: string }[]; readonly host?: string; readonly addresses?: readonly string[] }[];
}

interface Work {
  readonly file: string;
  readonly document: YamlDocument;
  readonly source: string;
  readonly problems: YamlProblem[];
}

/** What facts of an overlay are said to come from. */
export function plannedSource(file: string): string {
  return `planned (${basename(file)})`;
}

/** Reads an overlay and checks it against the model: kinds, facts, and values of their types. @throws ConfigError that names everything that is wrong, with line and remedy */
export function loadOverlay(path: string): Overlay {
  const file = resolve(path);
  const document = readYaml(path, readText(path));
  if (!("positions" in document)) return refuseFile("overlay", path, document);
  const problems = validateYaml(path, document, compileSchema(schema));
  if (problems.length > 0) return refuseFile("overlay", path, problems);
  const raw = document.value as RawOverlay;
  const work: Work = { file: path, document, source: plannedSource(path), problems: [] };
  const overlay: Overlay = {
    file: path,
    title: raw.title,
    change: plannedSubjects(work, "change", raw.change ?? {}),
    add: plannedSubjects(work, "add", raw.add ?? {}),
    put: (raw.dns ?? []).flatMap((record, at) => dnsSubject(work, at, record)),
    remove: (raw.remove ?? []).flatMap((text, at) => reference(work, `/remove/${at}`, text)),
    certificates: (raw.certificates ?? []).flatMap((one, at) => certificates(work, at, one, dirname(file))),
  };
  return work.problems.length > 0 ? refuseFile("overlay", path, work.problems) : overlay;
}

function readText(path: string): string {
  try {
    return readSmallFile(path);
  } catch (cause) {
    throw new ConfigError("overlay", errorCode(cause) === "ENOENT" ? `there is no ${path}` : `${path} cannot be read (${errorCode(cause) ?? "an error"})`, { cause });
  }
}

function complain(work: Work, pointer: string, message: string, hint?: string): [] {
  work.problems.push({ message, ...(hint === undefined ? {} : { hint }), position: positionOf(work.file, work.document, pointer) });
  return [];
}

function reference(work: Work, pointer: string, text: string): readonly PlannedReference[] {
  const slash = text.indexOf("/");
  const [kind, name] = [text.slice(0, slash), text.slice(slash + 1)];
  if (slash < 1 || name === "") return complain(work, pointer, `${text} names no object.`, "Write kind/name: umDialPlan/HQ.");
  if (kindNamed(kind) === undefined) return complain(work, pointer, `There is no kind ${kind}.`, nameHint(kind, Object.keys(kinds)));
  return [{ kind: kind as KindName, name, position: positionOf(work.file, work.document, pointer) }];
}

function plannedSubjects(work: Work, part: "change" | "add", raw: Readonly<Record<string, RawFacts>>): readonly PlannedSubject[] {
  return Object.entries(raw).flatMap(([key, facts]) => {
    const pointer = `/${part}/${escapePointer(key)}`;
    return reference(work, pointer, key).map((named) => ({ ...named, facts: Object.fromEntries(Object.entries(facts).flatMap(([name, value]) => plannedFact(work, `${pointer}/${escapePointer(name)}`, { kind: named.kind, name, value }))) }));
  });
}

function plannedFact(work: Work, pointer: string, { kind, name, value }: { readonly kind: KindName; readonly name: string; readonly value: unknown }): readonly (readonly [string, PlannedFact])[] {
  const fact = factNamed(kind, name);
  if (fact === undefined) return complain(work, pointer, `${kind} has no fact ${name}.`, nameHint(name, Object.entries(kindNamed(kind)?.facts ?? {}).filter(([, one]) => one.source !== "derived").map(([one]) => one)));
  if (fact.source === "derived") return complain(work, pointer, `${name} is worked out from other facts and cannot be planned.`, `${fact.description}. Plan what it follows from.`);
  const observation = observationOf(work, fact, value);
  if (observation === undefined) return complain(work, pointer, `${name} must not be absent.`, "Only optional facts may be ~.");
  const wrong = observation.state === "known" ? misfit(fact.type, value) : undefined;
  if (wrong !== undefined) return complain(work, pointer, `${name}: ${wrong.message}`, wrong.hint);
  return [[name, { observation, position: positionOf(work.file, work.document, pointer) }]];
}

function observationOf({ source }: Work, fact: Fact, value: unknown): Observation | undefined {
  if (value !== null) return known(value, source);
  return fact.optional === true ? absent(source) : undefined;
}

function dnsSubject(work: Work, at: number, { view, srv, targets, host, addresses }: NonNullable<RawOverlay["dns"]>[number]): readonly PlannedSubject[] {
  const pointer = `/dns/${at}`;
  const position = positionOf(work.file, work.document, pointer);
  const facts = (given: Readonly<Record<string, unknown>>) => Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { observation: known(value, work.source), position }]));
  if (srv !== undefined && targets !== undefined && host === undefined && addresses === undefined) {
    const all = targets.map((target) => ({ ...target, target: normalName(target.target) }));
    return [{ kind: "srvRecordSet", name: dnsId(view, srv), position, facts: facts({ view, name: normalName(srv), targets: all, targetNames: all.map(({ target }) => dnsId(view, target)), disagreeing: [] }) }];
  }
  if (host !== undefined && addresses !== undefined && srv === undefined && targets === undefined) return [{ kind: "dnsName", name: dnsId(view, host), position, facts: facts({ view, name: normalName(host), addresses, aliases: [], disagreeing: [] }) }];
  return complain(work, pointer, "A record is srv with targets, or host with addresses.");
}

function certificates(work: Work, at: number, { endpoint, trustedBy, file }: NonNullable<RawOverlay["certificates"]>[number], folder: string): readonly PlannedCertificates[] {
  const pointer = `/certificates/${at}`;
  const planned = { file: resolve(folder, file), position: positionOf(work.file, work.document, pointer) };
  if (endpoint !== undefined && trustedBy === undefined) return [{ use: { endpoint: normalName(endpoint) }, ...planned }];
  if (trustedBy !== undefined && endpoint === undefined) return [{ use: { trustedBy }, ...planned }];
  return complain(work, pointer, "A certificate is for an endpoint, or trustedBy a side.", "Name one of the two.");
}
