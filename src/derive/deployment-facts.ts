import { singletonId } from "../model/ids.ts";
import type { Observation } from "../model/observation.ts";
import { chained, joined, selected } from "./combine.ts";
import { known } from "../model/observation.ts";
import type { DerivedWorld } from "./world.ts";

/** The one element of an optional reference as a list: absent is an empty one. */
function asList(reference: Observation<string>): Observation<readonly string[]> {
  if (reference.state === "absent") return known([], reference.source);
  return reference.state === "known" ? known([reference.value], reference.source) : reference;
}

/** Which forests, organisations and Lync deployments there are in all. */
export function deriveDeployment(world: DerivedWorld): void {
  const id = singletonId.deployment;
  const forests = world.read("deployment", id, "forests");
  const withRole = (role: "lync" | "exchange"): Observation<readonly string[]> =>
    selected(forests, (forest) => chained(world.read("forest", forest, "roles"), (roles) => known(roles.includes(role), "configuration")));
  const exchangeForests = withRole("exchange");
  const lyncForests = withRole("lync");
  world.state("deployment", id, "exchangeForests", exchangeForests);
  world.state("deployment", id, "lyncForests", lyncForests);
  world.state("deployment", id, "exchangeOrganizations", chained(exchangeForests, (list) => joined(list.map((forest) => asList(world.read("forest", forest, "exchangeOrganization"))))));
  world.state("deployment", id, "lyncDeployments", chained(lyncForests, (list) => joined(list.map((forest) => asList(world.read("forest", forest, "lyncDeployment"))))));
}
