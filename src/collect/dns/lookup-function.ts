import type { LookupFunction } from "node:net";
import type { DnsView } from "./resolver.ts";

interface LookupError extends Error {
  code: string;
}

function lookupError(host: string, code: string, detail: string): LookupError {
  return Object.assign(new Error(`${host}: ${detail}`), { code });
}

/** Name resolution through a DNS view, for sockets: what the scanner connects to is what the view says. */
export function lookupThrough(view: DnsView): LookupFunction {
  return (host, options, callback) => {
    void resolve(view, host).then((found) => {
      if (found instanceof Error) callback(found, []);
      else if (options.all === true) callback(null, [...found]);
      else callback(null, found[0]?.address ?? "", found[0]?.family ?? 4);
    });
  };
}

async function resolve(view: DnsView, host: string): Promise<readonly { readonly address: string; readonly family: 4 | 6 }[] | LookupError> {
  const [v4, v6] = await Promise.all([view.lookup(host, "A"), view.lookup(host, "AAAA")]);
  const found = [v4, v6].flatMap((answer) => (answer.outcome === "answer" ? answer.records : [])).flatMap((record) => (record.type === "A" || record.type === "AAAA" ? [{ address: record.address, family: record.type === "A" ? (4 as const) : (6 as const) }] : []));
  if (found.length > 0) return found;
  const failed = [v4, v6].find((answer) => answer.outcome === "unknown");
  return failed === undefined ? lookupError(host, "ENOTFOUND", `DNS ${view.name} has no address for it`) : lookupError(host, "EAI_AGAIN", `DNS ${view.name}: ${failed.outcome === "unknown" ? failed.detail : ""}`);
}
