import { describe, expect, it } from "vitest";
import { addWaiver } from "../../src/config/waivers-edit.ts";
import { parseWaivers } from "../../src/config/waivers-file.ts";
import { describeError, type AppError } from "../../src/model/errors.ts";

const good = `version: 1
waivers:
  - rule: certificate/not-expiring # in July
    subject: ex1.fabrikam.test:5061
    reason: replaced in July
    owner: jane@contoso.com
    expires: 2026-12-31T00:00:00Z
`;

function refusal(text: string): string {
  try {
    parseWaivers("waivers.yaml", text);
  } catch (error) {
    return describeError(error as AppError);
  }
  return "";
}

describe("waivers.yaml", () => {
  it("gives a waiver without a name one that does not depend on where it stands", () => {
    const [first] = parseWaivers("waivers.yaml", good).waivers;
    const other = good.replace("waivers:\n", `waivers:\n  - { id: B, rule: a/b, subject: x, reason: r, owner: o, expires: "2026-01-01T00:00:00Z" }\n`);
    expect(first?.id).toMatch(/^w-[0-9a-f]{10}$/);
    expect(parseWaivers("waivers.yaml", other).waivers.map(({ id }) => id)).toEqual(["B", first?.id]);
  });

  it.each([
    ["an end without a zone", good.replace("2026-12-31T00:00:00Z", "2026-12-31T00:00:00"), "waivers.yaml:7:"],
    ["a day that does not exist", good.replace("12-31", "02-30"), "is no moment with a zone"],
    ["no end", good.replace(/ *expires.*\n/, ""), "waivers.0: expires is missing"],
    ["no owner", good.replace(/ *owner.*\n/, ""), "owner is missing"],
    ["a typo", good.replace("owner", "ownr"), "Did you mean owner?"],
    ["a star in an exact id", good.replace("ex1.fabrikam.test:5061", '"ex*"'), "write { glob: ... }"],
    ["an unknown kind", good.replace("    reason", "    kind: endpont\n    reason"), "Did you mean endpoint?"],
    ["the same twice", good + good.split("\n").slice(2).join("\n"), "stands twice"],
    ["another version", good.replace("version: 1", "version: 2"), "version"],
    ["something else", "[]", "waivers.yaml"],
  ])("refuses %s", (_, text, expected) => expect(refusal(text)).toContain(expected));
});

describe("adding a waiver", () => {
  const one = { rule: "endpoint/tls-version", subject: "a: b #c", reason: "- \"quoted\"\nand more", owner: "joe", expires: "2026-12-31T00:00:00Z" };

  it("keeps comments and what stands there", () => {
    const text = addWaiver("waivers.yaml", good, one);
    expect(text).toContain("# in July");
    expect(parseWaivers("waivers.yaml", text).waivers.map(({ rule, subject, reason }) => [rule, subject, reason])).toEqual([
      ["certificate/not-expiring", { id: "ex1.fabrikam.test:5061" }, "replaced in July"],
      [one.rule, { id: one.subject }, one.reason],
    ]);
  });

  it("begins a file", () => expect(parseWaivers("waivers.yaml", addWaiver("waivers.yaml", undefined, one)).waivers).toHaveLength(1));
  it("refuses what the file would refuse", () => expect(() => addWaiver("waivers.yaml", good, { ...one, expires: "tomorrow" })).toThrow(/no moment/));
});
