import { deflateRawSync } from "node:zlib";
import { severities, outcomes, type Finding } from "../../model/finding.ts";
import { driftStates } from "../../model/drift.ts";
import { teams } from "../../model/rule.ts";
import { jsonText } from "../escape-json.ts";
import type { Card, HeadBlock, HeadRow } from "./card.ts";

/** What the findings in the page may weigh; the rest of its 15 MB is for everything else. */
const defaultLimits: BulkLimits = { characters: 13_500_000, findings: 250_000 };
const rowsPerBlock = 512;
const charactersPerBlock = 400_000;

/** How much of the findings the page may hold. */
export interface BulkLimits {
  readonly characters: number;
  readonly findings: number;
}

/** Findings as the page holds them: deflated and in base64, heads apart from details, so that it can list all without opening any. */
export interface PackedBlock {
  readonly rows: number;
  readonly heads: string;
  readonly details: string;
}

/** Takes findings in any order and keeps the worst that fit. */
export interface Bulk {
  /** Adds a finding; the lower its rank the worse it is. The card is made only if it has a chance to be kept. */
  readonly add: (finding: Finding, rank: number, card: () => Card) => void;
  /** The blocks, worst first, and how many findings they hold of how many. */
  readonly finish: () => { readonly blocks: readonly PackedBlock[]; readonly kept: number; readonly total: number };
}

interface Shelf {
  readonly blocks: PackedBlock[];
  open: { rules: Map<string, number>; block: { rules: HeadBlock["rules"][number][]; rows: HeadRow[] }; details: string[]; characters: number };
}

/** Packs findings block by block while they are walked, a shelf for each rank. Whenever there is too much, the last block of the least important shelf goes. */
export function bulkOf(limits: BulkLimits = defaultLimits): Bulk {
  const shelves = new Map<number, Shelf>();
  let [total, kept, characters] = [0, 0, 0];
  let closedFrom = Infinity;
  const close = (shelf: Shelf): void => {
    if (shelf.open.block.rows.length === 0) return;
    const packed = { rows: shelf.open.block.rows.length, heads: packedText(jsonText(shelf.open.block)), details: packedText(`[${shelf.open.details.join(",")}]`) };
    shelf.blocks.push(packed);
    shelf.open = emptyOpen();
    kept += packed.rows;
    characters += packed.heads.length + packed.details.length;
    while (characters > limits.characters || kept > limits.findings) dropLast();
  };
  const dropLast = (): void => {
    const last = Math.max(...[...shelves].flatMap(([rank, { blocks }]) => (blocks.length > 0 ? [rank] : [])));
    const dropped = shelves.get(last)?.blocks.pop();
    closedFrom = Math.min(closedFrom, last);
    if (dropped === undefined) return;
    kept -= dropped.rows;
    characters -= dropped.heads.length + dropped.details.length;
  };
  return {
    add: (finding, rank, card) => {
      total += 1;
      if (rank >= closedFrom) return;
      const shelf = shelves.get(rank) ?? { blocks: [], open: emptyOpen() };
      shelves.set(rank, shelf);
      addCard(shelf, finding, card());
      if (shelf.open.block.rows.length >= rowsPerBlock || shelf.open.characters >= charactersPerBlock) close(shelf);
    },
    finish: () => {
      const sorted = [...shelves].sort(([a], [b]) => a - b);
      for (const [rank, shelf] of sorted) if (rank < closedFrom) close(shelf);
      return { blocks: sorted.flatMap(([, { blocks }]) => blocks), kept, total };
    },
  };
}

function emptyOpen(): Shelf["open"] {
  return { rules: new Map(), block: { rules: [], rows: [] }, details: [], characters: 0 };
}

function addCard({ open }: Shelf, finding: Finding, { head, detail }: Card): void {
  const { rule, title, severity, team, outcome, waived, subject, message, anchor, state, since, count, cause } = head;
  const ruleRow = [rule, title, severities.indexOf(severity), team === undefined ? -1 : teams.indexOf(team)] as const;
  const key = JSON.stringify(ruleRow);
  const at = open.rules.get(key) ?? open.block.rules.length;
  if (at === open.block.rules.length) {
    open.rules.set(key, at);
    open.block.rules.push(ruleRow);
  }
  const tail = anchor.startsWith(`${finding.rule}/`) ? `/${anchor.slice(finding.rule.length + 1)}` : anchor;
  open.block.rows.push([at, outcomes.indexOf(outcome), waived ? 1 : 0, subject, message, tail, state === undefined ? -1 : driftStates.indexOf(state), since ?? "", count ?? -1, cause]);
  const text = jsonText(detail);
  open.details.push(text);
  open.characters += text.length + message.length + subject.length;
}

function packedText(text: string): string {
  return deflateRawSync(text).toString("base64");
}
