import { describe, expect, it } from "vitest";
import type { DeploymentMap, MapNode } from "../../../src/model/overview.ts";
import type { SubjectRef } from "../../../src/model/subject.ts";
import { mapLayout } from "../../../src/report/html/map-layout.ts";
import { overlap } from "../../../src/report/html/map-place.ts";
import { mapSvg } from "../../../src/report/html/map-svg.ts";
import { markup } from "../../../src/report/html/markup.ts";
import type { MarkOf, SubjectMark } from "../../../src/report/html/subject-mark.ts";
import { hostileStrings } from "../hostile.ts";
import { exampleOverview, overviewOfTexts } from "../overview.ts";
import { readXml, type Element } from "../xml-reader.ts";

const nothing: SubjectMark = { outcome: "none", href: undefined, text: "" };
const failing = (ids: readonly string[]): MarkOf => (subjects: readonly SubjectRef[]) => (subjects.some(({ id }) => ids.includes(id)) ? { outcome: "fail", href: "#dial-plan/security/x", text: "1 fail" } : subjects.length === 0 ? nothing : { outcome: "pass", href: undefined, text: "1 pass" });
/** HTML takes characters that XML does not. */
const drawn = (map: DeploymentMap, markOf: MarkOf = () => nothing): Element => readXml(markup(mapSvg(map, markOf)).replaceAll(/\p{Noncharacter_Code_Point}/gu, ""));
function* all(element: Element): Iterable<Element> {
  yield element;
  for (const child of element.children) yield* all(child);
}
const withClass = (root: Element, name: string): readonly Element[] => [...all(root)].filter(({ attributes }) => (attributes["class"] ?? "").split(" ").includes(name));
const textOf = (element: Element): string => [...all(element)].filter(({ name }) => name === "text").map(({ text }) => text).join("|");
/** The name of a link is its title. */
const nameOf = ({ children: [title] }: Element): string | undefined => (title?.name === "title" ? title.text : undefined);

/** So many servers that each serve so many plans. */
function full(servers: number, plans: number): DeploymentMap {
  const of = (kind: MapNode["kind"], count: number): readonly MapNode[] => Array.from({ length: count }, (_, index) => ({ id: `${kind}${index}`, kind, label: `${kind} ${index}`, parent: "f", subjects: [] }));
  const [from, to] = [of("exchange-server", servers), of("dial-plan", plans)];
  return { nodes: [{ id: "f", kind: "forest", label: "f", subjects: [] }, ...from, ...to], edges: from.flatMap((server) => to.map((plan) => ({ from: server.id, to: plan.id, label: "serves", subjects: [{ kind: "exchangeServer" as const, id: `${server.id}-${plan.id}`, name: "" }] }))), notShown: [] };
}

describe("the map as SVG", () => {
  it("has a title, a description, and a named box for each node, inside the frame of its forest", () => {
    const root = drawn(exampleOverview.map, failing(["umDialPlan-HQ"]));
    expect(root).toMatchObject({ name: "svg", attributes: { role: "group", "aria-labelledby": "map-title map-about" } });
    expect(root.children.slice(0, 2).map(({ name, text, attributes }) => [name, attributes["id"], text.slice(0, 40)])).toEqual([["title", "map-title", "Map of the deployment"], ["desc", "map-about", "5 nodes and 3 relations, from left to ri"]]);
    expect(withClass(root, "map-node").map(textOf)).toEqual(["Dial plan|HQ", "Pool|pool01.contoso.test|Front End", "Exchange server|60 Exchange servers"]);
    expect(withClass(root, "map-frame").map(textOf)).toEqual(["Forest contoso.test (L…", "Forest fabrikam.test"]);
    expect(withClass(root, "map-trust").map(({ attributes }) => attributes["aria-label"])).toEqual(["contoso.test → fabrikam.test: trust each other: 1 pass"]);
    const { frames, boxes } = mapLayout(exampleOverview.map);
    for (const { node, place } of boxes) {
      const frame = frames.find((one) => one.node.id === node.parent)?.place;
      expect(frame !== undefined && place.x > frame.x && place.y > frame.y && place.x + place.width < frame.x + frame.width && place.y + place.height < frame.y + frame.height, node.label).toBe(true);
    }
  });
  it("shows an outcome by class and shape, and links to what is wrong", () => {
    const root = drawn(exampleOverview.map, failing(["umDialPlan-HQ", "umHuntGroup-HQ group"]));
    const links = [...all(root)].filter(({ name }) => name === "a");
    expect(links.map((link) => [link.attributes["class"], link.attributes["href"], nameOf(link)])).toEqual([
      ["map-line is-fail", "#dial-plan/security/x", "HQ → pool01.contoso.test: hunt group: 1 fail"],
      ["map-node map-node-dial-plan is-fail", "#dial-plan/security/x", "Dial plan HQ: 1 fail"],
    ]);
    for (const link of links) expect(withClass(link, "mark-outline")[0]?.attributes["d"]).toMatch(/^M-3\.3-8/u);
  });
  it("needs no style, script or handler of its own", () => {
    for (const element of all(drawn(exampleOverview.map, failing(["umDialPlan-HQ"])))) {
      expect(["svg", "title", "desc", "g", "a", "rect", "path", "text", "circle"]).toContain(element.name);
      for (const name of Object.keys(element.attributes)) expect(name).not.toMatch(/^(?:style|on.*|fill|stroke)$/iu);
    }
  });
  it("lets no name become markup, and cuts long ones that stand in full in the title", () => {
    for (const hostile of hostileStrings) {
      const root = drawn(overviewOfTexts((name) => `${hostile}${name}`).map);
      expect(withClass(root, "map-node")).toHaveLength(3);
    }
    const [node] = withClass(drawn({ nodes: [{ id: "a", kind: "pool", label: `${"pool".repeat(20)}.contoso.test`, subjects: [] }], edges: [], notShown: [] }), "map-node");
    expect(node?.children[0]).toMatchObject({ name: "title", text: `Pool ${"pool".repeat(20)}.contoso.test` });
    expect(node === undefined ? "" : textOf(node)).toBe(`Pool|${"pool".repeat(7)}p…`);
  });
  it("lets no boxes or frames lie over each other, whatever hangs together", () => {
    const forests = ["f", "g", "h"].flatMap((id): readonly MapNode[] => [{ id, kind: "forest", label: id, subjects: [] }, ...Array.from({ length: 4 }, (_, index): MapNode => ({ id: `${id}${index}`, kind: "dial-plan", label: `${id} ${index}`, parent: id, subjects: [] }))]);
    const pools = Array.from({ length: 3 }, (_, index): MapNode => ({ id: `p${index}`, kind: "pool", label: `p ${index}`, subjects: [] }));
    const edges = forests.filter(({ kind }) => kind === "dial-plan").flatMap(({ id }, index) => [{ from: id, to: `p${index % 3}`, label: "x", subjects: [] }]);
    const { frames, boxes } = mapLayout({ nodes: [...forests, ...pools], edges: [...edges, { from: "f", to: "g", label: "trusts", subjects: [] }, { from: "h", to: "f", label: "trusts", subjects: [] }], notShown: [] });
    const apart = (places: readonly { readonly place: Parameters<typeof overlap>[0] }[]): void => {
      for (const [index, { place }] of places.entries()) for (const other of places.slice(index + 1)) expect(overlap(place, other.place)).toBe(false);
    };
    apart(frames);
    apart(boxes);
    apart([...frames, ...boxes.filter(({ node }) => node.parent === undefined)]);
  });
  it("draws what each of many has with each of others through one dot, with their outcomes", () => {
    const root = drawn(full(40, 30), failing(["exchange-server7-dial-plan3"]));
    expect(withClass(root, "map-dot")).toHaveLength(1);
    expect(withClass(root, "map-line")).toHaveLength(70);
    expect(withClass(root, "map-line").filter(({ attributes }) => attributes["class"] === "map-line is-fail").map(nameOf)).toEqual(["exchange-server 7 → several: serves: 1 fail", "several → dial-plan 3: serves: 1 fail"]);
  });
  it("draws a map of a thousand nodes and many lines soon, and says what is left out", () => {
    const map = full(500, 500);
    const started = performance.now();
    const root = drawn({ ...map, edges: map.edges.filter((_, index) => index % 7 === 0) });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(root.children[1]?.text).toContain("701 nodes are left out");
    expect(withClass(root, "map-node")).toHaveLength(299);
  });
  it("takes ids of somebody else's report for nothing but ids, whatever they mean to JavaScript or to the layout", () => {
    const node = (id: string, kind: MapNode["kind"] = "gateway", parent?: string): MapNode => ({ id, kind, label: "x", subjects: [], ...(parent === undefined ? {} : { parent }) });
    const edge = (from: string, to: string) => ({ from, to, label: "l", subjects: [] });
    for (const id of ["__proto__", "constructor", "toString", "\u0000", "dot/0", "node/1", ""]) {
      for (const nodes of [[node(id), node("a", "pool")], [node(id, "forest"), node("b", "gateway", id), node("a", "pool")], [node(id, "forest", id), node(id), node("a", "pool", id)], [node("f", "forest", id), node(id, "forest", "f"), node("a", "pool", "f")]]) {
        const text = markup(mapSvg({ nodes, edges: [edge(id, "a"), edge("a", id), edge(id, "f"), edge("nowhere", id)], notShown: [] }, () => nothing));
        expect(text).not.toMatch(/NaN|Infinity|undefined/u);
      }
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
  it("is done soon with a map that no deployment has", () => {
    const nodes = Array.from({ length: 200 }, (_, index): MapNode => ({ id: `n${index}`, kind: index % 2 === 0 ? "gateway" : "pool", label: "x", subjects: [] }));
    const chain = nodes.slice(1).map(({ id }, index) => ({ from: `n${index}`, to: id, label: "l", subjects: [] }));
    const across = Array.from({ length: 1000 }, (_, index) => ({ from: `n${(index * 7) % 200}`, to: `n${(index * 13 + 1) % 200}`, label: `l${index}`, subjects: [] }));
    const started = performance.now();
    const root = drawn({ nodes, edges: [...chain, ...across], notShown: [] });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(root.children[1]?.text).toMatch(/\d+ lines are left out/u);
  });
  it("draws nothing where there is nothing, and forests without anything in them", () => {
    expect(withClass(drawn({ nodes: [], edges: [], notShown: [] }), "map-node")).toEqual([]);
    expect(withClass(drawn({ nodes: [{ id: "a", kind: "forest", label: "contoso.test", subjects: [] }], edges: [{ from: "a", to: "nowhere", label: "x", subjects: [] }], notShown: [] }), "map-node").map(textOf)).toEqual(["Forest|contoso.test"]);
  });
});
