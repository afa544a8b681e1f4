import type { Finding } from "../../model/finding.ts";
import type { UnknownReason } from "../../model/observation.ts";
import { checksOf } from "../order.ts";
import type { Card } from "./card.ts";

const limits = { worst: 40, waived: 200, stated: 100, unread: 1000 } as const;

/** Something that could not be read, and how many checks that costs. */
export interface Unread {
  readonly reason: UnknownReason;
  readonly detail: string;
  checks: number;
}

/** A bounded list of cards and how many there are in truth. */
export interface Sample {
  readonly cards: Card[];
  total: number;
}

/** Findings that sections of the page show by themselves. */
export interface Samples {
  /** The worst, worst first; fails, unknowns and warnings that nobody accepted. */
  readonly worst: Sample;
  readonly waived: Sample;
  /** Judged by what somebody stated. */
  readonly stated: Sample;
  /** Costliest first. */
  readonly unread: readonly Unread[];
  /** Unknown checks whose cause was not kept. */
  readonly unreadLeftOut: number;
}

/** Keeps samples of findings as they come. */
export function sampleBook(): { readonly add: (finding: Finding, rank: number, card: () => Card) => void; readonly finish: () => Samples } {
  const byRank = new Map<number, Card[]>();
  const [waived, stated, worst]: readonly [Sample, Sample, Sample] = [{ cards: [], total: 0 }, { cards: [], total: 0 }, { cards: [], total: 0 }];
  const unread = new Map<string, Unread>();
  let unreadLeftOut = 0;
  const keep = (sample: Sample, limit: number, card: () => Card): void => {
    sample.total += 1;
    if (sample.cards.length < limit) sample.cards.push(card());
  };
  const addUnread = (finding: Finding): void => {
    let kept = 0;
    for (const [key, { reason, detail }] of new Map(finding.reasons.map((one) => [`${one.reason} ${one.detail}`, one]))) {
      const found = unread.get(key) ?? (unread.size < limits.unread ? { reason, detail, checks: 0 } : undefined);
      if (found === undefined) continue;
      unread.set(key, found);
      found.checks += checksOf(finding);
      kept += 1;
    }
    if (kept === 0) unreadLeftOut += checksOf(finding);
  };
  return {
    add: (finding, rank, card) => {
      if (finding.subject.kind === "attestation") keep(stated, limits.stated, card);
      if (finding.outcome === "unknown") addUnread(finding);
      if (finding.disposition === "waived") keep(waived, limits.waived, card);
      else if (finding.outcome !== "pass" && finding.outcome !== "not-applicable") {
        worst.total += 1;
        const cards = byRank.get(rank) ?? [];
        if (cards.length < limits.worst) cards.push(card());
        byRank.set(rank, cards);
      }
    },
    finish: () => {
      worst.cards.push(...[...byRank].sort(([a], [b]) => a - b).flatMap(([, cards]) => cards).slice(0, limits.worst));
      return { worst, waived, stated, unread: [...unread.values()].sort((a, b) => b.checks - a.checks), unreadLeftOut };
    },
  };
}
