import { expect, it } from "vitest";
import { addDays, coversByWildcard, coversName, distinct, domainOf, duplicates, firstLabel, inDomain, sameName, without } from "../../src/expression/name-functions.ts";

it.each([
  ["a.test", "A.TEST.", true],
  ["a.test", "b.test", false],
  ["", "", false],
  [".", ".", false],
  ["a.test..", "a.test", false],
])("sameName(%s, %s) is %s", (a, b, same) => {
  expect(sameName(a, b)).toBe(same);
});

it.each([
  ["contoso.test", "contoso.test", true],
  ["pool.Contoso.test.", "contoso.TEST", true],
  ["notcontoso.test", "contoso.test", false],
  ["contoso.test", "pool.contoso.test", false],
  ["contoso.test", "", false],
])("inDomain(%s, %s) is %s", (name, domain, inside) => {
  expect(inDomain(name, domain)).toBe(inside);
});

it("takes names apart", () => {
  expect([domainOf("a.b.test"), domainOf("a"), firstLabel("a.b.test"), firstLabel("a")]).toEqual(["b.test", "", "a", "a"]);
});

it.each([
  [["um.contoso.test"], "UM.contoso.test", true, false],
  [["*.contoso.test"], "um.contoso.test", false, true],
  [["*.contoso.test"], "contoso.test", false, false],
  [["*.contoso.test"], "a.um.contoso.test", false, false],
  [["u*.contoso.test"], "um.contoso.test", false, false],
  [["*"], "um", false, false],
  [["*.contoso.test"], ".contoso.test", false, false],
  [["*.contoso.test"], "*.contoso.test", true, true],
  [[], "um.contoso.test", false, false],
])("%j for %s: exactly %s, by wildcard %s (RFC 9525 section 6.3)", (names, name, exactly, byWildcard) => {
  expect([coversName(names, name), coversByWildcard(names, name)]).toEqual([exactly, byWildcard]);
});

it("works on lists of text, case aside", () => {
  expect(distinct(["A", "a", "b"])).toEqual(["A", "b"]);
  expect(duplicates(["A", "a", "b", "a", "B"])).toEqual(["a", "B"]);
  expect(without(["A", "b", "c"], ["a", "C"])).toEqual(["b"]);
});

it("adds days and refuses to leave the calendar", () => {
  expect(addDays(new Date("2026-02-27T12:00:00Z"), 2n).toISOString()).toBe("2026-03-01T12:00:00.000Z");
  expect(() => addDays(new Date(0), 10n ** 12n)).toThrow(RangeError);
});
