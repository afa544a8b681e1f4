import { countText, numberText } from "../client-text.ts";
import { el } from "../element.ts";
import { controlsFor } from "./controls.ts";
import { groupsOf } from "./groups.ts";
import { loadFindings } from "./load.ts";
import { mountElement } from "./mount.ts";
import { firstQuery, searcher, type Query } from "./query.ts";
import { resultsIn } from "./results.ts";

/** Puts the explorer where the page shows the worst findings without script, and follows links to findings. */
export async function startExplorer(place: HTMLElement): Promise<void> {
  const findings = await loadFindings();
  document.getElementById("static-findings")?.remove();
  // Where two have the same, the first and so the worse one has it.
  const anchors = new Map(findings.heads.map(({ anchor }, index) => [anchor, index] as const).toReversed());
  const { words } = findings.data;
  const search = searcher(findings.heads);
  const status = mountElement(el("p", { class: "status", role: "status" }));
  const list = mountElement(el("div", { class: "results" }));
  const results = resultsIn(list, findings, anchors);
  const controls = controlsFor(findings, () => update());
  const update = (): void => {
    const query = controls.query();
    const found = search(query);
    status.textContent = countText(words, words.found, found.length, { total: numberText(words, findings.heads.length) });
    results.show(groupsOf(words, findings.heads, found, query.group));
  };
  place.replaceChildren(controls.element, status, list);
  const rules = new Set(findings.heads.map(({ rule }) => rule));
  const ask = (query: Query): void => {
    controls.set(query);
    results.pin(undefined);
    update();
  };
  const follow = (): void => {
    const hash = location.hash.slice(1);
    const index = anchors.get(hash) ?? anchors.get(decoded(hash));
    if (index !== undefined) {
      results.pin(undefined);
      const shown = results.pin(index);
      update();
      shown?.scrollIntoView({ block: "start" });
      shown?.querySelector<HTMLElement>("summary")?.focus({ preventScroll: true });
    } else if (rules.has(decoded(hash))) {
      ask({ ...firstQuery, outcomes: new Set(), only: { title: decoded(hash), rules: new Set([decoded(hash)]) } });
      place.scrollIntoView();
    }
  };
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-rules], a[href^='#']") : null;
    const wanted = target?.dataset["rules"];
    if (target !== null && wanted !== undefined) {
      ask({ ...firstQuery, outcomes: new Set(), only: { title: target.dataset["title"] ?? "", rules: new Set(JSON.parse(wanted) as string[]) } });
      place.scrollIntoView();
    } else if (target?.getAttribute("href") === location.hash && location.hash !== "") follow();
  });
  update();
  follow();
}

function decoded(hash: string): string {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}
