import type { DeploymentMap } from "../../../model/overview.ts";
import type { Words } from "../../words/words.ts";
import { el } from "../element.ts";
import { mapSvg } from "../map-svg.ts";
import { notReadNote, type Section } from "../section.ts";
import type { MarkOf } from "../subject-mark.ts";

/** The map of the deployment, coloured by findings; what has one leads to it. */
export function mapSection(map: DeploymentMap, markOf: MarkOf, words: Words): Section | undefined {
  if (map.nodes.length === 0 && map.notShown.length === 0) return undefined;
  const { drawing, section } = words.page;
  return {
    id: "map",
    title: section.map.title,
    note: String(map.nodes.length),
    body: [
      el("p", { class: "intro" }, section.map.intro),
      map.nodes.length > 0 && el("button", { type: "button", class: "fit js-only", "aria-pressed": "false", "aria-controls": "map-drawing" }, drawing.fit),
      map.nodes.length > 0 && el("div", { class: "drawing", id: "map-drawing", tabindex: 0, role: "region", "aria-label": drawing.mapScrolls }, mapSvg(map, markOf, drawing)),
      notReadNote(words, map.notShown),
    ],
  };
}
