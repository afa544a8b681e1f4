import type { Observation } from "../../../model/observation.ts";
import { together } from "./container.ts";
import { groupClass } from "./judged-classes.ts";
import type { ForestSession } from "./session.ts";

/** Whether every group of the forest, with its members, can have been seen. */
export async function groupsVisible({ domains, source }: ForestSession): Promise<Observation<true>> {
  if (domains.state !== "known") return domains;
  const rights = await Promise.all(domains.value.map(async (domain) => (await domain.rights()).of(groupClass)));
  return together(rights.map(({ complete }) => complete), source);
}
