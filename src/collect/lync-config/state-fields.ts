import { normalName } from "../../model/ids.ts";
import type { KindName } from "../../model/kinds.ts";
import { absent, known, unknown, type Observation, type Unknown } from "../../model/observation.ts";
import type { Field, Section } from "./field-types.ts";
import type { Scope } from "./items.ts";

/** Where a section came from, for people. */
export type SourceText = string;

/** A field of a file as an observation. */
export function fieldOf<T>(field: Field<T>, source: SourceText): Observation<T> {
  switch (field.state) {
    case "known":
      return known(field.value, source);
    case "absent":
      return absent(source);
    case "unknown":
      return unknown(field.reason, field.detail, source);
  }
}

/** A field that every such object has; one that the file says is empty is malformed. */
export function requiredField<T>(field: Field<T>, source: SourceText, what: string): Observation<T> {
  return field.state === "absent" ? unknown("malformed", `${what} is empty`, source) : fieldOf(field, source);
}

/** A field passed through a conversion. */
export function changedField<A, B>(field: Field<A>, source: SourceText, what: string, change: (value: A) => B | undefined): Observation<B> {
  const observation = requiredField(field, source, what);
  if (observation.state !== "known") return observation;
  const value = change(observation.value);
  return value === undefined ? unknown("malformed", `${what} has a value that is not known: ${JSON.stringify(observation.value)}`, source) : known(value, source);
}

/** A host name in the form that is compared. */
export function nameField(field: Field<string>, source: SourceText, what: string): Observation<string> {
  return changedField(field, source, what, normalName);
}

/** Which of the four scopes. */
export function scopeField(field: Field<Scope>, source: SourceText): Observation<Scope["kind"]> {
  return changedField(field, source, "the scope", (scope) => scope.kind);
}

/** Why a section does not name everything, or undefined when it does. */
export function sectionGap<T>(section: Section<T>, source: SourceText): Unknown | undefined {
  if (section.state === "unknown") return unknown(section.reason, section.detail, source);
  return section.complete ? undefined : unknown("truncated", "the files hold a selection of these objects, which may not be all of them", source);
}

/** Id of an object of the configuration: its kind and identity, which is what the store knows it by. */
export function configurationId(kind: KindName, identity: Field<string>, at: number): string {
  return `${kind}/${identity.state === "known" ? identity.value.toLowerCase() : `#${at}`}`;
}

/** What an object is called in reports. */
export function configurationName(identity: Field<string>, at: number): string {
  return identity.state === "known" ? identity.value : `no. ${at + 1}`;
}
