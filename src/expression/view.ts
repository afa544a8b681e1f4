import type { Fact, FactType, Kind, RecordType } from "../model/fact-type.ts";
import { kinds, type KindName } from "../model/kinds.ts";
import { records, type RecordName } from "../model/kinds/records.ts";
import type { Subject, SubjectIndex } from "../model/subject.ts";
import { optionalNone, optionalOf } from "./cel.ts";

/** Makes views for one evaluation. Subjects of the index keep one view each, so that nothing is converted twice. */
export interface Views {
  readonly subjects: SubjectIndex;
  /** The view of a subject. */
  of(subject: Subject): SubjectView;
  /** A view that is not kept, for a subject that comes once. */
  streamed(subject: Subject): SubjectView;
  /** Called when an expression reads what was not read: a bug of the gate, for which the evaluation must not count. */
  readonly breach: (message: string) => void;
}

/**
 * A subject as expressions see it: one property per fact, converted when it is read. cel-js finds the type of an object by its constructor, hence a class per kind.
 * Own properties have names that no fact can have, since they would hide it.
 */
export class SubjectView {
  readonly $subject: Subject;
  readonly $views: Views;
  $converted: Map<string, unknown> | undefined;
  constructor(subject: Subject, views: Views) {
    this.$subject = subject;
    this.$views = views;
    this.$converted = undefined;
  }
}

/** A record as expressions see it. `$raw` is the value of the snapshot. */
export class RecordView {
  readonly $raw: Readonly<Record<string, unknown>>;
  constructor(raw: Readonly<Record<string, unknown>>) {
    this.$raw = raw;
  }
}

/** A class of subject views. */
export type SubjectViewClass = new (subject: Subject, views: Views) => SubjectView;
/** A class of record views. */
export type RecordViewClass = new (raw: Readonly<Record<string, unknown>>) => RecordView;

/** The classes of one environment. */
export interface ViewClasses {
  readonly subjects: ReadonlyMap<KindName, SubjectViewClass>;
  readonly records: ReadonlyMap<RecordName, RecordViewClass>;
}

/** A subject that something refers to and that nobody observed: each of its facts is unknown. */
export function missingSubject(kind: KindName, id: string): Subject {
  return { kind, id, name: id, facts: {} };
}

/** The subject with this id, observed or not. */
export function subjectOrMissing(subjects: SubjectIndex, kind: KindName, id: string): Subject {
  return subjects.get(kind, id) ?? missingSubject(kind, id);
}

/** Makes the view classes of all kinds and records. */
export function createViewClasses(): ViewClasses {
  const recordClasses = new Map<RecordName, RecordViewClass>();
  for (const [name, fields] of Object.entries(records) as [RecordName, RecordType][]) recordClasses.set(name, recordViewClass(fields, recordClasses));
  const subjectClasses = new Map<KindName, SubjectViewClass>();
  for (const [name, kind] of Object.entries(kinds) as [KindName, Kind][]) subjectClasses.set(name, subjectViewClass(kind, recordClasses));
  return { subjects: subjectClasses, records: recordClasses };
}

/** Makes the views of one evaluation over an index. */
export function createViews(classes: ViewClasses, subjects: SubjectIndex, breach: (message: string) => void): Views {
  const made = new WeakMap<Subject, SubjectView>();
  const views: Views = {
    subjects,
    breach,
    streamed: (subject) => newView(classes, subject, views),
    of: (subject) => {
      const there = made.get(subject);
      if (there !== undefined) return there;
      const view = newView(classes, subject, views);
      made.set(subject, view);
      return view;
    },
  };
  return views;
}

function newView(classes: ViewClasses, subject: Subject, views: Views): SubjectView {
  const View = classes.subjects.get(subject.kind);
  if (View === undefined) throw new TypeError(`No such kind: ${subject.kind}`);
  return new View(subject, views);
}

function subjectViewClass(kind: Kind, recordClasses: ReadonlyMap<RecordName, RecordViewClass>): SubjectViewClass {
  const View = class extends SubjectView {};
  for (const [name, fact] of Object.entries(kind.facts)) {
    Object.defineProperty(View.prototype, name, {
      get(this: SubjectView) {
        return factValue(this, name, fact, recordClasses);
      },
    });
  }
  return View;
}

/** Makes the class of a record with these fields. */
export function recordViewClass(fields: RecordType, recordClasses: ReadonlyMap<RecordName, RecordViewClass> = new Map()): RecordViewClass {
  const View = class extends RecordView {};
  for (const [name, field] of Object.entries(fields)) {
    Object.defineProperty(View.prototype, name, {
      get(this: RecordView) {
        const raw = this.$raw[name];
        if (field.optional !== true) return convert(field.type, raw, undefined, recordClasses);
        return raw === undefined ? optionalNone() : optionalOf(convert(field.type, raw, undefined, recordClasses));
      },
    });
  }
  return View;
}

function factValue(view: SubjectView, name: string, fact: Fact, recordClasses: ReadonlyMap<RecordName, RecordViewClass>): unknown {
  const observation = view.$subject.facts[name];
  if (observation?.state === "known" && fact.optional !== true && (fact.type.type === "string" || fact.type.type === "enum" || fact.type.type === "bool")) return observation.value;
  const there = view.$converted?.get(name);
  if (there !== undefined) return there;
  const value = optionalFactValue(view, name, fact, recordClasses);
  view.$converted ??= new Map();
  view.$converted.set(name, value);
  return value;
}

function optionalFactValue(view: SubjectView, name: string, fact: Fact, recordClasses: ReadonlyMap<RecordName, RecordViewClass>): unknown {
  const observation = view.$subject.facts[name];
  if (observation?.state === "absent" && fact.optional === true) return optionalNone();
  if (observation?.state === "known") {
    const value = convert(fact.type, observation.value, view.$views, recordClasses);
    return fact.optional === true ? optionalOf(value) : value;
  }
  const message = `${view.$subject.kind} ${view.$subject.id}: ${name} was used though it was not read`;
  view.$views.breach(message);
  throw new Error(message);
}

/** `views` is undefined inside records, which hold no references. */
function convert(type: FactType, raw: unknown, views: Views | undefined, recordClasses: ReadonlyMap<RecordName, RecordViewClass>): unknown {
  switch (type.type) {
    case "int":
      return BigInt(raw as number);
    case "timestamp":
      return new Date(raw as string);
    case "ref":
      return referredView(type.kind as KindName, raw as string, views);
    case "record": {
      const View = recordClasses.get(type.record as RecordName);
      if (View === undefined) throw new TypeError(`No such record: ${type.record}`);
      return new View(raw as Readonly<Record<string, unknown>>);
    }
    case "list":
      return type.of.type === "string" || type.of.type === "enum" || type.of.type === "bool" ? raw : (raw as readonly unknown[]).map((item) => convert(type.of, item, views, recordClasses));
    default:
      return raw;
  }
}

function referredView(kind: KindName, id: string, views: Views | undefined): SubjectView {
  if (views === undefined) throw new TypeError("a record cannot hold a reference");
  return views.of(subjectOrMissing(views.subjects, kind, id));
}
