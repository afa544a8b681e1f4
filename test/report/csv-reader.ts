/** Parses CSV strictly after RFC 4180, every field quoted but those of the head; throws on anything else. */
export function readCsv(text: string): readonly Readonly<Record<string, string>>[] {
  if (!text.startsWith("\ufeff") || !text.endsWith("\r\n")) throw new Error("no byte order mark, or the last line does not end");
  const [head, ...lines] = text.slice(1, -2).split("\r\n");
  const names = head?.split(",") ?? [];
  return lines.map((line) => {
    const fields: string[] = [];
    let rest = line;
    for (;;) {
      const match = /^"((?:[^"\r\n]|"")*)"(,|$)/u.exec(rest);
      if (match === null) throw new Error(`not a field: ${rest.slice(0, 80)}`);
      fields.push((match[1] ?? "").replaceAll('""', '"'));
      rest = rest.slice(match[0].length);
      if (match[2] === "") break;
    }
    if (fields.length !== names.length || rest !== "") throw new Error(`${fields.length} fields, not ${names.length}`);
    return Object.fromEntries(names.map((name, index) => [name, fields[index] ?? ""]));
  });
}
