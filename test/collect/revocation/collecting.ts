import { describeCertificates } from "../../../src/collect/tls/certificate-record.ts";
import { collectRevocation } from "../../../src/collect/revocation/collect-revocation.ts";
import { notFetched } from "../../../src/collect/revocation/fetched.ts";
import type { RevocationRequest } from "../../../src/collect/revocation/request.ts";
import { known } from "../../../src/model/observation.ts";
import type { ReportTarget } from "../../../src/model/report.ts";
import { createStore, type Store } from "../../../src/snapshot/store.ts";
import { oid, seq } from "../../x509/der-writer.ts";
import { crlPoints, NOW, rootCa, server, subCa, uri, type ExtensionSpec, type Issued } from "../../x509/issue.ts";
import type { Web } from "./web.ts";

export const host = "pki.test";
export const listUrl = `http://${host}/ca.crl`;

/** AuthorityInfoAccess with responders and issuers. */
export function access(spec: { readonly ocsp?: readonly string[]; readonly issuers?: readonly string[] }): ExtensionSpec {
  const one = (method: string) => (url: string) => seq(oid(method), uri(url));
  return { oid: "1.3.6.1.5.5.7.1.1", value: seq(...(spec.ocsp ?? []).map(one("1.3.6.1.5.5.7.48.1")), ...(spec.issuers ?? []).map(one("1.3.6.1.5.5.7.48.2"))) };
}

/** A distribution point with addresses. */
export const listedAt = (...urls: readonly string[]): ExtensionSpec => crlPoints({ names: urls.map(uri) });

/** A root, an issuing authority and a server certificate that points to the list of its issuer. */
export function makePki(extra: readonly ExtensionSpec[] = [listedAt(listUrl)]) {
  const root = rootCa();
  const ca = subCa(root, "CN=Issuing");
  const leaf = server(ca, extra, { serial: 77 });
  return { root, ca, leaf };
}

export function requestFor(web: Web | undefined, given: Partial<RevocationRequest> = {}): RevocationRequest {
  return {
    fetch: { enabled: true, allowLoopback: true },
    limits: { connectTimeoutMs: 1_000, operationTimeoutMs: 1_500, targetTimeoutMs: 10_000 },
    connectTo: web === undefined ? {} : { [`${host}:80`]: `127.0.0.1:${web.port}` },
    lookup: (name, _options, callback) => callback(Object.assign(new Error(name), { code: "ENOTFOUND" }), []),
    readDirectory: () => Promise.resolve(notFetched("refused", "not-collected", "no forest")),
    at: NOW,
    ...given,
  };
}

function endpoint(store: Store, id: string, chain: readonly Issued[]): void {
  store.subject({ kind: "endpoint", id, name: id });
  store.observe("endpoint", id, "transport", known("tls", "test"));
  store.observe("endpoint", id, "chain", describeCertificates(chain.map(({ der }) => der), "test"));
}

export interface Collected {
  readonly store: Store;
  readonly targets: readonly ReportTarget[];
  /** Facts of a certificate's status in short: the value, `absent`, or `?`, reason and detail. */
  readonly of: (certificate: Issued) => Readonly<Record<string, unknown>>;
  readonly fetchedIssuers: (endpoint: string) => unknown;
}

function short(facts: Readonly<Record<string, { readonly state: string }>> | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(facts ?? {}).map(([name, fact]) => [name, "value" in fact ? fact.value : "detail" in fact && "reason" in fact ? `?${String(fact.reason)}: ${String(fact.detail)}` : "absent"]));
}

/** Runs the collector over endpoints with these chains. */
export async function collect(chains: Readonly<Record<string, readonly Issued[]>>, request: RevocationRequest, anchors: readonly Issued[] = [], signal: AbortSignal = new AbortController().signal): Promise<Collected> {
  const store = createStore(() => Promise.resolve());
  store.subject({ kind: "deployment", id: "deployment", name: "deployment" });
  store.observe("deployment", "deployment", "endpoints", known(Object.keys(chains), "test"));
  for (const [id, chain] of Object.entries(chains)) endpoint(store, id, chain);
  store.subject({ kind: "trustAnchorSet", id: "lync", name: "lync" });
  store.observe("trustAnchorSet", "lync", "certificates", describeCertificates(anchors.map(({ der }) => der), "test"));
  const targets = await collectRevocation(request, { signal, now: () => performance.now(), subjects: store, observer: store, progress: () => undefined });
  const idOf = (certificate: Issued): string => {
    const described = describeCertificates([certificate.der], "test");
    return described.state === "known" ? (described.value[0]?.sha256 ?? "") : "";
  };
  return { store, targets, of: (certificate) => short(store.get("certificateStatus", idOf(certificate))?.facts), fetchedIssuers: (id) => short(store.get("endpoint", id)?.facts)["fetchedIssuers"] };
}
