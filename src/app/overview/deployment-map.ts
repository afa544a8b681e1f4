import type { DeploymentMap } from "../../model/overview.ts";
import type { SubjectIndex } from "../../model/subject.ts";
import { boundedMap } from "./map/bound.ts";
import { addExchange } from "./map/exchange.ts";
import { addForests } from "./map/forests.ts";
import { mapGraph } from "./map/graph.ts";
import { addLync } from "./map/lync.ts";
import { addOutside } from "./map/outside.ts";

/** The deployment as a graph: what was met, how it hangs together, and what was not read. `subjects` have their derived facts. */
export function deploymentMapOf(subjects: SubjectIndex): DeploymentMap {
  const graph = mapGraph(subjects);
  addForests(graph);
  addExchange(graph);
  addLync(graph);
  addOutside(graph);
  return boundedMap(graph);
}
