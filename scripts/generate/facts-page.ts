import { kinds, typeText } from "../../src/model/kinds.ts";
import { records } from "../../src/model/kinds/records.ts";
import type { Kind, RecordType } from "../../src/model/fact-type.ts";

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function kindSection(name: string, kind: Kind): string {
  const notes = [kind.mass === true ? "streamed: judged one by one, no plural" : "", kind.lookup === true ? "reached by reference only: no plural" : ""].filter((note) => note !== "");
  const rows = Object.entries(kind.facts).map(([fact, { type, optional, source, description }]) => `| \`${fact}\` | ${cell(typeText(type))}${optional === true ? ", optional" : ""} | ${source} | ${cell(description)} |`);
  return [`## ${name}`, "", `${kind.title}${notes.length > 0 ? ` (${notes.join("; ")})` : ""}`, "", "| fact | type | source | meaning |", "|---|---|---|---|", ...rows, ""].join("\n");
}

function recordSection(name: string, record: RecordType): string {
  const rows = Object.entries(record).map(([field, { type, optional, description }]) => `| \`${field}\` | ${cell(typeText(type))}${optional === true ? ", optional" : ""} | ${cell(description)} |`);
  return [`### ${name}`, "", "| field | type | meaning |", "|---|---|---|", ...rows, ""].join("\n");
}

/** docs/facts.md: every kind of subject with its facts, and the record types. */
export function factsPage(): string {
  return [
    "# Facts",
    "",
    "What rules can read, by kind of subject. Generated from `src/model/kinds/`; `npm run generate` writes it anew.",
    "",
    ...Object.entries(kinds).map(([name, kind]) => kindSection(name, kind)),
    "## Records",
    "",
    ...Object.entries(records).map(([name, record]) => recordSection(name, record)),
  ].join("\n");
}
