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
  readonly rules: Set<string>;
  readonly teams: Set<Team>;
  checks: number;
}

/** What a sketch takes of each of its findings. */
interface Noted {
  readonly cause: number;
  readonly rank: number;
  readonly checks: number;
  readonly rule: string;
  readonly team: Team | undefined;
}

/** Keeps a sketch of each root cause as problems come; at most 2,000 of each rank. */
export function sketchBook(): { readonly add: (of: Noted, first: () => Pick<CauseSketch, "head" | "unread">) => void; readonly finish: (rootOf: (cause: number) => number) => readonly CauseSketch[] } {
  const ranks = new Map<number, Map<number, Growing>>();
  return {
    add: ({ cause, rank, checks, rule, team }, first) => {
      const book = ranks.get(rank) ?? new Map<number, Growing>();
      ranks.set(rank, book);
      const found = book.get(cause);
      if (found === undefined && book.size >= perRank) return;
      const growing = found ?? { cause, ...first(), checks: 0, rules: new Set(), teams: new Set() };
      if (found === undefined) book.set(cause, growing);
      growing.checks += checks;
      growing.rules.add(rule);
      if (team !== undefined) growing.teams.add(team);
    },
    finish: (rootOf) => {
      const merged = new Map<number, CauseSketch>();
      for (const [rank, book] of [...ranks].sort(([a], [b]) => a - b)) {
        for (const { cause, head, unread, checks, rules, teams } of book.values()) {
          const root = rootOf(cause);
          const before = merged.get(root);
          merged.set(root, before === undefined ? { cause: root, head, unread, rank, checks, rules, teams } : { ...before, checks: before.checks + checks, rules: new Set([...before.rules, ...rules]), teams: new Set([...before.teams, ...teams]) });
        }
      }
      return [...merged.values()].sort((a, b) => a.rank - b.rank || b.checks - a.checks);
    },
  };
}
