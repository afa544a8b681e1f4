import type { Team } from "../../model/rule.ts";
import type { CardHead } from "./card.ts";

const perRank = 2000;

/** Problems that one change mends. */
export interface CauseSketch {
  readonly cause: number;
  /** Of its worst finding. */
  readonly head: CardHead;
  /** What could not be read and why, where that is the cause. */
  readonly unread: string | undefined;
  readonly rank: number;
  readonly checks: number;
  readonly rules: ReadonlySet<string>;
  readonly teams: ReadonlySet<Team>;
}

interface Growing extends Pick<CauseSketch, "cause" | "head" | "unread"> {
  checks: number;
}

/** Keeps a sketch of each root cause as problems come; at most 2,000 of each rank. */
export function sketchBook(): { readonly add: (cause: number, rank: number, checks: number, first: () => Pick<CauseSketch, "head" | "unread">) => void; readonly finish: (rootOf: (cause: number) => number) => readonly CauseSketch[] } {
  const ranks = new Map<number, Map<number, Growing>>();
  return {
    add: (cause, rank, checks, first) => {
      const book = ranks.get(rank) ?? new Map<number, Growing>();
      ranks.set(rank, book);
      const found = book.get(cause);
      if (found !== undefined) found.checks += checks;
      else if (book.size < perRank) book.set(cause, { cause, ...first(), checks });
    },
    finish: (rootOf) => {
      const merged = new Map<number, CauseSketch>();
      for (const [rank, book] of [...ranks].sort(([a], [b]) => a - b)) {
        for (const { cause, head, unread, checks } of book.values()) {
          const root = rootOf(cause);
          const before = merged.get(root);
          const teams = head.team === undefined ? [] : [head.team];
          merged.set(root, before === undefined ? { cause: root, head, unread, rank, checks, rules: new Set([head.rule]), teams: new Set(teams) } : { ...before, checks: before.checks + checks, rules: new Set([...before.rules, head.rule]), teams: new Set([...before.teams, ...teams]) });
        }
      }
      return [...merged.values()].sort((a, b) => a.rank - b.rank || b.checks - a.checks);
    },
  };
}
