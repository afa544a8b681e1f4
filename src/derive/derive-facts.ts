import { kinds, type KindName } from "../model/kinds.ts";
import type { SubjectIndex } from "../model/subject.ts";
import { deriveDeployment } from "./deployment-facts.ts";
import { deriveExchange } from "./exchange-facts.ts";
import { deriveGrants } from "./grant-facts.ts";
import { deriveLync } from "./lync-facts.ts";
import { derivePaths } from "./path-facts.ts";
import { deriveVoice } from "./voice-facts.ts";
import { derivedWorld } from "./world.ts";

/**
 * Adds the derived facts to observed ones: relations across systems, effective configuration, certificate paths. Pure; `at` is the moment at which
 * certificates are judged. What a derived fact needs and was not read makes it unknown, with the same reason.
 */
export async function deriveFacts(observed: SubjectIndex, at: Date): Promise<SubjectIndex> {
  const world = derivedWorld(observed, Object.keys(kinds) as KindName[]);
  deriveDeployment(world);
  deriveExchange(world);
  deriveLync(world);
  deriveVoice(world);
  deriveGrants(world);
  await derivePaths(world, at);
  return world;
}
