/** Text that grows up to a limit. GitHub refuses comments of more than 65,536 characters, GitLab more than a million, Azure DevOps more than 150,000. */
export interface MarkdownPage {
  /** Adds a part if it fits; says whether it did. */
  readonly add: (part: string) => boolean;
  readonly parts: () => readonly string[];
}

/** A page of at most `limit` UTF-16 units. */
export function markdownPage(limit: number): MarkdownPage {
  const parts: string[] = [];
  let length = 0;
  return {
    add: (part) => {
      if (length + part.length > limit) return false;
      length += part.length;
      parts.push(part);
      return true;
    },
    parts: () => parts,
  };
}

/** A collapsible part; both arguments are safe already. The empty lines make the inside Markdown again. */
export function collapsible(summary: string, inside: string, open = false): string {
  return `<details${open ? " open" : ""}><summary>${summary}</summary>\n\n${inside}\n</details>\n\n`;
}

/** A table of safe cells. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => (cell.trim() === "" ? "&nbsp;" : cell)).join(" | ")} |\n`;
  return [line(heads), `|${heads.map(() => "---|").join("")}\n`, ...rows.map(line)].join("");
}
