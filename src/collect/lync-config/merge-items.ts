import { agree, plainValue } from "./compare-fields.ts";
import { unknown } from "./field.ts";
import type { Field, Section } from "./field-types.ts";
import type { LyncDisagreement, SectionName } from "./types.ts";

type Read = Extract<Section<unknown>, { state: "read" }>;

/** One file's items of a section. */
export interface ReadSection {
  readonly path: string;
  readonly section: Read;
}

/** A section made of several files. */
export interface MergedSection {
  readonly section: Section<unknown>;
  readonly sources: readonly string[];
  readonly disagreements: readonly LyncDisagreement[];
}

/** An object whose properties are all fields: any item of a section but the topology. */
export type FieldRecord = Readonly<Record<string, Field<unknown>>>;

interface Version {
  readonly path: string;
  readonly item: FieldRecord;
}

interface Source extends ReadSection {
  readonly byIdentity: ReadonlyMap<string, FieldRecord>;
  readonly nameless: readonly FieldRecord[];
}

/** Merges the items of one section; undefined where no file has it. The sources come best first. */
export function mergeItems(name: SectionName, read: readonly ReadSection[]): MergedSection | undefined {
  const sources = read.map(indexed);
  const [best] = sources;
  if (best === undefined) return undefined;
  const decisive = sources.findIndex(({ section }) => section.complete);
  // A selection that ranks above the complete list proves that its items exist; one below it does not.
  const deciding = decisive === -1 ? sources : sources.slice(0, decisive + 1);
  const identities = new Set(deciding.flatMap(({ byIdentity }) => [...byIdentity.keys()]));
  const used = new Set<string>(deciding.map(({ path }) => path));
  const items: FieldRecord[] = [];
  const disagreements: LyncDisagreement[] = [];
  for (const identity of new Set(sources.flatMap(({ byIdentity }) => [...byIdentity.keys()]))) {
    const versions = sources.flatMap(({ path, byIdentity }): Version[] => versionsOf(path, byIdentity.get(identity)));
    disagreements.push(...presence(name, identity, sources), ...compareVersions(name, versions));
    if (!identities.has(identity)) continue;
    items.push(mergeVersions(versions, used));
  }
  items.push(...deciding.flatMap(({ nameless }) => nameless));
  const contributing = sources.filter(({ path }) => used.has(path));
  const certainty = contributing.some(({ section }) => section.certainty === "inferred") ? "inferred" : "confirmed";
  return { section: { state: "read", items, certainty, complete: decisive !== -1 }, sources: contributing.map(({ path }) => path), disagreements };
}

function indexed({ path, section }: ReadSection): Source {
  const byIdentity = new Map<string, FieldRecord>();
  const nameless: FieldRecord[] = [];
  for (const item of section.items as readonly FieldRecord[]) {
    const identity = identityOf(item);
    const twin = identity === undefined ? undefined : byIdentity.get(identity);
    if (identity === undefined) nameless.push(item);
    else byIdentity.set(identity, twin === undefined ? item : withoutContradictions(twin, item));
  }
  return { path, section, byIdentity, nameless };
}

/** Two objects of one identity in one file, which no deployment has: what they say differently is not known, for nobody can tell which of them holds. */
function withoutContradictions(first: FieldRecord, second: FieldRecord): FieldRecord {
  const properties = Object.entries(first).filter(([property]) => property !== "identity" && property !== "scope");
  const unclear = properties.filter(([property, field]) => field.state === "unknown" || second[property]?.state === "unknown" || !agree(field, second[property]));
  return { ...first, ...Object.fromEntries(unclear.map(([property]) => [property, unknown("malformed", "the file holds this object twice, with different values")])) };
}

/** Identities are told apart regardless of case, and `Tag:x` is the same as `x`. */
function identityOf(item: FieldRecord): string | undefined {
  const identity = item["identity"];
  return identity?.state === "known" && typeof identity.value === "string" ? identity.value.toLowerCase().replace(/^tag:/, "") : undefined;
}

function versionsOf(path: string, item: FieldRecord | undefined): Version[] {
  return item === undefined ? [] : [{ path, item }];
}

/** The best answer to each property; a source that says nothing is passed over. */
function mergeVersions(versions: readonly Version[], used: Set<string>): FieldRecord {
  const [first, ...others] = versions;
  const merged: Record<string, Field<unknown>> = { ...first?.item };
  for (const [property, field] of Object.entries(merged)) {
    if (field.state !== "unknown") continue;
    const filler = others.find(({ item }) => item[property] !== undefined && item[property].state !== "unknown");
    const answer = filler?.item[property];
    if (filler === undefined || answer === undefined) continue;
    merged[property] = answer;
    used.add(filler.path);
  }
  return merged;
}

function presence(section: SectionName, identity: string, sources: readonly Source[]): readonly LyncDisagreement[] {
  const having = sources.filter(({ byIdentity }) => byIdentity.has(identity));
  const lacking = sources.filter(({ byIdentity, nameless, section: { complete } }) => complete && nameless.length === 0 && !byIdentity.has(identity));
  if (lacking.length === 0) return [];
  const values = [...having, ...lacking].map(({ path, byIdentity }) => ({ path, value: byIdentity.has(identity) }));
  return [{ section, identity: displayName(having[0]?.byIdentity.get(identity), identity), property: "(item)", values }];
}

function displayName(item: FieldRecord | undefined, fallback: string): string {
  const identity = item?.["identity"];
  return identity?.state === "known" ? String(identity.value) : fallback;
}

function compareVersions(section: SectionName, versions: readonly Version[]): readonly LyncDisagreement[] {
  const [first, ...others] = versions;
  if (first === undefined || others.length === 0) return [];
  const properties = Object.keys(first.item).filter((property) => property !== "identity" && property !== "scope");
  return properties.flatMap((property) => {
    const answers = versions.flatMap(({ path, item }) => {
      const field = item[property];
      return field === undefined || field.state === "unknown" ? [] : [{ path, field }];
    });
    if (answers.every(({ field }) => agree(field, answers[0]?.field))) return [];
    return [{ section, identity: displayName(first.item, ""), property, values: answers.map(({ path, field }) => ({ path, value: plainValue(field) })) }];
  });
}
