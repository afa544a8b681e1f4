import type { EndpointConfig } from "../../../src/model/config.ts";
import { known, unknown, type Observation } from "../../../src/model/observation.ts";
import type { ReportTarget } from "../../../src/model/report.ts";
import { createStore, type Store } from "../../../src/snapshot/store.ts";
import { collectEndpoints } from "../../../src/collect/tls/collect-endpoints.ts";
import type { EndpointRequest } from "../../../src/collect/tls/endpoint-request.ts";
import type { Made } from "./certificates.ts";

export const host = "um1.fabrikam.test";

/** An endpoint of the Exchange side, as configured. */
export function endpoint(given: Partial<EndpointConfig> = {}): EndpointConfig {
  return { host, port: 5061, side: "exchange", role: "um-service", transport: "tls", knownAs: [], ...given };
}

/** Our certificate, with its issuer, as it is loaded. */
export function identityOf(made: Made, ...others: readonly Made[]): NonNullable<EndpointRequest["identity"]> {
  return { cert: [made, ...others].map(({ cert }) => cert).join(""), key: made.key, names: ["lyncpool.contoso.test"] };
}

const noAnchors = unknown("not-collected", "not configured");

/** A request for one endpoint, found at 127.0.0.1 and `port`. */
export function requestFor(port: number, given: Partial<EndpointRequest> = {}): EndpointRequest {
  return {
    configured: [endpoint()],
    limits: { connectTimeoutMs: 2_000, operationTimeoutMs: 2_000, targetTimeoutMs: 5_000, parallelEndpoints: 4 },
    connectTo: { [`${host}:5061`]: `127.0.0.1:${port}` },
    lookup: undefined,
    identity: undefined,
    anchors: { lync: noAnchors, exchange: noAnchors, public: noAnchors },
    sipIdentity: "lyncpool.contoso.test",
    ...given,
  };
}

/** Roots that both sides trust, and that pass for public. */
export function trusting(...roots: readonly Made[]): Pick<EndpointRequest, "anchors"> {
  const anchors = known(roots.map(({ der }) => der), "test");
  return { anchors: { lync: anchors, exchange: anchors, public: anchors } };
}

export interface Collected {
  readonly store: Store;
  readonly targets: readonly ReportTarget[];
  readonly facts: Readonly<Record<string, Observation>>;
  /** Facts in short: the value, `absent`, or `?` and the reason. */
  readonly short: Readonly<Record<string, unknown>>;
}

/** Runs the collector. */
export async function collect(request: EndpointRequest, signal: AbortSignal = new AbortController().signal): Promise<Collected> {
  const store = createStore(() => Promise.resolve());
  const targets = await collectEndpoints(request, { signal, now: () => performance.now(), subjects: store, observer: store, progress: () => undefined });
  const facts = store.all("endpoint")[0]?.facts ?? {};
  const short = Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, fact.state === "known" ? fact.value : fact.state === "absent" ? "absent" : `?${fact.reason}`]));
  return { store, targets, facts, short };
}
