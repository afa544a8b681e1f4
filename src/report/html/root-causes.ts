import type { Finding } from "../../model/finding.ts";
import { areaOf } from "../order.ts";

/** Keys that are remembered; findings beyond share one cause per rule. */
const keyLimit = 20_000;
const evidenceLimit = 30;
const waitingLimit = 20;
/** What names a thing, or is true of all of them: to share it means nothing. */
const names: ReadonlySet<string> = new Set(["name", "dn", "fqdn", "id", "kind", "side", "product", "version", "serviceVersion", "host", "port"]);
const everywhere: ReadonlySet<string> = new Set(["deployment", "lyncDeployment", "exchangeOrganization", "attestation", "forest"]);

/** Puts problems together that one change mends. */
export interface RootCauses {
  /** A number for the problem; what it belongs to may turn out later. */
  readonly add: (finding: Finding) => number;
  /** The number that stands for all problems of the same root cause. */
  readonly rootOf: (number: number) => number;
  /** Numbers that another one stands for. */
  readonly joined: () => ReadonlyMap<number, number>;
}

/**
 * Two problems have the same root cause when nothing but the name of their subject tells their messages apart, when the same commands mend them, when they show
 * the same certificate, or when within their area one of them shows a value of the other's own subject. What is unknown goes by what could not be read.
 */
export function rootCauses(): RootCauses {
  const parents: number[] = [];
  const keys = new Map<string, { own: boolean; readonly nodes: number[] }>();
  const rootOf = (number: number): number => {
    let root = number;
    while (parents[root] !== undefined && parents[root] !== root) root = parents[root] ?? root;
    return root;
  };
  const join = (a: number, b: number): void => {
    const [low, high] = [rootOf(a), rootOf(b)].sort((x, y) => x - y) as [number, number];
    parents[high] = low;
  };
  const nodeOf = (finding: Finding): number => {
    const wanted = alikeKey(finding);
    const key = keys.has(wanted) || keys.size < keyLimit ? wanted : `rule\n${finding.rule}`;
    const found = keys.get(key);
    if (found !== undefined) return found.nodes[0] ?? 0;
    const node = parents.length;
    parents.push(node);
    keys.set(key, { own: true, nodes: [node] });
    return node;
  };
  const link = (key: string, own: boolean, node: number): void => {
    const found = keys.get(key);
    if (found === undefined) {
      if (keys.size < keyLimit) keys.set(key, { own, nodes: [node] });
      return;
    }
    // Those that merely look at the same third thing have nothing to do with each other, until one turns up whose own it is.
    found.own ||= own;
    if (found.own) for (const other of found.nodes) join(other, node);
    if (found.own) found.nodes.length = 1;
    else if (found.nodes.length < waitingLimit) found.nodes.push(node);
  };
  return {
    rootOf,
    joined: () => new Map(parents.flatMap((_, number) => (rootOf(number) === number ? [] : [[number, rootOf(number)] as const]))),
    add: (finding) => {
      const node = nodeOf(finding);
      if (finding.outcome !== "unknown") for (const [key, own] of links(finding)) link(key, own, node);
      return node;
    },
  };
}

function alikeKey({ outcome, rule, subject, message, reasons }: Finding): string {
  const [reason] = reasons;
  if (outcome === "unknown" && reason !== undefined) return `unread\n${reason.reason}\n${reason.detail}`;
  return `alike\n${rule}\n${subject.kind}\n${subject.name === "" ? message : message.replaceAll(subject.name, "\u0000")}`;
}

function* links({ rule, subject, evidence, remedy }: Finding): Iterable<readonly [key: string, own: boolean]> {
  if (remedy !== undefined && remedy.commands.length > 0) yield [`commands\n${rule}\n${remedy.commands.join("\n")}`, true];
  const area = areaOf(rule);
  for (const { subject: of, fact, value, state } of evidence.slice(0, evidenceLimit)) {
    if (state !== "known" || names.has(fact.slice(fact.lastIndexOf(".") + 1)) || everywhere.has(of.kind)) continue;
    if (fact === "certificate.thumbprint") yield [`thumbprint\n${value}`, true];
    yield [`shown\n${area}\n${of.kind}\n${of.id}\n${fact}\n${value.slice(0, 200)}`, of.kind === subject.kind && of.id === subject.id];
  }
}
