import { expect, test } from "vitest";
import { nameHint, nearestName } from "../../src/model/nearest-name.ts";

test.each([
  ["voipSecurty", "voipSecurity"],
  ["VOIPSECURITY", "voipSecurity"],
  ["teems", "team"],
  ["pln", "plan"],
  ["pan2", undefined],
  ["profileName", "profile"],
  ["prof", "profile"],
  ["pr", undefined],
  ["somethingElse", undefined],
])("%s probably means %s", (name, meant) => {
  expect(nearestName(name, ["voipSecurity", "team", "plan", "profile"])).toBe(meant);
});

test("where nothing is near, the names are listed in order, and never more than 40", () => {
  expect(nameHint("zzz", ["b", "a"])).toBe("There are: a, b.");
  expect(nameHint("zzz", [])).toBe("There are none.");
  expect(nameHint("zzz", Array.from({ length: 41 }, (_, index) => `name${index}`)).endsWith(" ….")).toBe(true);
});
