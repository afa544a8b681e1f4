import { type Answer, type Question, rcode } from "./codec.ts";
import { type ZoneData, nameKey, zoneOf } from "./zone-data.ts";

/** What a question gets: response code, whether the server speaks for the zone, and the three sections. */
export interface Resolution {
  readonly code: number;
  readonly authoritative: boolean;
  readonly answers: readonly Answer[];
  readonly authorities: readonly Answer[];
  readonly additionals: readonly Answer[];
}

const maxAliases = 8;

function addressesOf(data: ZoneData, answers: readonly Answer[]): readonly Answer[] {
  const targets = new Set(answers.filter(({ type }) => type === "SRV").map(({ data: value }) => nameKey((value as { readonly target: string }).target)));
  return [...targets].flatMap((target) => (data.records.get(target) ?? []).filter(({ type }) => type === "A" || type === "AAAA"));
}

/** Answers a question from one view; follows aliases as far as its zones go. Outside its zones it refuses. */
export function resolve(data: ZoneData, question: Question): Resolution {
  const nothing = { answers: [], authorities: [], additionals: [] };
  const answers: Answer[] = [];
  let owner = question.name; // the answer repeats the spelling of the question
  for (let step = 0; step <= maxAliases; step += 1) {
    const name = nameKey(owner);
    const zone = zoneOf(data, name);
    if (zone === undefined) break;
    const spelling = owner;
    const found = data.records.get(name) ?? [];
    const matching = found.filter(({ type }) => type === question.type || question.type === "ANY").map((answer) => ({ ...answer, name: spelling }));
    if (matching.length > 0) return { code: rcode.noError, authoritative: true, answers: [...answers, ...matching], authorities: [], additionals: addressesOf(data, matching) };
    const alias = found.find(({ type }) => type === "CNAME");
    if (alias === undefined) {
      const soa = data.zones.get(zone);
      return { code: data.names.has(name) ? rcode.noError : rcode.nameError, authoritative: true, answers, authorities: soa === undefined ? [] : [soa], additionals: [] };
    }
    answers.push({ ...alias, name: spelling });
    owner = String(alias.data);
  }
  return answers.length === 0 ? { code: rcode.refused, authoritative: false, ...nothing } : { code: rcode.noError, authoritative: true, ...nothing, answers };
}
