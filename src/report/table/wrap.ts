/** From here on a code point may take two columns (Unicode Standard Annex 11); © and ® do where they are shown as emoji. */
const firstWide = 0x1100;
const breakAfter = new Set([".", ",", ";", "/", "\\", "@", ":", "-", "_", " "]);

function columnsOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point >= firstWide || point === 0xa9 || point === 0xae ? 2 : 1;
}

/** The columns that a safe text takes at most. */
export function widthAtMost(text: string): number {
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

/** Breaks a word that is wider than a line: after a dot, comma or the like when that fills a third of the line, else anywhere. */
function pieces(word: string, width: number): readonly string[] {
  const result: string[] = [];
  let piece: string[] = [];
  let used = 0;
  let breakAt = 0;
  for (const character of word) {
    if (used + columnsOf(character) > width) {
      const end = breakAt * 3 >= width ? breakAt : piece.length;
      result.push(piece.slice(0, end).join(""));
      piece = piece.slice(end);
      used = widthAtMost(piece.join(""));
      breakAt = 0;
    }
    piece.push(character);
    used += columnsOf(character);
    if (breakAfter.has(character)) breakAt = piece.length;
  }
  return [...result, piece.join("")];
}

interface Unit {
  /** Between this unit and the one before it, unless a line starts here. */
  readonly gap: "" | " ";
  readonly text: string;
}

/** What must stay together: words, or the parts of a distinguished name, which is read part by part. */
function unitsOf(line: string, width: number): readonly Unit[] {
  const isName = /^(?:CN|OU|DC)=[^,]+,/i.test(line) && /,DC=[^, ]+$/i.test(line);
  const units: readonly Unit[] = isName ? line.split(/(?<=[^\\],)/).map((text) => ({ gap: "", text })) : line.split(" ").map((text) => ({ gap: " ", text }));
  return units.flatMap(({ gap, text }) => pieces(text, width).map((piece, index) => ({ gap: index === 0 ? gap : "", text: piece })));
}

function wrapLine(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current: string | undefined;
  let used = 0;
  for (const { gap, text } of unitsOf(line, width)) {
    const unitWidth = widthAtMost(text);
    if (current !== undefined && used + gap.length + unitWidth <= width) {
      current += gap + text;
      used += gap.length + unitWidth;
    } else {
      if (current !== undefined) lines.push(current);
      current = text;
      used = unitWidth;
    }
  }
  return current === undefined ? lines : [...lines, current];
}

/** Safe text in lines of at most `width` columns, broken between words where that is possible. Line breaks in the text stay. */
export function wrapText(text: string, width: number): readonly string[] {
  return text.split("\n").flatMap((line) => wrapLine(line, width));
}
