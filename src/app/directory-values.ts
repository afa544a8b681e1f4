import { isNoSuchObject } from "../collect/ldap/client-failure.ts";
import { dnToDnsDomain } from "../collect/ldap/decode-dn.ts";
import { failed, type DirectoryClient, type Outcome } from "../collect/ldap/client-contract.ts";
import { openReader } from "../collect/ldap/forest/connect.ts";
import type { DirectoryRequest, ForestRequest } from "../collect/ldap/forest/request.ts";
import { notFetched, type Fetched } from "../collect/revocation/fetched.ts";
import type { DirectoryValue, ReadDirectoryValue } from "../collect/revocation/request.ts";
import type { CollectContext } from "../model/collector.ts";

/** Reading of single attributes through the forests of the configuration. */
export interface DirectoryValues {
  readonly read: ReadDirectoryValue;
  readonly close: () => Promise<void>;
}

/** The forest whose directory holds an object. A host that is named must lie in it; it is not asked itself, since credentials go to configured servers only. */
function forestOf({ dn, host }: DirectoryValue, forests: readonly ForestRequest[]): ForestRequest | undefined {
  const domain = dnToDnsDomain(dn)?.toLowerCase();
  const within = (name: string, forest: string): boolean => name === forest || name.endsWith(`.${forest}`);
  return forests.find(({ config }) => domain !== undefined && within(domain, config.name) && (host === undefined || within(host, config.name)));
}

/** Until it is first published Active Directory keeps one zero byte where a list or certificate must stand. */
function isPlaceholder(value: Buffer): boolean {
  return value.length <= 1;
}

async function valuesOf(client: DirectoryClient, { dn, attribute }: DirectoryValue): Promise<Fetched> {
  for (const description of [attribute, `${attribute};binary`]) {
    const read = await client.readEntry(dn, [description], { binary: [attribute] });
    if (!read.ok) return isNoSuchObject(read.failure) ? notFetched("not-found", "unreachable", `${client.server} holds no object ${dn}`) : notFetched("failed", read.failure.reason, read.failure.detail);
    const cut = read.value.truncated.get(attribute.toLowerCase());
    if (cut !== undefined) return notFetched("failed", cut.reason, cut.detail);
    const values = (read.value.attributes.get(attribute.toLowerCase()) ?? []).filter((value) => Buffer.isBuffer(value)).filter((value) => !isPlaceholder(value));
    if (values.length > 0) return { outcome: "fetched", bodies: values };
  }
  // An attribute that may not be read looks as if it were not there.
  return notFetched("failed", "denied", `${client.server} shows no ${attribute} of ${dn}: it is not published there, or the account may not read it`);
}

function untilAborted(signal: AbortSignal, work: Promise<Fetched>): Promise<Fetched> {
  const late = notFetched("failed", "timeout", "the directory did not answer in time");
  if (signal.aborted) return Promise.resolve(late);
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(late);
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

/** Opens a connection per forest when it is first needed: to a domain controller of its root domain, which holds the configuration of all its domains. */
export function openDirectoryValues(request: DirectoryRequest, context: CollectContext): DirectoryValues {
  const clients = new Map<string, Promise<Outcome<DirectoryClient>>>();
  const clientOf = (forest: ForestRequest): Promise<Outcome<DirectoryClient>> => {
    const { name } = forest.config;
    const known = clients.get(name);
    if (known !== undefined) return known;
    const made = openReader({ request, forest, context }, name, "domainController").then((opened): Outcome<DirectoryClient> => (opened.ok ? { ok: true, value: opened.value.client } : failed(opened.failure)));
    clients.set(name, made);
    return made;
  };
  const read = async (value: DirectoryValue): Promise<Fetched> => {
    const forest = forestOf(value, request.forests);
    if (forest === undefined) return { ...notFetched("refused", "not-collected", `${value.dn} is to be had inside its forest only, which is not among the configured ones`), insideOnly: true };
    const opened = await clientOf(forest);
    return opened.ok ? valuesOf(opened.value, value) : notFetched("failed", opened.failure.reason, opened.failure.detail);
  };
  return {
    read: (value, signal) => untilAborted(signal, read(value)),
    close: async () => {
      for (const client of clients.values()) {
        const opened = await client;
        if (opened.ok) await opened.value.close();
      }
    },
  };
}
