import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judgeSnapshot } from "../src/app/evaluate.ts";
import { loadRules } from "../src/app/load-rules.ts";
import type { FactName, FactValue, KindName } from "../src/model/kinds.ts";
import { absent, known, type Observation } from "../src/model/observation.ts";
import type { Subject } from "../src/model/subject.ts";
import { createStore, type Store } from "../src/snapshot/store.ts";
import { writeSnapshot } from "../src/snapshot/writer.ts";

// node bench/users.ts [people]: the shipped rules over a snapshot of people with an account in one forest and a mailbox in another; users per second and memory.

const people = Number(process.argv[2] ?? 100_000);
const [lync, exchange] = ["contoso.test", "fabrikam.test"];
const source = "directory contoso.test (cdc1.contoso.test:636)";
const context = ";phone-context=hq.fabrikam.test";

type Given = { readonly [F in FactName<"user">]?: FactValue<"user", F> };

const optional = ["masterSid", "originatorSid", "mailboxGuid", "mailboxHome", "umDialPlan", "umMailboxPolicy", "sipAddress", "lineUri", "homeServer", "homePool"];
const unset: Readonly<Record<string, Observation>> = {
  ...Object.fromEntries(optional.map((fact) => [fact, absent(source)])),
  ...Object.fromEntries(["eumPrimary", "eumSecondary", "sipProxies", "grantedPolicies", "voiceMailSettings"].map((fact) => [fact, known([], source)])),
  umEnabled: known(false, source),
  lyncEnabled: known(false, source),
  missedCallNotices: known(true, source),
  optionFlags: known(0, source),
};

function user(id: string, name: string, given: Given): Subject {
  const facts = { forest: lync, name, dn: `CN=${name},OU=Staff,DC=contoso,DC=test`, enabledAccount: true, changedAt: "2026-01-01T00:00:00Z", ...given };
  return { kind: "user", id, name, facts: { ...unset, ...Object.fromEntries(Object.entries(facts).map(([fact, value]) => [fact, known(value, source)])) } };
}

/** A person's account and mailbox. */
function person(number: number): readonly Subject[] {
  const alias = `user${number}`;
  const [sip, extension, sid] = [`${alias}@contoso.test`, String(1_000_000 + number), `S-1-5-21-1-2-3-${number}`];
  const addresses = { eumPrimary: [`${sip}${context}`], eumSecondary: [`${extension}${context}`], sipProxies: [`sip:${sip}`] };
  const onLync = { sid, lyncEnabled: true, optionFlags: 385, sipAddress: `sip:${sip}`, lineUri: `tel:+1425${extension};ext=${extension}`, homeServer: "CN=Lc Services,CN=Microsoft,CN=1:1", homePool: "pool" };
  const onExchange = { sid: `S-1-5-21-9-9-9-${number}`, masterSid: sid, mailboxGuid: alias, mailboxHome: "/o=x/cn=Configuration/cn=Servers/cn=EX1", umEnabled: true, umDialPlan: "hq", umMailboxPolicy: "hq-policy", forest: exchange };
  return [user(`${alias}-a`, alias, { ...addresses, ...onLync }), user(`${alias}-m`, alias, { ...addresses, ...onExchange })];
}

/** Puts a subject with known facts into a store. */
function put<K extends KindName>(store: Store, kind: K, id: string, facts: { readonly [F in FactName<K>]?: FactValue<K, F> }): void {
  store.subject({ kind, id, name: id });
  for (const [fact, value] of Object.entries(facts)) store.observe(kind, id, fact as FactName<K>, known(value, source) as Observation<FactValue<K, FactName<K>>>);
}

/** What users refer to. */
function putDeployment(store: Store): void {
  put(store, "deployment", "deployment", { profile: "on-premises", forests: [lync, exchange], lyncConfigurations: ["lync-configuration"], operators: [], endpoints: [] });
  put(store, "forest", lync, { name: lync, roles: ["lync"], lyncDeployment: "rtc", users: [String(people)] });
  put(store, "forest", exchange, { name: exchange, roles: ["exchange"], exchangeOrganization: "org", users: [String(people)] });
  store.observe("forest", exchange, "lyncDeployment", absent(source));
  put(store, "lyncDeployment", "rtc", { forest: lync, pools: ["pool"], exUmContacts: [] });
  put(store, "lyncPool", "pool", { forest: lync, name: "1:1", fqdn: "pool.contoso.test" });
  put(store, "exchangeOrganization", "org", { forest: exchange, name: "Fabrikam", dialPlans: ["hq"], mailboxPolicies: ["hq-policy"], servers: ["ex1"], huntGroups: [], ipGateways: [], callRouters: [] });
  put(store, "umDialPlan", "hq", { organization: "org", forest: exchange, name: "HQ", uriType: "SipName", phoneContext: "hq.fabrikam.test", extensionDigits: 7, equivalentPhoneContexts: [] });
  put(store, "umMailboxPolicy", "hq-policy", { organization: "org", name: "HQ Default Policy", dialPlan: "hq" });
  put(store, "exchangeServer", "ex1", { organization: "org", forest: exchange, name: "EX1", product: "Exchange2016", roles: ["UnifiedMessaging"], dialPlans: ["hq"] });
  put(store, "lyncConfiguration", "lync-configuration", { dialPlans: ["dp"], voicePolicies: ["vp"], hostedVoicemailPolicies: ["hp"], mediaConfigurations: [], topologyPools: [] });
  put(store, "lyncDialPlan", "dp", { identity: "Global", scope: "global", normalizationRules: [{ name: "All", pattern: "^(\\d+)$", translation: "+$1", internalExtension: false }] });
  put(store, "voicePolicy", "vp", { identity: "Global", scope: "global", pstnUsages: ["Local"] });
  put(store, "hostedVoicemailPolicy", "hp", { identity: "Global", scope: "global", organizations: [] });
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MiB`;
const folder = await mkdtemp(join(tmpdir(), "umpreflight-bench-"));
try {
  const path = join(folder, "users.snapshot.gz");
  const writer = await writeSnapshot(path, { tool: "bench", startedAt: "2026-01-01T00:00:00Z", profile: "on-premises" });
  const store = createStore((subject) => writer.mass(subject));
  for (let number = 0; number < people; number += 1) for (const subject of person(number)) await store.stream(subject);
  putDeployment(store);
  await writer.finish(store.entries(), { finishedAt: "2026-01-01T00:00:00Z", complete: true, reasons: [], targets: [] });
  const rules = loadRules(new URL("../", import.meta.url), { folders: [], parameters: {}, profileFile: undefined });
  console.log(`${people * 2} users (${people} people), ${rules.rules.filter(({ document }) => document.rule.subject.each === "user").length} rules for users, snapshot ${mebibytes((await stat(path)).size)}`);
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const { report } = await judgeSnapshot(path, rules, {
    toolVersion: "bench", at: new Date("2026-06-01T00:00:00Z"), parameters: {}, failOn: "fail", onUnknown: "report", progress: () => undefined,
  });
  const seconds = (performance.now() - start) / 1000;
  const { user: spent } = process.cpuUsage(cpu);
  const ofUsers = [...report.findings].filter(({ rule }) => rule.startsWith("user/"));
  console.log(`judged in ${seconds.toFixed(1)} s (${(spent / 1e6).toFixed(1)} s of processor): ${Math.round((people * 2) / seconds)} users/s, ${mebibytes(process.resourceUsage().maxRSS * 1024)} resident at most`);
  console.log(`${ofUsers.reduce((sum, { count, outcome }) => sum + (outcome === "pass" ? (count ?? 1) : 0), 0)} checks passed, ${ofUsers.filter(({ outcome }) => outcome === "fail" || outcome === "warn" || outcome === "unknown").length} did not`);
} finally {
  await rm(folder, { recursive: true });
}
