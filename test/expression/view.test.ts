import { describe, expect, it } from "vitest";
import { createViewClasses, createViews } from "../../src/expression/view.ts";
import { kinds, type KindName } from "../../src/model/kinds.ts";
import { records, type RecordName } from "../../src/model/kinds/records.ts";
import type { Subject } from "../../src/model/subject.ts";

const classes = createViewClasses();

describe("views", () => {
  it("of subjects have no property of their own that would hide a fact", () => {
    const hidden = Object.entries(kinds).flatMap(([kind, { facts }]) => {
      const subject: Subject = { kind: kind as KindName, id: "id", name: "name", facts: {} };
      const own = Object.keys(createViews(classes, { all: () => [], get: () => undefined }, () => undefined).of(subject));
      return Object.keys(facts).filter((fact) => own.includes(fact));
    });
    expect(hidden).toEqual([]);
  });

  it("of records have no property of their own that would hide a field", () => {
    const hidden = Object.entries(records).flatMap(([name, fields]) => {
      const View = classes.records.get(name as RecordName);
      const own = View === undefined ? [] : Object.keys(new View({}));
      return Object.keys(fields).filter((field) => own.includes(field));
    });
    expect(hidden).toEqual([]);
  });
});
