import { driftStates } from "../../../model/drift.ts";
import { outcomes, severities } from "../../../model/finding.ts";
import { teams } from "../../../model/rule.ts";
import type { CardDetail, CardHead, HeadBlock } from "../card.ts";
import type { PageData } from "../page-data.ts";

/** The findings in the page. */
export interface Findings {
  readonly data: PageData;
  readonly heads: readonly CardHead[];
  /** Unpacks what opens with a finding; a block at a time, kept once it is there. */
  readonly detail: (index: number) => Promise<CardDetail | undefined>;
}

/** What the page holds for its script as it is. */
export function pageData(): PageData {
  return JSON.parse(document.getElementById("data")?.textContent ?? "") as PageData;
}

/** Reads the page's data and unpacks the heads of all findings. */
export async function loadFindings(): Promise<Findings> {
  const data = pageData();
  const blocks = await Promise.all([...document.querySelectorAll("script.heads")].map(async (script) => (await unpacked(script)) as HeadBlock));
  const roots = new Map(data.joined);
  const heads = blocks.flatMap((block) => block.rows.map((row) => headOf(block, row, roots)));
  return { data, heads, detail: detailReader(data) };
}

function headOf({ rules }: HeadBlock, row: HeadBlock["rows"][number], roots: ReadonlyMap<number, number>): CardHead {
  const [at, outcome, waived, subject, message, tail, state, since, count, cause] = row;
  const [rule = "", title = "", severity = -1, team = -1] = rules[at] ?? [];
  return {
    rule,
    title,
    severity: severities[severity] ?? "advice",
    team: teams[team],
    outcome: outcomes[outcome] ?? "unknown",
    waived: waived === 1,
    subject,
    message,
    anchor: tail.startsWith("/") ? `${rule}${tail}` : tail,
    state: driftStates[state],
    since: since === "" ? undefined : since,
    count: count < 0 ? undefined : count,
    cause: roots.get(cause) ?? cause,
  };
}

function detailReader({ blocks }: PageData): Findings["detail"] {
  const scripts = [...document.querySelectorAll("script.details")];
  const read = new Map<number, Promise<readonly CardDetail[]>>();
  return async (index) => {
    let [block, row] = [0, index];
    while (block < blocks.length && row >= (blocks[block] ?? 0)) {
      row -= blocks[block] ?? 0;
      block += 1;
    }
    const script = scripts[block];
    if (script === undefined) return undefined;
    const details = read.get(block) ?? (unpacked(script) as Promise<readonly CardDetail[]>);
    read.set(block, details);
    return (await details)[row];
  };
}

/** Base64, inflated, as JSON. */
async function unpacked(script: Element): Promise<unknown> {
  const binary = atob(script.textContent ?? "");
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return (await new Response(stream).json()) as unknown;
}
