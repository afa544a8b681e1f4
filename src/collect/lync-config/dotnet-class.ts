import { PatternError, type PatternScan } from "./dotnet-scan.ts";
import { scanCharacterEscape, scanClassEscape } from "./dotnet-escape.ts";

/** One open character class; classes nest by subtraction, `[a-z-[aeiou]]`. */
interface OpenClass {
  isFirst: boolean;
  /** Code of the character at which a range may start. */
  last: number | undefined;
  /** Whether `-` was met after it. */
  inRange: boolean;
  /** Whether a subtraction was closed, after which the class must end. */
  subtracted: boolean;
}

const opening = (): OpenClass => ({ isFirst: true, last: undefined, inRange: false, subtracted: false });

/** Passes a character class, from its bracket to the one that closes it. */
export function scanClass(scan: PatternScan): void {
  const start = scan.at;
  const classes: OpenClass[] = [];
  const open = (): void => {
    classes.push(opening());
    scan.at += scan.text[scan.at + 1] === "^" ? 2 : 1;
  };
  open();
  for (let top = classes.at(-1); top !== undefined; top = classes.at(-1)) {
    if (scan.at >= scan.text.length) throw new PatternError(`the bracket at character ${start + 1} is not closed`);
    const closes = scan.text[scan.at] === "]" && !top.isFirst;
    if (top.subtracted && !closes) throw new PatternError(`a subtraction must be the last part of the class at character ${start + 1}`);
    if (closes) {
      classes.pop();
      scan.at += 1;
      const outer = classes.at(-1);
      if (outer !== undefined) outer.subtracted = true;
    } else if (scan.text[scan.at] === "-" && scan.text[scan.at + 1] === "[" && !top.isFirst) open();
    else scanMember(scan, top);
  }
}

function scanMember(scan: PatternScan, top: OpenClass): void {
  const { text, at } = scan;
  top.isFirst = false;
  const before = top.inRange ? top.last : undefined;
  if (text[at] === "\\" && scanClassEscape(scan)) {
    if (before !== undefined) throw new PatternError(`a range ends in a class at character ${at + 1}`);
    Object.assign(top, { last: undefined, inRange: false });
    return;
  }
  const isRangeSign = text[at] === "-" && top.last !== undefined && !top.inRange && text[at + 1] !== "]";
  if (isRangeSign) {
    top.inRange = true;
    scan.at += 1;
    return;
  }
  let code = text.charCodeAt(at);
  if (text[at] === "\\") code = scanCharacterEscape(scan);
  else scan.at += 1;
  if (before !== undefined && code < before) throw new PatternError(`a range at character ${at + 1} runs backwards`);
  Object.assign(top, { last: before === undefined ? code : undefined, inRange: false });
}
