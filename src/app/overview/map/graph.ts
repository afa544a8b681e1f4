import type { MapEdge, MapNode, MapNodeKind } from "../../../model/overview.ts";
import type { KindName } from "../../../model/kinds.ts";
import type { SubjectIndex, SubjectRef } from "../../../model/subject.ts";
import { refTo } from "../read-fact.ts";

/** A map while it is drawn up. */
export interface MapGraph {
  readonly subjects: SubjectIndex;
  readonly nodes: Map<string, MapNode>;
  readonly edges: Map<string, MapEdge>;
  /** What was not read, and what was left out. */
  readonly notShown: Set<string>;
}

/** An empty map. */
export function mapGraph(subjects: SubjectIndex): MapGraph {
  return { subjects, nodes: new Map(), edges: new Map(), notShown: new Set() };
}

/** Id of the node of a thing. */
export function nodeId(kind: MapNodeKind, id: string): string {
  return `${kind}/${id}`;
}

/** Names several subjects of a kind. */
export function refsTo(subjects: SubjectIndex, kind: KindName, ids: readonly string[]): readonly SubjectRef[] {
  return ids.map((id) => refTo(subjects, kind, id));
}

/** Adds a node; one of the same id stands. */
export function addNode({ nodes }: MapGraph, node: Omit<MapNode, "detail" | "parent"> & { readonly detail?: string | undefined; readonly parent?: string | undefined }): void {
  const { detail, parent, ...rest } = node;
  if (!nodes.has(node.id)) nodes.set(node.id, { ...rest, ...(detail === undefined || detail === "" ? {} : { detail }), ...(parent === undefined || !nodes.has(parent) ? {} : { parent }) });
}

/** Adds an edge between two nodes that are there; the subjects of one between the same nodes with the same label are put together. */
export function addEdge({ nodes, edges }: MapGraph, edge: MapEdge): void {
  if (!nodes.has(edge.from) || !nodes.has(edge.to) || edge.from === edge.to) return;
  const key = JSON.stringify([edge.from, edge.to, edge.label]);
  const before = edges.get(key);
  edges.set(key, before === undefined ? edge : { ...before, subjects: distinct([...before.subjects, ...edge.subjects]) });
}

/** Each subject once. */
export function distinct(subjects: readonly SubjectRef[]): readonly SubjectRef[] {
  return [...new Map(subjects.map((subject) => [`${subject.kind}\n${subject.id}`, subject])).values()];
}
