import type { CollectContext, Collector } from "../../model/collector.ts";
import { dnsId, normalName, type ViewName } from "../../model/ids.ts";
import type { RecordValue } from "../../model/kinds.ts";
import { known, unknown, type Observation } from "../../model/observation.ts";
import type { ReportTarget } from "../../model/report.ts";
import type { DnsAnswer } from "./answer.ts";
import { compareServers } from "./compare-servers.ts";
import { reverseName } from "./name.ts";
import { planNames } from "./name-plan.ts";
import type { DnsRecord, DnsType } from "./record.ts";
import type { DnsView } from "./resolver.ts";
import { formatServer } from "./server.ts";

/** The DNS views to ask; a view that is not configured leaves its facts unknown. */
export interface DnsRequest {
  readonly views: Readonly<Record<ViewName, DnsView | undefined>>;
}

function sourceOf(view: DnsView, answer: DnsAnswer): string {
  return answer.outcome === "unknown" ? `DNS ${view.name}` : `DNS ${view.name} (${formatServer(answer.server)})`;
}

/** The records of an answer; none where the server said that there is none. */
function recordsOf(view: DnsView, answer: DnsAnswer): Observation<readonly DnsRecord[]> {
  const source = sourceOf(view, answer);
  switch (answer.outcome) {
    case "answer":
      return known(answer.records, source);
    case "absent":
      return known([], source);
    case "unknown":
      return unknown(answer.reason, answer.detail, source);
  }
}

function addressesOf(view: DnsView, answers: readonly DnsAnswer[]): Observation<readonly string[]> {
  const lists = answers.map((answer) => recordsOf(view, answer));
  const missing = lists.find((list) => list.state !== "known");
  if (missing !== undefined) return missing;
  const records = lists.flatMap((list) => (list.state === "known" ? list.value : []));
  return known(records.flatMap((record) => (record.type === "A" || record.type === "AAAA" ? [record.address] : [])), lists[0]?.source ?? `DNS ${view.name}`);
}

async function reverseNamesOf(view: DnsView, addresses: Observation<readonly string[]>): Promise<Observation<readonly RecordValue<"ReverseName">[]>> {
  if (addresses.state !== "known") return addresses;
  const names: RecordValue<"ReverseName">[] = [];
  for (const address of addresses.value) {
    const owner = reverseName(address);
    const records = owner === undefined ? known<readonly DnsRecord[]>([], addresses.source) : recordsOf(view, await view.lookup(owner, "PTR"));
    if (records.state !== "known") return records;
    names.push({ address, names: records.value.flatMap((record) => (record.type === "PTR" ? [record.target] : [])) });
  }
  return known(names, addresses.source);
}

/** Servers of the view that answer one of the questions otherwise than the first; none where the view has a single server. */
async function disagreeing(view: DnsView, name: string, types: readonly DnsType[]): Promise<Observation<readonly string[]>> {
  const source = `DNS ${view.name}`;
  if (view.servers.length < 2) return known([], source);
  const comparisons = await Promise.all(types.map((type) => compareServers(view, name, type)));
  const [unread] = comparisons.flatMap((comparison) => comparison.unread);
  if (unread !== undefined) return unknown(unread.answer.reason, `${formatServer(unread.server)}: ${unread.answer.detail}`, source);
  const differing = comparisons.flatMap((comparison) => (comparison.verdict === "disagree" ? comparison.differing.map(formatServer) : []));
  return known([...new Set(differing)], source);
}

async function readHost(view: DnsView, name: ViewName, host: string, reverse: boolean, context: CollectContext): Promise<void> {
  const id = dnsId(name, host);
  const { observer } = context;
  const answers = await Promise.all([view.lookup(host, "A"), view.lookup(host, "AAAA")]);
  const addresses = addressesOf(view, answers);
  const [first] = answers;
  observer.subject({ kind: "dnsName", id, name: host });
  observer.observe("dnsName", id, "view", known(name, "configuration"));
  observer.observe("dnsName", id, "name", known(host, "configuration"));
  observer.observe("dnsName", id, "addresses", addresses);
  observer.observe("dnsName", id, "aliases", first.outcome === "unknown" ? unknown(first.reason, first.detail, sourceOf(view, first)) : known(first.aliases, sourceOf(view, first)));
  observer.observe("dnsName", id, "disagreeing", await disagreeing(view, host, ["A", "AAAA"]));
  if (reverse) observer.observe("dnsName", id, "reverseNames", await reverseNamesOf(view, addresses));
}

/** Reads one SRV record set; returns the host names that it names. */
async function readService(view: DnsView, name: ViewName, service: string, context: CollectContext): Promise<readonly string[]> {
  const id = dnsId(name, service);
  const { observer } = context;
  const records = recordsOf(view, await view.lookup(service, "SRV"));
  observer.subject({ kind: "srvRecordSet", id, name: service });
  observer.observe("srvRecordSet", id, "view", known(name, "configuration"));
  observer.observe("srvRecordSet", id, "name", known(service, "configuration"));
  observer.observe("srvRecordSet", id, "disagreeing", await disagreeing(view, service, ["SRV"]));
  if (records.state !== "known") {
    observer.observe("srvRecordSet", id, "targets", records);
    observer.observe("srvRecordSet", id, "targetNames", records);
    return [];
  }
  // A single "." target says that the service is decidedly not offered (RFC 2782): no target.
  const targets = records.value.flatMap((record) => (record.type === "SRV" && record.offered ? [{ target: normalName(record.target), port: record.port, priority: record.priority, weight: record.weight }] : []));
  const hosts = [...new Set(targets.map(({ target }) => target))];
  observer.observe("srvRecordSet", id, "targets", known(targets, records.source));
  observer.observe("srvRecordSet", id, "targetNames", known(hosts.map((host) => dnsId(name, host)), records.source));
  return hosts;
}

function stateMissingView(name: ViewName, context: CollectContext): ReportTarget {
  const { observer, subjects } = context;
  const plan = planNames(subjects, name);
  const missing = unknown("not-collected", `no ${name} DNS view is configured`);
  for (const host of plan.hosts) {
    observer.subject({ kind: "dnsName", id: dnsId(name, host), name: host });
    for (const fact of ["addresses", "aliases", "reverseNames", "disagreeing"] as const) observer.observe("dnsName", dnsId(name, host), fact, missing);
  }
  for (const service of plan.services) {
    observer.subject({ kind: "srvRecordSet", id: dnsId(name, service), name: service });
    for (const fact of ["targets", "targetNames", "disagreeing"] as const) observer.observe("srvRecordSet", dnsId(name, service), fact, missing);
  }
  return { kind: "dns", name, status: "not-read", problems: [missing.detail] };
}

/** Whether the view told of a name at all, if only that there is none. */
function answered({ subjects }: CollectContext, kind: "srvRecordSet" | "dnsName", id: string): boolean {
  const state = subjects.get(kind, id)?.facts[kind === "dnsName" ? "addresses" : "targets"]?.state;
  return state === "known" || state === "absent";
}

async function collectView(view: DnsView, name: ViewName, context: CollectContext): Promise<ReportTarget> {
  const plan = planNames(context.subjects, name);
  context.progress(`DNS ${name}: ${plan.hosts.size + plan.services.size} names`);
  const targets = await Promise.all([...plan.services].map((service) => readService(view, name, service, context)));
  const hosts = new Set([...plan.hosts, ...targets.flat()]);
  await Promise.all([...hosts].map((host) => readHost(view, name, host, plan.reverse.has(host), context)));
  const ids = [...[...plan.services].map((service) => ["srvRecordSet", dnsId(name, service)] as const), ...[...hosts].map((host) => ["dnsName", dnsId(name, host)] as const)];
  const problems = new Set<string>();
  for (const [kind, id] of ids) {
    for (const observation of Object.values(context.subjects.get(kind, id)?.facts ?? {})) if (observation.state === "unknown") problems.add(`${id.slice(name.length + 1)}: ${observation.detail}`);
  }
  return { kind: "dns", name, status: problems.size === 0 ? "read" : ids.some(([kind, id]) => answered(context, kind, id)) ? "partly-read" : "not-read", problems: [...problems] };
}

/** Looks up, in each view, the names that directory and topology call for (keys dns.*, gw.dns). Answers of all servers of a view are compared. */
export const collectDns: Collector<DnsRequest> = async ({ views }, context) => {
  const names: readonly ViewName[] = ["inside", "outside"];
  return Promise.all(names.map(async (name) => (views[name] === undefined ? stateMissingView(name, context) : collectView(views[name], name, context))));
};
