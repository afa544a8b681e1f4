import { firstUnknown } from "../combine.ts";
import { unknown, type Observation } from "../../model/observation.ts";
import { factOf } from "../../model/fact-read.ts";
import type { Subject, SubjectRef } from "../../model/subject.ts";
import type { Claim, Claims } from "./claims.ts";
import { isMailbox } from "./identity.ts";
import { lineKey } from "./line-uri.ts";
import { userFact } from "./own-facts.ts";

/** The claims of one kind that a subject makes. */
export interface Claimed {
  readonly kind: Claim["kind"];
  /** Undefined where it is not known; then the keys are not either. */
  readonly forest: string | undefined;
  readonly keys: Observation<readonly string[]>;
}

/** In a damaged or hand-made snapshot only. Whoever it is may hold what somebody else holds. */
function inNoForest(forest: Observation<string>, kinds: readonly Claim["kind"][]): readonly Claimed[] {
  const keys = firstUnknown([forest]) ?? unknown("malformed", "somebody has no forest");
  return kinds.map((kind) => ({ kind, forest: undefined, keys }));
}

function one(value: Observation<string>, key: (text: string) => string): Observation<readonly string[]> {
  if (value.state === "absent") return { state: "known", value: [], source: value.source };
  return value.state === "known" ? { ...value, value: [key(value.value)] } : value;
}

/** A user's addresses; copies of EUM addresses on an account that has no mailbox are none of its own. */
function eumKeys(user: Subject): Observation<readonly string[]> {
  const mailbox = isMailbox(user);
  if (mailbox.state !== "known") return mailbox.state === "unknown" ? mailbox : { state: "known", value: [], source: "" };
  if (!mailbox.value) return { state: "known", value: [], source: "" };
  const [primary, secondary] = [userFact(user, "eumPrimary"), userFact(user, "eumSecondary")];
  if (primary.state !== "known") return primary;
  if (secondary.state !== "known") return secondary;
  return { ...secondary, value: [...new Set([...primary.value, ...secondary.value].map((address) => address.toLowerCase()))] };
}

/** What a user holds that nobody else may. */
export function claimsOfUser(user: Subject): readonly Claimed[] {
  const forest = userFact(user, "forest");
  if (forest.state !== "known") return inNoForest(forest, ["eum", "line", "sip"]);
  return [
    { kind: "eum", forest: forest.value, keys: eumKeys(user) },
    { kind: "line", forest: forest.value, keys: one(userFact(user, "lineUri"), lineKey) },
    { kind: "sip", forest: forest.value, keys: one(userFact(user, "sipAddress"), (address) => address.toLowerCase()) },
  ];
}

/** What an ExUM contact holds that nobody else may. */
export function claimsOfContact(contact: Subject): readonly Claimed[] {
  const forest = factOf(contact, "exUmContact", "forest");
  if (forest.state !== "known") return inNoForest(forest, ["line", "sip"]);
  return [
    { kind: "line", forest: forest.value, keys: one(factOf(contact, "exUmContact", "lineUri"), lineKey) },
    { kind: "sip", forest: forest.value, keys: one(factOf(contact, "exUmContact", "sipAddress"), (address) => address.toLowerCase()) },
  ];
}

/** Notes claims, and which of them could not be read. */
export function noteClaims(claims: Claims, claimed: readonly Claimed[]): void {
  for (const { kind, forest, keys } of claimed) {
    if (keys.state === "known" && forest !== undefined) for (const key of keys.value) claims.note({ kind, forest, key });
    else {
      const gap = firstUnknown([keys]);
      if (gap !== undefined) claims.lacking(kind, forest, gap);
    }
  }
}

/** Recalls the holder of claims. */
export function recallClaims(claims: Claims, claimed: readonly Claimed[], holder: SubjectRef & { readonly dn: string }): void {
  for (const { kind, forest, keys } of claimed) if (keys.state === "known" && forest !== undefined) for (const key of keys.value) claims.recall({ kind, forest, key }, holder);
}
