import { excerpt, known, unknown } from "./field.ts";
import type { Field } from "./field-types.ts";
import { scanClass } from "./dotnet-class.ts";
import { scanEscape } from "./dotnet-escape.ts";
import { PatternError, PatternUndecided, type PatternScan } from "./dotnet-scan.ts";

/** What the syntax check of a pattern found. */
export type PatternSyntax = { readonly valid: true } | { readonly valid: false; readonly problem: string };

const maxLength = 10_000;
const namedGroup = /^\(\?(?:<([\p{L}\p{Mn}\p{Nd}\p{Pc}]*)(?:-([\p{L}\p{Mn}\p{Nd}\p{Pc}]+))?>|'([\p{L}\p{Mn}\p{Nd}\p{Pc}]*)(?:-([\p{L}\p{Mn}\p{Nd}\p{Pc}]+))?')/u;

/**
 * Whether a text is a .NET regular expression, told by its syntax alone in one pass: nothing is run, so no pattern can take long. Look-arounds, atomic and named
 * groups, backreferences and class subtraction are .NET and valid. Conditional groups, the options x and n, and names of Unicode blocks are not looked into:
 * patterns with those are unknown. Source: .NET, "Regular Expression Language - Quick Reference".
 */
export function checkDotnetPattern(text: string): Field<PatternSyntax> {
  if (text === "") return known({ valid: false, problem: "it is empty" });
  if (text.length > maxLength) return unknown("unsupported", `the pattern has ${text.length} characters; up to ${maxLength} are looked at`);
  const scan: PatternScan = { text, at: 0, open: [], captures: 0, names: new Set(), references: [], repeatable: "nothing" };
  try {
    while (scan.at < text.length) scanNext(scan);
    if (scan.open.length > 0) throw new PatternError("a parenthesis is not closed");
    checkReferences(scan);
    return known({ valid: true });
  } catch (error) {
    if (error instanceof PatternError) return known({ valid: false, problem: error.message });
    if (error instanceof PatternUndecided) return unknown("unsupported", error.message);
    throw error;
  }
}

function scanNext(scan: PatternScan): void {
  const { text, at } = scan;
  switch (text[at]) {
    case "\\":
      scanEscape(scan);
      scan.repeatable = "unit";
      return;
    case "[":
      scanClass(scan);
      scan.repeatable = "unit";
      return;
    case "(":
      return scanGroup(scan);
    case ")":
      if (scan.open.pop() === undefined) throw new PatternError(`a parenthesis is closed at character ${at + 1} that was not opened`);
      scan.repeatable = "unit";
      break;
    case "|":
      scan.repeatable = "nothing";
      break;
    case "*":
    case "+":
    case "?":
      return scanQuantifier(scan, at + 1);
    case "{": {
      const end = bracedEnd(scan);
      if (end !== undefined) return scanQuantifier(scan, end);
      scan.repeatable = "unit";
      break;
    }
    default:
      scan.repeatable = "unit";
  }
  scan.at += 1;
}

/** The end of `{n}`, `{n,}` or `{n,m}`; any other brace is an ordinary character. */
function bracedEnd({ text, at }: PatternScan): number | undefined {
  const sticky = /\{(\d+)(?:,(\d*))?\}/y;
  sticky.lastIndex = at;
  const found = sticky.exec(text);
  if (found === null) return undefined;
  const [low, high] = [Number(found[1]), found[2] === undefined || found[2] === "" ? Infinity : Number(found[2])];
  if (low > 0x7f_ff_ff_ff || (high !== Infinity && high > 0x7f_ff_ff_ff)) throw new PatternError(`a number of repetitions at character ${at + 1} is too large`);
  if (found[2] !== undefined && low > high) throw new PatternError(`{${found[1]},${found[2]}} at character ${at + 1} counts downwards`);
  return at + found[0].length;
}

function scanQuantifier(scan: PatternScan, end: number): void {
  if (scan.repeatable !== "unit") throw new PatternError(`the quantifier ${scan.text.slice(scan.at, end)} at character ${scan.at + 1} follows ${scan.repeatable === "nothing" ? "nothing" : "another quantifier"}`);
  scan.at = scan.text[end] === "?" ? end + 1 : end;
  scan.repeatable = "quantified";
}

function opened(scan: PatternScan, kind: "capture" | "plain", length: number): void {
  scan.open.push(kind);
  scan.at += length;
  scan.repeatable = "nothing";
}

/** A group's opening: plain, capturing, named, balancing, look-around, atomic, options or comment. */
function scanGroup(scan: PatternScan): void {
  const rest = scan.text.slice(scan.at, scan.at + 1_000);
  if (!rest.startsWith("(?")) {
    scan.captures += 1;
    return opened(scan, "capture", 1);
  }
  if (rest.startsWith("(?#")) return skipComment(scan);
  if (rest.startsWith("(?(")) throw new PatternUndecided("the pattern has a conditional group, which is not looked into");
  const plain = /^\(\?(?:[:=!>]|<[=!])/.exec(rest);
  if (plain !== null) return opened(scan, "plain", plain[0].length);
  const named = namedGroup.exec(rest);
  if (named !== null) return nameGroup(scan, named[0].length, named[1] ?? named[3] ?? "", named[2] ?? named[4]);
  const options = /^\(\?([imnsx+-]*)([:)])/i.exec(rest);
  if (options === null) throw new PatternError(`the group at character ${scan.at + 1} is of no known kind: ${excerpt(rest.slice(0, 12))}`);
  if (/[xn]/i.test(options[1] ?? "")) throw new PatternUndecided("the pattern sets the option x or n, which is not looked into");
  if (options[2] === ":") return opened(scan, "plain", options[0].length);
  scan.at += options[0].length;
  scan.repeatable = "nothing";
}

function skipComment(scan: PatternScan): void {
  const end = scan.text.indexOf(")", scan.at);
  if (end === -1) throw new PatternError("a comment is not closed");
  scan.at = end + 1;
}

function nameGroup(scan: PatternScan, length: number, name: string, balanced: string | undefined): void {
  if (name === "" && balanced === undefined) throw new PatternError(`the group at character ${scan.at + 1} has no name`);
  if (/^\d/.test(name) && !/^[1-9]\d{0,8}$/.test(name)) throw new PatternError(`${excerpt(name)} is no name for a group`);
  if (name !== "") scan.names.add(name);
  if (balanced !== undefined) scan.references.push(balanced);
  opened(scan, "capture", length);
}

/** Groups without a name are numbered from 1, those with a name after them. */
function checkReferences({ references, names, captures }: PatternScan): void {
  const numbered = captures + [...names].filter((name) => !/^\d/.test(name)).length;
  const missing = references.find((name) => !names.has(name) && !(/^\d+$/.test(name) && Number(name) <= numbered));
  if (missing !== undefined) throw new PatternError(`there is no group ${excerpt(missing)} to refer to`);
}
