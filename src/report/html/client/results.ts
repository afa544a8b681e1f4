import type { ClientWords, Counting } from "../../words/page-words.ts";
import { countText, numberText } from "../client-text.ts";
import { el, type PageElement } from "../element.ts";
import { findingBody, findingView } from "../finding-view.ts";
import { badge } from "../words.ts";
import type { Group } from "./groups.ts";
import type { Findings } from "./load.ts";
import { mount, mountElement } from "./mount.ts";
import { shownOutcome } from "./query.ts";

const firstGroups = 20;
const firstMembers = 5;
const nextGroups = 50;
const nextMembers = 50;

/** The list of findings. */
export interface Results {
  readonly show: (groups: readonly Group[]) => void;
  /** Puts one finding on top of the list, open; the list then goes without it. */
  readonly pin: (index: number | undefined) => HTMLElement | undefined;
}

/** A list that grows as it is asked to: what is not shown has no elements. */
export function resultsIn(place: HTMLElement, findings: Findings, anchors: ReadonlyMap<string, number>): Results {
  const { words } = findings.data;
  let pinned: number | undefined;
  const pinnedPlace = mountElement(el("div", { class: "pinned" }));
  const list = mountElement(el("div", {}));
  place.replaceChildren(pinnedPlace, list);
  const cards = new WeakMap<Element, number>();
  place.addEventListener("toggle", (event) => {
    if (event.target instanceof HTMLDetailsElement && event.target.open) void fill(event.target);
  }, true);
  const fill = async (card: HTMLElement): Promise<void> => {
    const index = cards.get(card);
    const body = card.querySelector(".body");
    if (index === undefined || body === null || body.childElementCount > 0) return;
    const head = findings.heads[index];
    const detail = await findings.detail(index);
    if (head !== undefined && detail !== undefined && body.childElementCount === 0) body.append(...findingBody(words, { head, detail }).map(mount));
  };
  const card = (index: number, open = false): HTMLElement | undefined => {
    const head = findings.heads[index];
    if (head === undefined) return undefined;
    const made = mountElement(findingView(words, head, undefined, { id: anchors.get(head.anchor) === index ? head.anchor : undefined, open }));
    cards.set(made, index);
    void fill(made);
    return made;
  };
  const groupView = (group: Group): HTMLElement => {
    const view = mountElement(groupHead(group, findings));
    const members = group.members.filter((index) => index !== pinned);
    growing(words, view, { total: members.length, first: firstMembers, next: nextMembers, what: words.showFindings }, (at) => card(members[at] ?? -1));
    return view;
  };
  return {
    show: (groups) => {
      list.replaceChildren();
      growing(words, list, { total: groups.length, first: firstGroups, next: nextGroups, what: words.showGroups }, (at) => {
        const group = groups[at];
        return group === undefined ? undefined : groupView(group);
      });
    },
    pin: (index) => {
      pinned = index;
      pinnedPlace.replaceChildren();
      const made = index === undefined ? undefined : card(index, true);
      if (made !== undefined) pinnedPlace.append(mount(el("h3", {}, words.linkedFinding)), made);
      return made;
    },
  };
}

function groupHead({ area, title, rule, members }: Group, { heads, data }: Findings): PageElement {
  const counts = Map.groupBy(members, (index) => shownOutcome(heads[index] ?? { outcome: "unknown", waived: false } as never));
  const why = rule === undefined ? undefined : data.rules[rule]?.why;
  return el("section", { class: "rule" },
    area !== undefined && el("h3", {}, area),
    el("h4", {}, title),
    el("p", { class: "rule-line" }, [...counts].map(([mark, of]) => [badge(data.words, mark, `${numberText(data.words, of.length)} ${data.words.outcomes[mark].toLowerCase()}`), " "]), rule !== undefined && el("code", {}, rule)),
    why !== undefined && el("p", { class: "why" }, why));
}

/** Shows the first parts and a button for more, as long as there are any. */
function growing(words: ClientWords, place: HTMLElement, { total, first, next, what }: { readonly total: number; readonly first: number; readonly next: number; readonly what: Counting }, make: (at: number) => HTMLElement | undefined): void {
  let shown = 0;
  const grow = (count: number): HTMLElement | undefined => {
    const from = shown;
    shown = Math.min(total, shown + count);
    const made = Array.from({ length: shown - from }, (_, offset) => make(from + offset)).filter((one) => one !== undefined);
    button.before(...made);
    button.hidden = shown >= total;
    button.textContent = countText(words, what, Math.min(next, total - shown), { total: numberText(words, total - shown) });
    return made[0];
  };
  const button = mountElement(el("button", { type: "button", class: "more" }));
  place.append(button);
  button.addEventListener("click", () => grow(next)?.querySelector<HTMLElement>("summary")?.focus());
  grow(first);
}
