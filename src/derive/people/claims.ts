import { known, unknown, type Observation, type Unknown } from "../../model/observation.ts";
import type { SubjectRef } from "../../model/subject.ts";
import { derivedSource } from "../combine.ts";
import { createDigestTable } from "./digest-table.ts";

/** What may be held once only: an EUM address in an organisation, a line URI or SIP address in a forest. */
export interface Claim {
  readonly kind: "eum" | "line" | "sip";
  readonly forest: string;
  /** The value in the form in which it is compared. */
  readonly key: string;
}

/** Who holds what. First every claim is noted; then, of those that were made more than once, every holder is recalled. */
export interface Claims {
  note(claim: Claim): void;
  /** Notes that somebody's claims of this kind could not be read, so that no other is known to be the only one: in a forest, or in any where the forest is not known. */
  lacking(kind: Claim["kind"], forest: string | undefined, why: Unknown): void;
  /** Whether anything was claimed more than once. */
  readonly contested: boolean;
  recall(claim: Claim, holder: SubjectRef & { readonly dn: string }): void;
  /** The others who hold one of these, at most ten of each. */
  holders(kind: Claim["kind"], forest: string, keys: readonly string[], self: SubjectRef): Observation<readonly string[]>;
}

const maxContested = 100_000;
const maxHolders = 11;

interface Holder {
  readonly id: string;
  readonly text: string;
}

/** The others of a group: the holder itself is in it once. What has the same id a second time is another one, of a directory that lies. */
function withoutOne(group: readonly Holder[], id: string): readonly Holder[] {
  const own = group.findIndex((holder) => holder.id === id);
  return own < 0 ? group : group.toSpliced(own, 1);
}

/** An empty register. Digests only say where to look: who shares a value is decided by the texts themselves. */
export function createClaims(): Claims {
  const table = createDigestTable();
  const contested = new Set<number>();
  const groups = new Map<string, Holder[]>();
  const gaps = new Map<string, Unknown>();
  const textOf = ({ kind, forest, key }: Claim): string => [kind, forest, key].join("\n");
  const isContested = (text: string): boolean => {
    if (contested.size === 0) return false; // a digest is not for free
    const number = table.find(text);
    return number !== undefined && contested.has(number);
  };
  return {
    note(claim) {
      const before = table.size;
      const number = table.add(textOf(claim));
      if (table.size === before) contested.add(number);
    },
    lacking(kind, forest, why) {
      const gap = forest === undefined ? kind : `${kind}\n${forest}`;
      if (!gaps.has(gap)) gaps.set(gap, why);
    },
    get contested() {
      return contested.size > 0;
    },
    recall(claim, { kind, id, name, dn }) {
      const text = textOf(claim);
      if (!isContested(text)) return;
      const group = groups.get(text);
      const holder = { id: `${kind}\n${id}`, text: `${name} (${dn})` };
      if (group === undefined) {
        if (groups.size < maxContested) groups.set(text, [holder]);
      } else if (group.length < maxHolders) group.push(holder);
    },
    holders(kind, forest, keys, self) {
      const texts = keys.map((key) => textOf({ kind, forest, key })).filter(isContested);
      const found = texts.flatMap((text) => withoutOne(groups.get(text) ?? [], `${self.kind}\n${self.id}`));
      if (found.length > 0) return known([...new Set(found.map(({ text }) => text))], derivedSource);
      if (texts.some((text) => !groups.has(text))) return unknown("truncated", `more than ${maxContested} values are held by several`, derivedSource);
      return gaps.get(`${kind}\n${forest}`) ?? gaps.get(kind) ?? known([], derivedSource);
    },
  };
}
