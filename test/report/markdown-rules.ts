import { expect } from "vitest";

/** The lines outside of code blocks (CommonMark 0.31, section 4.5); throws when a block is left open. */
export function outsideCode(markdown: string): readonly string[] {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split("\n")) {
    const run = /^ {0,3}(`{3,})(.*)$/u.exec(line);
    if (fence === undefined && run !== null) fence = run[1];
    else if (fence === undefined) lines.push(line);
    else if (run !== null && (run[1]?.length ?? 0) >= fence.length && run[2]?.trim() === "") fence = undefined;
  }
  if (fence !== undefined) throw new Error("a code block is not closed");
  return lines;
}

/** What a reader of Markdown would act on, in lines that are ours: tags that we write, table rows of one width, no mention, no link but to Microsoft. */
export function expectHarmlessMarkdown(markdown: string): void {
  const lines = outsideCode(markdown);
  let cells: number | undefined;
  let open = 0;
  for (const line of lines) {
    const pipes = line.split("|").length;
    if (line.startsWith("|")) expect(pipes, line).toBe((cells ??= pipes));
    else {
      cells = undefined;
      expect(pipes, line).toBe(1);
    }
    for (const [tag] of line.matchAll(/<[^>]*>?/gu)) expect(tag).toMatch(/^<(details|details open|\/details|summary|\/summary|b|\/b|code|\/code|br|https?:\/\/[^<>\\\s]*)>$/u);
    open += line.split("<details").length - line.split("</details>").length;
    expect(line).not.toMatch(/[`\\@]|!\[|\]\((?!<)|www\.|https?:\/\/(?![^<>]*>\))/iu);
    expect(line).not.toMatch(/&#(64|35|33|126|36|38);(?=[\p{L}\p{N}_])/u);
  }
  expect(open).toBe(0);
  expect(lines.filter((line) => /^\s*(?:\d+[.)]|[-+=]{2,}|#{1,6} )/u.test(line) && !line.startsWith("## umpreflight"))).toEqual([]);
}
