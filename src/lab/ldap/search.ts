import type { SearchControls } from "./controls.ts";
import { compileFilter } from "./compile-filter.ts";
import { dnKey, dnsNameOf, parseDn, textKey } from "./distinguished-name.ts";
import type { Directory, Node } from "./node.ts";
import type { Reader } from "./reader.ts";
import type { SearchRequest } from "./request.ts";
import { type Result, resultCode, success } from "./response.ts";
import { nodeByName } from "./values.ts";

/** Entries that one answer holds at most, as MaxPageSize. */
export const maxPageSize = 1000;

const maxSearchMs = 5000;

/** Everything a search found; `references` point to naming contexts below its base. */
export interface Found {
  readonly nodes: readonly Node[];
  readonly references: readonly string[];
}

/** Where and how to search. */
export interface SearchScope {
  readonly directory: Directory;
  readonly reader: Reader;
  /** True on the ports of the global catalog, where one search covers all naming contexts. */
  readonly globalCatalog: boolean;
  readonly controls: SearchControls;
  /** Milliseconds from an arbitrary start. */
  readonly clock: () => number;
}

function noSuchObject(directory: Directory, name: string): Result {
  let rdns = parseDn(name)?.slice(1) ?? [];
  while (rdns.length > 0 && !directory.byKey.has(dnKey(rdns))) rdns = rdns.slice(1);
  const matchedDn = directory.byKey.get(dnKey(rdns))?.dn ?? "";
  return { code: resultCode.noSuchObject, text: `0000208D: NameErr: DSID-0310028C, problem 2001 (NO_OBJECT), data 0, best match of:\n\t'${matchedDn}'\n`, matchedDn };
}

/** What a domain controller says of a base that it does not have: a referral for another domain's name, else "no such object". */
function baseMissing(directory: Directory, name: string): Result {
  const rdns = parseDn(name);
  if (rdns === undefined && !name.startsWith("<")) return { code: resultCode.invalidDNSyntax, text: "0000208F: NameErr: DSID-03100233, problem 2006 (BAD_NAME), data 8350" };
  const domain = dnsNameOf(rdns ?? []);
  const key = textKey(name);
  const own = textKey(directory.contexts.domain);
  if (domain === undefined || key === own || key.endsWith(`,${own}`)) return noSuchObject(directory, name);
  const text = `0000202B: RefErr: DSID-03100835, data 0, 1 access points\n\tref 1: '${domain}'\n`;
  return { code: resultCode.referral, text, referrals: [`ldap://${domain}/${name.replaceAll(/[^\w=,.-]/gu, (sign) => encodeURIComponent(sign))}`] };
}

/** The naming contexts below a base that a search does not enter; whoever wants them searches there ([MS-ADTS] section 3.1.1.3.1.3.4). */
function subordinateContexts({ contexts, realm }: Directory, base: Node): readonly string[] {
  if (base.key === textKey(contexts.configuration)) return [`ldap://${realm}/${contexts.schema}`];
  if (base.key !== textKey(contexts.domain)) return [];
  const zones = ["ForestDnsZones", "DomainDnsZones"].map((zone) => `ldap://${zone}.${realm}/DC=${zone},${contexts.domain}`);
  return [...zones, `ldap://${realm}/${contexts.configuration}`];
}

function inScope({ directory, globalCatalog }: SearchScope, request: SearchRequest, base: Node | undefined): (node: Node) => boolean {
  if (base === undefined) return (node) => request.scope === "sub" || (request.scope === "one" && node.parent === undefined);
  if (request.scope === "base") return (node) => node === base;
  const below = `,${base.key}`;
  const heads = globalCatalog ? [] : Object.values(directory.contexts).map(textKey).filter((key) => key.endsWith(below));
  const foreign = (node: Node) => heads.some((key) => node.key === key || node.key.endsWith(`,${key}`));
  if (request.scope === "one") return (node) => node.parent === base && !foreign(node);
  return (node) => (node === base || node.key.endsWith(below)) && !foreign(node);
}

/** Runs a search to its end. The result is a failure, or what was found. */
export function search(scope: SearchScope, request: SearchRequest): Found | Result {
  const { directory, reader } = scope;
  const wholeCatalog = request.base.trim() === "";
  const base = wholeCatalog ? undefined : nodeByName(directory, request.base);
  if (base === undefined && !(wholeCatalog && scope.globalCatalog)) return wholeCatalog ? noSuchObject(directory, request.base) : baseMissing(directory, request.base);
  if (base !== undefined && !reader.canSee(base)) return noSuchObject(directory, request.base);
  const filter = compileFilter(directory, request.filter);
  const within = inScope(scope, request, base);
  const pool = request.scope === "base" && base !== undefined ? [base] : request.scope === "one" && base !== undefined ? base.children : (filter.candidates ?? directory.nodes);
  const deadline = scope.clock() + Math.min(maxSearchMs, request.timeLimitSeconds === 0 ? Infinity : request.timeLimitSeconds * 1000);
  const nodes: Node[] = [];
  let seen = 0;
  for (const node of pool) {
    seen += 1;
    if (seen % 256 === 0 && scope.clock() > deadline) return { code: resultCode.timeLimitExceeded, text: "" };
    if (within(node) && reader.canSee(node) && filter.test(node, reader) === true) nodes.push(node);
  }
  const withReferences = base !== undefined && request.scope !== "base" && !scope.globalCatalog && !scope.controls.withoutReferences;
  return { nodes: nodes.sort((a, b) => a.ordinal - b.ordinal), references: withReferences ? subordinateContexts(directory, base) : [] };
}

/** Whether a search succeeded. */
export function isFound(outcome: Found | Result): outcome is Found {
  return "nodes" in outcome;
}

/** How an answer of so many entries ends when only `sent` of them were sent. */
export function sizeResult(found: number, sent: number): Result {
  return found > sent ? { code: resultCode.sizeLimitExceeded, text: "" } : success;
}
