import type { Finding, Outcome, Severity } from "../../model/finding.ts";
import type { UnknownReason } from "../../model/observation.ts";
import type { RenderOptions } from "../../model/report.ts";
import { areaOf, checksOf } from "../order.ts";
import { addChecks, type GrowingCounts, type RuleCounts } from "../process-outcomes.ts";
import { shapeOf, withoutName } from "./alike.ts";

/** Findings of one rule and outcome that say the same of several subjects. */
export interface Cluster {
  /** The first of them. */
  readonly samples: Finding[];
  total: number;
}

/** All findings of one rule and outcome. */
export interface Block {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly outcome: Outcome;
  readonly waived: boolean;
  readonly clusters: Map<string, Cluster>;
  /** Checks, with those of clusters that were not kept. */
  total: number;
  /** Checks of clusters that were not kept. */
  leftOut: number;
  /** Facts that were not read, as `voipSecurity (UM dial plan)`, by kind and name. */
  readonly facts: Map<string, { readonly kind: string; readonly fact: string }>;
  readonly causes: Set<string>;
}

/** One reason for unknown findings, however many they are. Where the same happened to several things, it is told of one of them. */
export interface Cause {
  readonly reason: UnknownReason;
  readonly detail: string;
  /** All details that it stands for; when verbose there is a cause for each. */
  readonly alike: Set<string>;
  checks: number;
}

/** What the table shows of the findings: bounded, whatever their number. */
export interface Digest {
  /** Area to rule and outcome. */
  readonly areas: Map<string, Map<string, Block>>;
  readonly causes: Map<string, Cause>;
  /** Unknown checks whose cause was not kept. */
  causesLeftOut: number;
  waivedUnknown: number;
  /** Shapes of details that were met, so that each is looked at once. */
  readonly shapes: Map<string, string>;
}

const limits = { quiet: 5, normal: 5, verbose: 500 } as const;
const causeLimit = 1000;
const alikeLimit = 10_000;
const referenceLimit = 20;

/** How many subjects of a rule and outcome are shown. */
function subjectLimit(verbosity: RenderOptions["verbosity"]): number {
  return limits[verbosity];
}

/** Walks the findings once. */
export function digestOf(findings: Iterable<Finding>, verbosity: RenderOptions["verbosity"]): Digest {
  const digest: Digest = { areas: new Map(), causes: new Map(), causesLeftOut: 0, waivedUnknown: 0, shapes: new Map() };
  for (const finding of findings) {
    const block = blockOf(digest, finding);
    block.total += checksOf(finding);
    if (finding.outcome === "unknown") {
      if (finding.disposition === "waived") digest.waivedUnknown += checksOf(finding);
      addCauses(digest, block, finding, verbosity);
    }
    const counted = verbosity !== "verbose" && !block.waived && (finding.outcome === "pass" || finding.outcome === "not-applicable");
    if (!counted) addToCluster(block, finding, verbosity);
  }
  return digest;
}

/** The checks of each rule, from a digest: nothing of them is left out. */
export function countsOf({ areas }: Digest): RuleCounts {
  const counts: GrowingCounts = new Map();
  for (const blocks of areas.values()) for (const { rule, outcome, waived, total } of blocks.values()) addChecks(counts, { rule, outcome, waived }, total);
  return counts;
}

function blockOf(digest: Digest, finding: Finding): Block {
  const { rule, title, severity, outcome } = finding;
  const area = entry(digest.areas, areaOf(rule), () => new Map<string, Block>());
  const waived = finding.disposition === "waived";
  return entry(area, `${rule} ${outcome} ${finding.disposition}`, () => ({ rule, title, severity, outcome, waived, clusters: new Map(), total: 0, leftOut: 0, facts: new Map(), causes: new Set() }));
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** Findings say the same when their messages differ in nothing but the name of the subject. */
function addToCluster(block: Block, finding: Finding, verbosity: RenderOptions["verbosity"]): void {
  const { subject, message } = finding;
  const alike = verbosity === "verbose" ? String(block.total) : `${subject.kind}\n${withoutName(message, subject.name)}`;
  const key = finding.outcome === "unknown" && verbosity !== "verbose" ? subject.kind : alike;
  const limit = subjectLimit(verbosity);
  if (!block.clusters.has(key) && block.clusters.size >= limit) {
    block.leftOut += checksOf(finding);
    return;
  }
  const cluster = entry(block.clusters, key, () => ({ samples: [], total: 0 }));
  cluster.total += checksOf(finding);
  if (cluster.samples.length < limit) cluster.samples.push(finding);
}

function knownShape({ shapes }: Digest, detail: string): string {
  const before = shapes.get(detail);
  if (before !== undefined) return before;
  const shape = shapeOf(detail);
  if (shapes.size < alikeLimit) shapes.set(detail, shape);
  return shape;
}

function addCauses(digest: Digest, block: Block, finding: Finding, verbosity: RenderOptions["verbosity"]): void {
  const keys = new Set<string>();
  for (const { reason, detail, fact, subject } of finding.reasons) {
    if (block.facts.size < referenceLimit) block.facts.set(`${subject.kind} ${fact}`, { kind: subject.kind, fact });
    const key = `${reason} ${verbosity === "verbose" ? detail : knownShape(digest, detail)}`;
    if (digest.causes.size >= causeLimit && !digest.causes.has(key)) continue;
    keys.add(key);
    const { alike } = entry(digest.causes, key, () => ({ reason, detail, alike: new Set<string>(), checks: 0 }));
    if (alike.size < alikeLimit) alike.add(detail);
  }
  for (const key of keys) {
    const cause = digest.causes.get(key);
    if (cause !== undefined) cause.checks += checksOf(finding);
    if (block.causes.size < referenceLimit) block.causes.add(key);
  }
  if (keys.size === 0 && finding.reasons.length > 0) digest.causesLeftOut += checksOf(finding);
}
