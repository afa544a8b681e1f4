import { factOf } from "../../model/fact-read.ts";
import { unknown, type Observation, type Unknown } from "../../model/observation.ts";
import type { Subject, SubjectIndex } from "../../model/subject.ts";
import { chained, firstUnknown } from "../combine.ts";
import { claimsOfContact, claimsOfUser, noteClaims, recallClaims } from "./claims-of.ts";
import { createClaims, type Claim } from "./claims.ts";
import type { UserFacts } from "./own-facts.ts";

/** Finds who else holds what only one may hold. */
export interface HolderFinder {
  note(user: Subject): void;
  /** `lost`: why there may be users that nobody noted. @returns whether users are to be recalled */
  settle(world: SubjectIndex, lost: Unknown | undefined): boolean;
  recall(user: Subject): void;
  factsOf(user: Subject): UserFacts;
}

const factNames = { eum: "eumAddressHolders", line: "lineHolders", sip: "sipAddressHolders" } as const satisfies Readonly<Record<Claim["kind"], string>>;
const notRead = unknown("not-collected", "not read in this run");

function named({ kind, id, name, facts }: Subject) {
  const dn = facts["dn"];
  return { kind, id, name, dn: dn?.state === "known" ? String(dn.value) : id };
}

function contactsOf(forest: Subject, world: SubjectIndex): Observation {
  return chained(factOf(forest, "forest", "lyncDeployment"), (id) => factOf(world.get("lyncDeployment", id), "lyncDeployment", "exUmContacts"));
}

/** No user noted yet. */
export function createHolderFinder(): HolderFinder {
  const claims = createClaims();
  const noteGap = (kinds: readonly Claim["kind"][], forest: string, gap: Unknown | undefined): void => {
    if (gap !== undefined) for (const kind of kinds) claims.lacking(kind, forest, gap);
  };
  return {
    note: (user) => noteClaims(claims, claimsOfUser(user)),
    settle(world, lost) {
      for (const forest of world.all("forest")) {
        const contacts = contactsOf(forest, world);
        noteGap(["eum", "line", "sip"], forest.id, lost ?? firstUnknown([factOf(forest, "forest", "users")]));
        noteGap(["line", "sip"], forest.id, contacts.state === "unknown" ? contacts : undefined);
      }
      const contacts = world.all("exUmContact");
      for (const contact of contacts) noteClaims(claims, claimsOfContact(contact));
      for (const contact of contacts) recallClaims(claims, claimsOfContact(contact), named(contact));
      return claims.contested;
    },
    recall: (user) => recallClaims(claims, claimsOfUser(user), named(user)),
    factsOf(user) {
      const held = claimsOfUser(user).map(({ kind, forest, keys }) => [factNames[kind], forest === undefined ? notRead : chained(keys, (list) => claims.holders(kind, forest, list, user))] as const);
      return { ...Object.fromEntries(Object.values(factNames).map((name) => [name, notRead])), ...Object.fromEntries(held) };
    },
  };
}
