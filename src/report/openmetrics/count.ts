import { outcomes, type Evidence, type Finding } from "../../model/finding.ts";
import type { Report } from "../../model/report.ts";
import { areaOf, checksOf } from "../order.ts";
import { addChecks, type GrowingCounts } from "../process-outcomes.ts";
import { labels } from "./family.ts";

/** What is counted of the findings. */
export interface Counts {
  /** By outcome and area; 0 for an outcome that an area of the rules did not have. */
  readonly checks: Map<string, number>;
  /** Open failures by rule; 0 for a rule that found none, so that its series does not end when the fault is mended. */
  readonly failed: Map<string, number>;
  /** Ends of validity in seconds, by endpoint and certificate. */
  readonly notAfter: Map<string, number>;
  /** Ends of waivers in seconds, by waiver. */
  readonly waivers: Map<string, number>;
  /** Checks of each rule. */
  readonly byRule: GrowingCounts;
}

/** A monitoring system keeps every series for good: no report may make more of them. */
const seriesLimit = 10_000;

/** Walks the findings once. */
export function countFindings(report: Report): Counts {
  const counts: Counts = { checks: new Map(), failed: new Map(), notAfter: new Map(), waivers: new Map(), byRule: new Map() };
  for (const { id } of report.rules) {
    add(counts.failed, labels({ rule: id }), 0);
    for (const outcome of [...outcomes, "waived"]) add(counts.checks, labels({ outcome, area: areaOf(id) }), 0);
  }
  for (const finding of report.findings) {
    const outcome = finding.disposition === "waived" ? "waived" : finding.outcome;
    add(counts.checks, labels({ outcome, area: areaOf(finding.rule) }), checksOf(finding));
    addChecks(counts.byRule, { rule: finding.rule, outcome: finding.outcome, waived: outcome === "waived" }, checksOf(finding));
    add(counts.failed, labels({ rule: finding.rule }), outcome === "fail" ? checksOf(finding) : 0);
    addValidity(counts.notAfter, finding);
    addWaiver(counts.waivers, finding);
  }
  return counts;
}

function add(series: Map<string, number>, key: string, value: number): void {
  const before = series.get(key);
  if (before !== undefined || series.size < seriesLimit) series.set(key, (before ?? 0) + value);
}

/** The evidence of a rule on an endpoint's certificate names its end of validity (`leaf.notAfter`). The earliest counts where several are named. */
function addValidity(series: Map<string, number>, { evidence }: Finding): void {
  for (const one of evidence) {
    const seconds = secondsOf(one);
    if (seconds === undefined) continue;
    const key = labels({ endpoint: one.subject.id, certificate: one.fact.split(".").slice(0, -1).join(".") });
    const before = series.get(key);
    if (before === undefined ? series.size < seriesLimit : seconds < before) series.set(key, seconds);
  }
}

function addWaiver(series: Map<string, number>, { waiver }: Finding): void {
  if (waiver?.expires === undefined || series.size >= seriesLimit) return;
  const seconds = Math.floor(new Date(waiver.expires).getTime() / 1000);
  if (!Number.isNaN(seconds)) series.set(labels({ waiver: waiver.id }), seconds);
}

function secondsOf({ subject, fact, state, value }: Evidence): number | undefined {
  if (subject.kind !== "endpoint" || state !== "known" || !/(^|\.)notAfter$/.test(fact)) return undefined;
  const times = value.split(", ").map((text) => (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? Date.parse(text) / 1000 : Number.NaN));
  const first = Math.min(...times);
  return Number.isNaN(first) ? undefined : Math.floor(first);
}
