import type { DeploymentMap } from "../../../model/overview.ts";
import { el } from "../element.ts";
import { mapSvg } from "../map-svg.ts";
import { notReadNote, type Section } from "../section.ts";
import type { MarkOf } from "../subject-mark.ts";

/** The map of the deployment, coloured by findings; what has one leads to it. */
export function mapSection(map: DeploymentMap, markOf: MarkOf): Section | undefined {
  if (map.nodes.length === 0 && map.notShown.length === 0) return undefined;
  return {
    id: "map",
    title: "Map of the deployment",
    note: String(map.nodes.length),
    body: [
      el("p", { class: "intro" }, "Forests, servers, dial plans, gateways and pools as they were found. Shape and colour tell the worst finding; what has one leads to it."),
      map.nodes.length > 0 && el("button", { type: "button", class: "fit js-only", "aria-pressed": "false", "aria-controls": "map-drawing" }, "Fit to width"),
      map.nodes.length > 0 && el("div", { class: "drawing", id: "map-drawing", tabindex: 0, role: "region", "aria-label": "Map of the deployment, can be scrolled" }, mapSvg(map, markOf)),
      notReadNote(map.notShown),
    ],
  };
}
