/** One piece of a PowerShell script. */
export interface Piece {
  readonly kind: "code" | "string" | "comment";
  readonly text: string;
  readonly line: number;
}

const singles = "'\u2018\u2019\u201a\u201b";
const doubles = '"\u201c\u201d\u201e';
const lineEnds = "\r\n";

/**
 * Cuts a script into code, strings and comments by the rules of the language specification (2.3.5.2 string literals, 2.2.3 comments) and
 * about_Quoting_Rules: four characters are a single quote, four a double one; each is doubled to stand for itself. Throws at a string or block comment left open,
 * at a string over a line's end, and at brackets that do not match.
 */
export function lexPowershell(script: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const open: string[] = [];
  let line = 1;
  let code = "";
  const flush = (): void => {
    if (code !== "") pieces.push({ kind: "code", text: code, line });
    code = "";
  };
  for (let at = 0; at < script.length; at += 1) {
    const character = script[at] ?? "";
    if (character === "#" && (at === 0 || /[\s;({|\ufeff]/u.test(script[at - 1] ?? ""))) {
      flush();
      let end = at;
      while (end < script.length && !lineEnds.includes(script[end] ?? "")) end += 1;
      pieces.push({ kind: "comment", text: script.slice(at, end), line });
      at = end - 1;
    } else if (script.startsWith("<#", at)) throw new Error(`line ${line}: a block comment`);
    else if (singles.includes(character) || doubles.includes(character)) {
      flush();
      const end = closingQuote(script, at, line);
      pieces.push({ kind: "string", text: script.slice(at, end + 1), line });
      at = end;
    } else {
      if ("({[".includes(character)) open.push(character);
      if (")}]".includes(character) && open.pop() !== "({["[")}]".indexOf(character)]) throw new Error(`line ${line}: brackets do not match`);
      if (character === "\n") {
        flush();
        line += 1;
      } else code += character;
    }
  }
  flush();
  if (open.length > 0) throw new Error(`brackets left open: ${open.join("")}`);
  return pieces;
}

function closingQuote(script: string, start: number, line: number): number {
  const quotes = singles.includes(script[start] ?? "") ? singles : doubles;
  for (let at = start + 1; at < script.length; at += 1) {
    const character = script[at] ?? "";
    if (lineEnds.includes(character)) throw new Error(`line ${line}: a string goes over the end of its line`);
    if (quotes === doubles && character === "`") at += 1;
    else if (quotes.includes(character)) {
      if (!quotes.includes(script[at + 1] ?? " ")) return at;
      at += 1;
    }
  }
  throw new Error(`line ${line}: a string is left open`);
}
