import { setMaxListeners } from "node:events";
import { isIP } from "node:net";
import { ConfigError } from "../../model/errors.ts";
import { maxAliases, type DnsAnswer, type UnknownAnswer } from "./answer.ts";
import { askServers, type Asked, type AskSettings } from "./ask-servers.ts";
import { createGate } from "./gate.ts";
import { toQueryName } from "./name.ts";
import { createUpstream, type UsableStep } from "./query.ts";
import type { DnsType } from "./record.ts";
import { formatServer, type DnsServer } from "./server.ts";
import { createSharedResults } from "./shared-results.ts";
import type { DnsCounters } from "./transport.ts";

/** A view of the DNS: servers that should say the same, inside or outside. */
export interface ViewOptions {
  readonly name: string;
  readonly servers: readonly DnsServer[];
  /** Time for the first try at a server, 2000 unless told; each further round has twice as much. */
  readonly tryTimeoutMs?: number;
  /** Rounds over the servers, 2 unless told. */
  readonly tries?: number;
  /** Time for a question from its first query to its last try, 8000 unless told; an alias chain gets no more than twice that. */
  readonly queryTimeoutMs?: number;
  /** Questions under way at once, 50 unless told. Many more overflow the socket's buffer. */
  readonly concurrency?: number;
  /** Ends what is under way and refuses what comes after: the answers are unknown (not-collected). */
  readonly signal?: AbortSignal;
  /** A clock that only goes forward, in milliseconds; `performance.now` unless told. */
  readonly now?: () => number;
}

/** Answers questions through the servers of one view. Nothing here throws or rejects: what could not be learned is an unknown answer. */
export interface DnsView {
  readonly name: string;
  readonly servers: readonly DnsServer[];
  /** Asks the servers in turn until one answers. The same question is asked once in the life of the view. */
  lookup(name: string, type: DnsType): Promise<DnsAnswer>;
  /** Asks only the given server of the view. */
  lookupAt(server: DnsServer, name: string, type: DnsType): Promise<DnsAnswer>;
  /** What was sent and thrown away so far. */
  counters(): Readonly<DnsCounters>;
}

/** Records that a view remembers; beyond it the oldest answers are asked for again. */
const maxRemembered = 200_000;

type Ask = (name: string, type: DnsType) => Promise<Asked>;

function unknownAnswer(reason: UnknownAnswer["reason"], detail: string, aliases: readonly string[] = [], failures: UnknownAnswer["failures"] = []): UnknownAnswer {
  return { outcome: "unknown", reason, detail, aliases, failures };
}

/** The whole answer from the steps that led to it. */
function wholeAnswer(steps: readonly UsableStep[], last: Exclude<UsableStep, { kind: "alias" }>, aliases: readonly string[]): DnsAnswer {
  const origin = {
    server: last.origin.server,
    viaTcp: steps.some((step) => step.origin.viaTcp),
    authoritative: steps.every((step) => step.origin.authoritative),
    authenticData: steps.every((step) => step.origin.authenticData),
  };
  return last.kind === "answer" ? { outcome: "answer", records: last.records, aliases, ...origin } : { outcome: "absent", kind: last.absent, aliases, ...origin };
}

/** Asks on at the end of an alias chain that leaves the answer section, as far as it is no loop, not too long, and within `budgetMs`. */
async function lookupThrough(ask: Ask, name: string, type: DnsType, budgetMs: number): Promise<DnsAnswer> {
  const steps: UsableStep[] = [];
  const aliases: string[] = [];
  let spentMs = 0;
  for (let current = name; ;) {
    const { result, elapsedMs } = await ask(current, type);
    spentMs += elapsedMs;
    if (result.kind === "failed") return unknownAnswer(result.reason, result.detail, aliases, result.failures);
    steps.push(result);
    for (const alias of result.aliases) {
      if (alias === name || aliases.includes(alias)) return unknownAnswer("malformed", `the alias chain of ${name} is a loop`, aliases);
      if (aliases.length === maxAliases) return unknownAnswer("malformed", `the alias chain of ${name} is longer than ${maxAliases}`, aliases);
      aliases.push(alias);
    }
    if (result.kind !== "alias") return wholeAnswer(steps, result, aliases);
    const next = toQueryName(aliases.at(-1) ?? "");
    if (next === undefined) return unknownAnswer("malformed", `the alias of ${current} is no host name`, aliases);
    if (spentMs >= budgetMs) return unknownAnswer("timeout", `the alias chain of ${name} was not at its end after ${budgetMs} ms`, aliases);
    current = next;
  }
}

function checkedServers({ name, servers }: ViewOptions): readonly DnsServer[] {
  const hint = "Name each server by its IP address, such as 192.0.2.1, 192.0.2.1:5353 or [2001:db8::1]:53.";
  if (servers.length === 0) throw new ConfigError("dns-server", `DNS view ${name} has no servers`, { hint });
  for (const { address, port } of servers) {
    const isValid = isIP(address) !== 0 && Number.isInteger(port) && port > 0 && port < 65_536;
    if (!isValid) throw new ConfigError("dns-server", `DNS view ${name}: ${address}:${port} is no server address`, { hint });
  }
  return [...new Map(servers.map((server) => [formatServer(server), server])).values()];
}

/** The view's own signal: every server and every TCP query listens, and Node 22.12 (later ones do not) warns of a leak from the eleventh listener on. */
function ownSignal(signal: AbortSignal | undefined): AbortSignal {
  const own = signal === undefined ? new AbortController().signal : AbortSignal.any([signal]);
  setMaxListeners(0, own);
  return own;
}

function settingsOf(options: ViewOptions): AskSettings {
  return {
    tryTimeoutMs: options.tryTimeoutMs ?? 2000,
    tries: options.tries ?? 2,
    queryTimeoutMs: options.queryTimeoutMs ?? 8000,
    signal: ownSignal(options.signal),
    now: options.now ?? (() => performance.now()),
  };
}

/** Makes a view. Sockets are opened when needed, close by themselves and never keep the process alive. Throws ConfigError when a server is not given by IP address. */
export function createView(options: ViewOptions): DnsView {
  const servers = checkedServers(options);
  const settings = settingsOf(options);
  const counters: DnsCounters = { udp: 0, tcp: 0, ignored: 0, malformed: 0, withoutEdns: 0 };
  const upstreams = servers.map((server) => createUpstream(server, counters, settings.signal));
  const gate = createGate(options.concurrency ?? 50);
  const remembered = createSharedResults<Asked>(({ result }) => (result.kind === "answer" ? result.records.length : 1), maxRemembered);
  const lookup = (chosen: typeof upstreams, key: string, text: string, type: DnsType): Promise<DnsAnswer> => {
    const name = toQueryName(text);
    if (name === undefined) return Promise.resolve(unknownAnswer("malformed", `${JSON.stringify(text.slice(0, 300))} is no DNS name`));
    // A place at the gate is held for one question only: an alias chain that kept it while asking on could wait for itself.
    const ask: Ask = (name, type) => remembered.get(`${key} ${type} ${name}`, () => gate(() => askServers(chosen, { name, type }, settings)));
    return lookupThrough(ask, name, type, settings.queryTimeoutMs);
  };
  return {
    name: options.name,
    servers,
    lookup: (name, type) => lookup(upstreams, "*", name, type),
    lookupAt(server, name, type) {
      const key = formatServer(server);
      const chosen = upstreams.filter((upstream) => formatServer(upstream.server) === key);
      if (chosen.length === 0) return Promise.resolve(unknownAnswer("not-collected", `${key} is no server of the DNS view ${options.name}`));
      return lookup(chosen, key, name, type);
    },
    counters: () => ({ ...counters }),
  };
}
