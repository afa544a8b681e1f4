import { hostText } from "./address.ts";

/** Where a caller is sent. */
export interface SipTarget {
  readonly host: string;
  readonly port: number;
  readonly transport: "tls" | "tcp";
}

/** More text than this of one header is not looked at, nor more targets than this. */
const maxText = 2048;
const maxTargets = 16;

const uri = /\b(sips?):(?:[^\s<>@"]*@)?(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?((?:;[^\s<>,?]*)?)/giu;

/** The SIP URIs in a text, without user part. A URI that names no transport has that of the request; one without port has the usual one of its transport (RFC 3263 section 4.2). */
export function sipTargets(text: string, asked: "tls" | "tcp"): readonly SipTarget[] {
  const targets: SipTarget[] = [];
  for (const [, scheme = "", host = "", digits, parameters = ""] of text.slice(0, maxText).matchAll(uri)) {
    const [, named] = /;transport=(tls|tcp)(?:;|$)/iu.exec(parameters) ?? [];
    const transport = scheme.toLowerCase() === "sips" || named?.toLowerCase() === "tls" ? "tls" : named === undefined ? asked : "tcp";
    const port = digits === undefined ? (transport === "tls" ? 5061 : 5060) : Number(digits);
    if (port >= 1 && port <= 65_535 && targets.length < maxTargets) targets.push({ host: host.replaceAll(/^\[|\]$/gu, "").toLowerCase(), port, transport });
  }
  return targets;
}

/** A target as SIP URI: `sip:um1.fabrikam.test:5067;transport=tls`. */
export function targetText({ host, port, transport }: SipTarget): string {
  return `sip:${hostText(host)}:${port};transport=${transport}`;
}
