import { factOf } from "../model/fact-read.ts";
import { kinds, type KindName } from "../model/kinds.ts";
import type { SubjectIndex } from "../model/subject.ts";
import { deriveContacts } from "./contact-facts.ts";
import { deriveDeployment } from "./deployment-facts.ts";
import { deriveExchange } from "./exchange-facts.ts";
import { deriveGrants } from "./grant-facts.ts";
import { deriveLync } from "./lync-facts.ts";
import { pathFacts } from "../model/path-facts.ts";
import { derivePaths } from "./path-facts.ts";
import { deriveVoice } from "./voice-facts.ts";
import { derivedWorld, type DerivedWorld } from "./world.ts";

/**
 * Adds the derived facts to observed ones: relations across systems, effective configuration, certificate paths. Pure; `at` is the moment at which
 * certificates are judged. What a derived fact needs and was not read makes it unknown, with the same reason.
 */
export async function deriveFacts(observed: SubjectIndex, at: Date): Promise<SubjectIndex> {
  const world = relatedWorld(observed);
  await derivePaths(world, at);
  return world;
}

function relatedWorld(observed: SubjectIndex): DerivedWorld {
  const world = derivedWorld(observed, Object.keys(kinds) as KindName[]);
  deriveDeployment(world);
  deriveExchange(world);
  deriveLync(world);
  deriveVoice(world);
  deriveContacts(world);
  deriveGrants(world);
  return world;
}

/** The same for observed facts of which some have changed, but none that certificate paths rest on ({@link decidesPaths}): those are taken from what was derived before. */
export function deriveRelationsAgain(observed: SubjectIndex, before: SubjectIndex): SubjectIndex {
  const world = relatedWorld(observed);
  for (const endpoint of before.all("endpoint")) for (const name of pathFacts) world.state("endpoint", endpoint.id, name, factOf(endpoint, "endpoint", name));
  return world;
}

/** Whether certificate paths are worked out from a fact. */
export function decidesPaths(kind: string, fact: string): boolean {
  return (kind === "endpoint" && ["side", "chain", "fetchedIssuers", "opensslVerdict"].includes(fact)) || (kind === "trustAnchorSet" && fact === "certificates");
}
