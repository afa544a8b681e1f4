import { excerpt } from "./field.ts";
import { PatternError, PatternUndecided, type PatternScan } from "./dotnet-scan.ts";

const categories = new Set("L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp C Cc Cf Cs Co Cn".split(" "));
const controls: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, e: 27 };

function wrong({ at }: PatternScan, what: string): never {
  throw new PatternError(`${what} at character ${at + 1}`);
}

function matchAt({ text }: PatternScan, at: number, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** `\p{Name}`: general categories are known; blocks (`IsGreek`) are too many to list. */
function scanProperty(scan: PatternScan): void {
  const found = matchAt(scan, scan.at, /\\[pP]\{([\w-]{1,60})\}/y);
  const name = found?.[1];
  if (found === null || name === undefined) wrong(scan, "\\p without {Name}");
  if (/^(?:Is|_)/.test(name)) throw new PatternUndecided(`the pattern names the block ${excerpt(name)}, which is not looked into`);
  if (!categories.has(name)) wrong(scan, `the unknown property ${excerpt(name)}`);
  scan.at += found[0].length;
}

/**
 * An escape that stands for one character, in a class or outside; returns its code. A letter, digit or underscore that has no meaning of its own must not be
 * escaped in .NET.
 */
export function scanCharacterEscape(scan: PatternScan): number {
  const { text, at } = scan;
  const letter = text[at + 1];
  if (letter === undefined) wrong(scan, "a lone \\");
  const take = (found: RegExpExecArray | null, radix: number, what: string): number => {
    if (found === null) wrong(scan, what);
    scan.at += found[0].length;
    return Number.parseInt(found[1] ?? "", radix);
  };
  if (letter === "x") return take(matchAt(scan, at, /\\x([0-9A-Fa-f]{2})/y), 16, "\\x without two hexadecimal digits");
  if (letter === "u") return take(matchAt(scan, at, /\\u([0-9A-Fa-f]{4})/y), 16, "\\u without four hexadecimal digits");
  if (letter >= "0" && letter <= "7") return take(matchAt(scan, at, /\\([0-7]{1,3})/y), 8, "\\ without octal digits") & 0xff;
  if (letter === "c") {
    const found = matchAt(scan, at, /\\c([A-Za-z@[\\\]^_])/y);
    if (found === null) wrong(scan, "\\c without a control character");
    scan.at += found[0].length;
    return (found[1] ?? "").toUpperCase().charCodeAt(0) - 64;
  }
  const control = Object.hasOwn(controls, letter) ? controls[letter] : undefined;
  if (control === undefined && /[\p{L}\p{N}\p{M}\p{Pc}]/u.test(letter)) wrong(scan, `the unknown escape \\${letter}`);
  scan.at += 2;
  return control ?? letter.charCodeAt(0);
}

/** Whether an escape stands for a whole class of characters, such as `\d`; if so it is passed. */
export function scanClassEscape(scan: PatternScan): boolean {
  const letter = scan.text[scan.at + 1] ?? "";
  if (letter === "p" || letter === "P") {
    scanProperty(scan);
    return true;
  }
  if (!/^[dDsSwW]$/.test(letter)) return false;
  scan.at += 2;
  return true;
}

/** An escape outside a character class: class, anchor, reference to a group, or a character. */
export function scanEscape(scan: PatternScan): void {
  if (scanClassEscape(scan)) return;
  const named = matchAt(scan, scan.at, /\\(?:k<([\p{L}\p{Mn}\p{Nd}\p{Pc}]+)>|k'([\p{L}\p{Mn}\p{Nd}\p{Pc}]+)'|<([\p{L}\p{Mn}\p{Nd}\p{Pc}]+)>|'([\p{L}\p{Mn}\p{Nd}\p{Pc}]+)')/uy);
  if (named !== null) {
    scan.references.push(named[1] ?? named[2] ?? named[3] ?? named[4] ?? "");
    scan.at += named[0].length;
    return;
  }
  const letter = scan.text[scan.at + 1] ?? "";
  if (letter === "k") wrong(scan, "\\k without a name");
  if (/^[AZzGbB]$/.test(letter)) {
    scan.at += 2;
    return;
  }
  const digits = matchAt(scan, scan.at, /\\([1-9]\d{0,8})/y);
  if (digits === null) {
    scanCharacterEscape(scan);
    return;
  }
  // Two digits or more are a character in octal where there is no such group; how many groups there are is not known yet.
  if ((digits[1] ?? "").length > 1) throw new PatternUndecided(`the pattern has \\${digits[1]}, a group or a character, which is not looked into`);
  scan.references.push(digits[1] ?? "");
  scan.at += digits[0].length;
}
