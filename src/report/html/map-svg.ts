import type { DeploymentMap, MapNode } from "../../model/overview.ts";
import { wordsOf } from "../words.ts";
import type { DrawingWords } from "../words/page-words.ts";
import { el, type PageChild, type PageElement } from "./element.ts";
import { mapLayout, type MapLayout } from "./map-layout.ts";
import { numberedMap } from "./map-numbers.ts";
import type { Point } from "./map-place.ts";
import { cutTo, mapInWords } from "./map-text.ts";
import { markShape } from "./mark-shape.ts";
import type { MarkOf, SubjectMark } from "./subject-mark.ts";

/** What the library places within a second or two; a report of this program has fewer. */
const nodeLimit = 300;
const edgeLimit = 2000;
const titleLimit = 300;

/**
 * The map of the deployment as an `svg` element, laid out from left to right, forests as frames. Pure; no colours, styles or scripts of its own. Classes:
 * `map` on the element; `map-frame` and `map-frame-name` of a forest; `map-node map-node-KIND` with `map-box`, `map-kind`, `map-label`, `map-detail`; `map-line`, `map-arrow`, `map-line-name`,
 * `map-trust` of lines, `map-dot` where lines meet; `mark` with `mark-outline` and `mark-sign`. Nodes, frames, lines and marks carry `is-OUTCOME`; what leads to a finding is a link.
 */
export function mapSvg(map: DeploymentMap, markOf: MarkOf, words = wordsOf().page.drawing): PageElement {
  const shown = mapInWords(numberedMap({ ...map, nodes: map.nodes.slice(0, nodeLimit), edges: map.edges.slice(0, edgeLimit) }), words);
  const places = mapLayout(shown, words);
  const [width, height] = [Math.ceil(places.width), Math.ceil(places.height)];
  const leftOut = map.nodes.length - shown.nodes.length;
  const about = words.mapAbout(shown.nodes.length, shown.edges.length, leftOut, places.undrawn);
  return el(
    "svg",
    { class: "map", xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-labelledby": "map-title map-about" },
    el("title", { id: "map-title" }, words.map),
    el("desc", { id: "map-about" }, about),
    ...frames(places, markOf, words),
    ...trusts(places, shown, markOf),
    ...lines(places, shown, markOf, words),
    ...places.dots.map(({ dot, at }) => el("circle", { class: "map-dot", cx: round(at.x), cy: round(at.y), r: 4 }, el("title", {}, cutTo(dot.title, titleLimit)))),
    ...places.boxes.map((placed) => boxElement(placed, markOf, words)),
  );
}

const round = (value: number): number => Math.round(value * 10) / 10;
const wrong = new Set<SubjectMark["outcome"]>(["fail", "warn", "unknown"]);
/** What is drawn last lies on top. */
const drawnOrder: readonly SubjectMark["outcome"][] = ["none", "not-applicable", "pass", "waived", "warn", "unknown", "fail"];
const noMark: SubjectMark = { outcome: "none", href: undefined, text: "" };

/** A group with a title, a link where there is a finding to go to. The title names the link: what is written inside says less, and would be read beside it. */
function titled(mark: SubjectMark, name: string, cssClass: string, ...children: readonly PageChild[]): PageElement {
  const title = cutTo(mark.text === "" ? name : `${name}: ${mark.text}`, titleLimit);
  const group = { class: `${cssClass} is-${mark.outcome}` };
  return mark.href === undefined ? el("g", { ...group, role: "img", "aria-label": title }, el("title", {}, title), children) : el("a", { ...group, href: mark.href }, el("title", {}, title), el("g", { "aria-hidden": "true" }, children));
}

function nodeName({ kind, label, detail }: MapNode, { kinds }: DrawingWords): string {
  return `${kinds[kind]} ${label}${detail === undefined ? "" : `, ${detail}`}`;
}

function frames({ frames: placed }: MapLayout, markOf: MarkOf, words: DrawingWords): readonly PageElement[] {
  return placed.map(({ node, place: { x, y, width, height } }) => {
    const mark = markOf(node.subjects);
    const name = cutTo(words.forest(`${node.label}${node.detail === undefined ? "" : ` (${node.detail})`}`), Math.max(12, Math.floor((width - 44) / 7.6)));
    return el(
      "g",
      { class: `map-frame is-${mark.outcome}` },
      el("rect", { x: round(x), y: round(y), width: round(width), height: round(height), rx: 10 }),
      titled(mark, nodeName(node, words), "map-frame-name", markShape(mark.outcome, x + 18, y + 17), el("text", { x: round(x + 32), y: round(y + 22) }, name)),
    );
  });
}

function boxElement({ node, box, place: { x, y, width, height } }: MapLayout["boxes"][number], markOf: MarkOf, words: DrawingWords): PageElement {
  const mark = markOf(node.subjects);
  return titled(
    mark,
    nodeName(node, words),
    `map-node map-node-${node.kind}`,
    el("rect", { class: "map-box", x: round(x), y: round(y), width: round(width), height: round(height), rx: 6 }),
    node.count !== undefined && el("path", { class: "map-stack", d: `M${round(x + 6)} ${round(y + height + 4)}h${round(width - 2)}v${round(-height + 2)}` }),
    markShape(mark.outcome, x + 16, y + height / 2),
    el("text", { class: "map-kind", x: round(x + 32), y: round(y + 13) }, box.kind),
    el("text", { class: "map-label", x: round(x + 32), y: round(y + 29) }, box.label),
    box.detail !== undefined && el("text", { class: "map-detail", x: round(x + 32), y: round(y + 45) }, box.detail),
  );
}

const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;

/** A path through points that leaves and enters each of them sideways. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  const parts = rest.map((point, index) => {
    const before = points[index] ?? first;
    const half = (before.x + point.x) / 2;
    return `C${round(half)} ${round(before.y)} ${round(half)} ${round(point.y)} ${at(point)}`;
  });
  return `M${at(first)}${parts.join("")}`;
}

/** A head at the end of a line, in its direction. */
function arrow(points: readonly Point[], straight: boolean): PageElement | undefined {
  const [end, before] = [points.at(-1), points.at(-2)];
  if (end === undefined || before === undefined) return undefined;
  const angle = straight ? (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI : end.x < before.x ? 180 : 0;
  return el("path", { class: "map-arrow", d: "M0 0l-9-4v8z", transform: `translate(${at(end)}) rotate(${round(angle)})` });
}

function middle(points: readonly Point[]): Point {
  const half = Math.floor(points.length / 2);
  const [a = { x: 0, y: 0 }, b = a] = points.length % 2 === 1 ? [points[half]] : [points[half - 1], points[half]];
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function lines({ lines: placed, dots }: MapLayout, { nodes }: DeploymentMap, markOf: MarkOf, words: DrawingWords): readonly PageElement[] {
  const names = new Map([...nodes.map((node): [string, string] => [node.id, node.label]), ...dots.map(({ dot }): [string, string] => [dot.id, words.several])]);
  return placed
    .map(({ line, points }) => ({ line, points, mark: line.subjects.length === 0 ? noMark : markOf(line.subjects) }))
    .toSorted((a, b) => drawnOrder.indexOf(a.mark.outcome) - drawnOrder.indexOf(b.mark.outcome))
    .map(({ line, points, mark }) => lineElement({ name: `${names.get(line.from) ?? ""} → ${names.get(line.to) ?? ""}: ${line.label}`, mark, points, head: line.arrow, bothWays: line.bothWays === true, straight: false }));
}

interface DrawnLine {
  readonly name: string;
  readonly mark: SubjectMark;
  readonly points: readonly Point[];
  readonly head: boolean;
  readonly bothWays: boolean;
  /** With corners, not curved. */
  readonly straight: boolean;
  readonly text?: string | undefined;
}

function lineElement({ name, mark, points, head, bothWays, straight, text }: DrawnLine): PageElement {
  const spot = middle(points);
  return titled(
    mark,
    name,
    straight ? "map-line map-trust" : "map-line",
    el("path", { class: "map-line-path", d: straight ? `M${points.map(at).join("L")}` : curve(points) }),
    head && arrow(points, straight),
    bothWays && arrow(points.toReversed(), straight),
    text !== undefined && el("text", { class: "map-line-name", x: round(spot.x + 12), y: round(spot.y - 6) }, text),
    (wrong.has(mark.outcome) || straight) && markShape(mark.outcome, spot.x, spot.y - (text === undefined ? 0 : 10), 0.75),
  );
}

function trusts({ trusts: placed }: MapLayout, { nodes }: DeploymentMap, markOf: MarkOf): readonly PageElement[] {
  const names = new Map(nodes.map(({ id, label }) => [id, label]));
  return placed.map(({ edge, points, over }) => lineElement({ name: `${names.get(edge.from) ?? ""} → ${names.get(edge.to) ?? ""}: ${edge.label}`, mark: edge.subjects.length === 0 ? noMark : markOf(edge.subjects), points, head: true, bothWays: edge.bothWays === true, straight: true, text: over ? cutTo(edge.label, 40) : undefined }));
}
