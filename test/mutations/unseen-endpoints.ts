import { turns, type OutcomeChange } from "./outcome-changes.ts";

/** Where nothing listens, nothing can be said of TLS and SIP. */
export function silent(...endpoints: readonly string[]): readonly OutcomeChange[] {
  return ["answers-sip", "answers-tls", "tls-version"].flatMap((rule) => turns("pass", "not-applicable", `endpoint/${rule}`, ...endpoints));
}

/** Of endpoints whose host has no address nothing is known, not even whether something listens. */
export function unreached(host: string, ports: { readonly tls: readonly number[]; readonly tcp: readonly number[] }): readonly OutcomeChange[] {
  const [tls, tcp] = [ports.tls, ports.tcp].map((list) => list.map((port) => `${host}:${port}`)) as [string[], string[]];
  const ofTls = ["answers-tls", "tls-version"].flatMap((rule) => turns("pass", "unknown", `endpoint/${rule}`, ...tls));
  return [...ofTls, ...["answers-sip", "um-listens"].flatMap((rule) => turns("pass", "unknown", `endpoint/${rule}`, ...tls, ...tcp))];
}
