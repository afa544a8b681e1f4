import { describe, expect, it } from "vitest";
import { checkDotnetPattern } from "../../../src/collect/lync-config/dotnet-pattern.ts";

function verdict(text: string): string {
  const found = checkDotnetPattern(text);
  if (found.state !== "known") return found.state === "unknown" ? `unknown: ${found.detail}` : found.state;
  return found.value.valid ? "valid" : found.value.problem;
}

describe("the syntax of .NET regular expressions", () => {
  it.each([
    "^\\+1(425|503)\\d{7}$", "^(\\+1\\d{10})|(\\+44\\d*)$", "", ".*", "^\\+(?!1)\\d+$", "(?<=\\+)\\d+", "(?<area>\\d{3})-\\k<area>", "(?'a'x)\\k'a'", "(a)\\1", "(?>a+)b", "(?i:abc)", "(?i)abc", "a(?#comment)*",
    "[a-z-[aeiou]]", "[]a]", "[^]a]", "[-a]", "[a-]", "[\\d-x]", "[\\w.-]+", "[--a]", "[\\x41-\\u005A]", "{", "a{", "a{,3}", "a{2}?", "a+?", "^*", "\\p{Lu}\\P{Nd}", "\\cA\\x41\\u0041\\052\\e\\a", "\\A\\z\\G\\b", "(?<open>\\()(?<-open>\\))", "(?<2>a)\\2", "||", "()", "\\.\\-\\+\\/", "(?=a)+",
  ].filter((text) => text !== ""))("takes %s", (text) => {
    expect(verdict(text)).toBe("valid");
  });

  it.each([
    ["", "it is empty"],
    ["(", "a parenthesis is not closed"],
    [")", "was not opened"],
    ["(a", "a parenthesis is not closed"],
    ["*a", "follows nothing"],
    ["+1425", "follows nothing"],
    ["^\\+1|*", "follows nothing"],
    ["(?i)*", "follows nothing"],
    ["a**", "follows another quantifier"],
    ["a{2}{3}", "follows another quantifier"],
    ["a{3,2}", "counts downwards"],
    ["a{99999999999}", "too large"],
    ["[a", "is not closed"],
    ["[]", "is not closed"],
    ["[z-a]", "runs backwards"],
    ["[a-\\d]", "ends in a class"],
    ["[a-z-[b]c]", "subtraction must be the last"],
    ["\\", "a lone \\"],
    ["\\i", "the unknown escape \\i"],
    ["\\_", "the unknown escape"],
    ["\\x4", "two hexadecimal digits"],
    ["\\u41", "four hexadecimal digits"],
    ["\\p", "\\p without {Name}"],
    ["\\p{Letter}", "the unknown property"],
    ["(a)\\2", "no group 2"],
    ["\\k<x>", "no group x"],
    ["\\k", "\\k without a name"],
    ["(?<0>a)", "no name for a group"],
    ["(?<>a)", "has no name"],
    ["(?z)", "of no known kind"],
    ["(?#never", "a comment is not closed"],
  ])("refuses %s: %s", (text, problem) => {
    expect(verdict(text)).toContain(problem);
  });

  it.each(["(?(a)b|c)", "(?x) a b", "(?n)(a)", "\\p{IsGreek}", "(a)\\10", "a".repeat(10_001)])("says of %s that it cannot tell", (text) => {
    expect(verdict(text)).toMatch(/^unknown/);
  });

  it("agrees with JavaScript, whose syntax is stricter, on what both take", () => {
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % below;
    };
    const parts = ["a", "1", "\\d", "[a-z]", "(", ")", "|", "*", "+", "?", "{2}", "^", "$", ".", "\\+", "(?:", "(?=", "(?!", "[^0-9]"];
    let taken = 0;
    for (let round = 0; round < 3_000; round += 1) {
      const text = Array.from({ length: 1 + next(8) }, () => parts[next(parts.length)]).join("");
      try {
        RegExp(text, "u");
      } catch {
        continue;
      }
      taken += 1;
      expect(verdict(text), text).toBe("valid");
    }
    expect(taken).toBeGreaterThan(200);
  });

  it("takes time in proportion to the length, whatever the pattern", () => {
    for (const piece of ["(", "(a+)+", "[", "[a-[", "{1,", "\\", "(?<a", "(?#"]) {
      const started = performance.now();
      checkDotnetPattern(piece.repeat(Math.floor(10_000 / piece.length)));
      expect(performance.now() - started).toBeLessThan(500);
    }
  });
});
