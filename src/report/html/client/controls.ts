import { driftStates } from "../../../model/drift.ts";
import { severities, outcomes, type Outcome } from "../../../model/finding.ts";
import { teams } from "../../../model/rule.ts";
import { areaOf } from "../../order.ts";
import { filled, numberText } from "../client-text.ts";
import { el, type PageElement } from "../element.ts";
import { areaText } from "../words.ts";
import type { Findings } from "./load.ts";
import { mountElement } from "./mount.ts";
import { firstQuery, groupings, shownOutcome, type GroupBy, type Query } from "./query.ts";

const marks: readonly (Outcome | "waived")[] = [...outcomes.toSorted((a, b) => order(a) - order(b)), "waived"];

function order(outcome: Outcome): number {
  return ["fail", "unknown", "warn", "pass", "not-applicable"].indexOf(outcome);
}

/** Search and filters above the list. */
export interface Controls {
  readonly element: HTMLElement;
  readonly query: () => Query;
  /** Shows another query than the one that was chosen. */
  readonly set: (query: Query) => void;
}

/** Makes the controls for these findings; `changed` is called when something else is asked for. */
export function controlsFor({ heads, data }: Findings, changed: () => void): Controls {
  const { words } = data;
  const said = words.controls;
  const areas = [...new Set(heads.map(({ rule }) => areaOf(rule)))].sort();
  const counts = Map.groupBy(heads, shownOutcome);
  const element = mountElement(el("form", { class: "controls", role: "search", "aria-label": said.title },
    el("label", { class: "search" }, el("span", {}, said.search), el("input", { type: "search", name: "text", placeholder: said.placeholder, autocomplete: "off", spellcheck: "false" })),
    el("fieldset", {}, el("legend", {}, said.outcome), marks.map((mark) => el("label", { class: `toggle is-${mark}` }, el("input", { type: "checkbox", name: "outcome", value: mark }), el("span", {}, `${words.outcomes[mark]} `, el("span", { class: "count" }, numberText(words, counts.get(mark)?.length ?? 0)))))),
    el("div", { class: "selects" },
      select("area", said.area, said.allAreas, areas.map((area) => [area, areaText(words, area)])),
      select("severity", said.severity, said.allSeverities, severities.map((severity) => [severity, words.severities[severity]])),
      select("team", said.team, said.allTeams, teams.map((team) => [team, words.teams[team]])),
      data.compared && select("state", said.change, said.allChanges, driftStates.filter((state) => state !== "gone").map((state) => [state, words.states[state]])),
      select("group", said.groupBy, undefined, groupings.map((by) => [by, said.groups[by]]))),
    el("div", { class: "only", hidden: true }, el("button", { type: "button", name: "only" })),
    el("button", { type: "reset" }, said.reset)));
  const form = element as HTMLFormElement;
  let only: Query["only"];
  const field = (name: string): HTMLInputElement | HTMLSelectElement | undefined => form.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`) ?? undefined;
  const boxes = [...form.querySelectorAll<HTMLInputElement>('[name="outcome"]')];
  const onlyButton = form.querySelector<HTMLButtonElement>('[name="only"]');
  const set = (query: Query): void => {
    for (const name of ["text", "area", "severity", "team", "state", "group"] as const) {
      const control = field(name);
      if (control !== undefined) control.value = query[name];
    }
    for (const box of boxes) box.checked = query.outcomes.has(box.value as Outcome);
    only = query.only;
    if (onlyButton?.parentElement) onlyButton.parentElement.hidden = only === undefined;
    if (onlyButton !== null && only !== undefined) onlyButton.textContent = filled(said.only, { title: only.title });
  };
  const query = (): Query => {
    const value = (name: string): string => field(name)?.value ?? "";
    return { text: value("text"), outcomes: new Set(boxes.filter(({ checked }) => checked).map((box) => box.value as Outcome)), area: value("area"), severity: value("severity") as Query["severity"], team: value("team") as Query["team"], state: value("state") as Query["state"], only, group: value("group") as GroupBy };
  };
  listen(form, set, query, changed);
  set(firstQuery);
  return { element, query, set };
}

function select(name: string, label: string, all: string | undefined, options: readonly (readonly [string, string])[]): PageElement {
  return el("label", {}, el("span", {}, label), el("select", { name }, all !== undefined && el("option", { value: "" }, all), options.map(([value, text]) => el("option", { value }, text))));
}

const typingMs = 120;

function listen(form: HTMLFormElement, set: (query: Query) => void, query: () => Query, changed: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(changed, typingMs);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    changed();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    set({ ...firstQuery, group: query().group });
    changed();
  });
  form.querySelector('[name="only"]')?.addEventListener("click", () => {
    set({ ...query(), only: undefined });
    changed();
  });
}
