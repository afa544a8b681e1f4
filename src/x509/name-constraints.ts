import type { Certificate } from "./certificate.ts";
import type { GeneralName, NameConstraints } from "./general-name.ts";
import { isDnsName, isPresentableDnsName, splitMailbox } from "./hostname.ts";
import { ipText, parseIp } from "./ip-address.ts";
import { attributeTexts, isWithin } from "./name.ts";

/** How many comparisons of a name with a constraint may still be made. */
export interface ComparisonBudget {
  comparisons: number;
}

/** Why a name offends a constraint. */
export interface ConstraintFault {
  readonly code: "name-not-permitted" | "name-excluded" | "name-malformed" | "name-constraint-unsupported" | "constraint-limit";
  readonly name: string;
}

const EMAIL_ATTRIBUTE = "1.2.840.113549.1.9.1";

/** All names of a certificate that constraints apply to: subject, alternative names, and the e-mail attribute when there is no e-mail alternative name (RFC 5280 section 4.2.1.10). */
export function constrainedNames(certificate: Certificate): readonly GeneralName[] {
  const alternative = certificate.decoded.subjectAltName ?? [];
  const subject: GeneralName[] = certificate.subject.canonical.length === 0 ? [] : [{ kind: "directory", name: certificate.subject }];
  const mailboxes: GeneralName[] = alternative.some((name) => name.kind === "email")
    ? []
    : attributeTexts(certificate.subject, EMAIL_ATTRIBUTE).map((value) => ({ kind: "email", value }));
  return [...subject, ...alternative, ...mailboxes];
}

/** A name as text for messages, cut to a sane length. */
export function generalNameText(name: GeneralName): string {
  switch (name.kind) {
    case "dns":
    case "email":
    case "uri":
      return name.value.slice(0, 256);
    case "directory":
      return name.name.text.slice(0, 256);
    case "ip":
      return ipText(name.bytes);
    case "other":
    case "registeredId":
      return `a name of type ${name.oid}`;
    case "x400":
    case "edi":
      return `a name of type ${name.kind}`;
  }
}

/** The host of a URI (RFC 3986 section 3.2), lower case; nothing when it has none or an IP address stands there, which no constraint can judge. */
function uriHost(uri: string): string | undefined {
  const match = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*)/.exec(uri);
  const authority = match?.[1] ?? "";
  const host = authority.slice(authority.lastIndexOf("@") + 1).replace(/:\d*$/, "").toLowerCase();
  return isDnsName(host) && parseIp(host) === undefined ? host : undefined;
}

/** `.example.com` means hosts below, `example.com` that host alone (RFC 5280: URI and mailbox constraints). */
function hostMatches(host: string, base: string): boolean {
  return base === "" || (base.startsWith(".") ? host.endsWith(base) && host.length > base.length : host === base);
}

function dnsMatches(value: string, base: string): boolean {
  if (base === "") return true;
  return value === base || (value.endsWith(base) && value[value.length - base.length - 1] === ".");
}

/** Whether the names a wildcard stands for may meet an excluded subtree: also when the base is one label below. */
function wildcardMeets(value: string, base: string): boolean {
  const parent = value.slice(2);
  const dot = base.indexOf(".");
  return dnsMatches(parent, base) || (dot > 0 && base.slice(dot + 1) === parent);
}

function ipMatches(address: Uint8Array, base: Uint8Array): boolean {
  const half = address.length;
  return base.length === half * 2 && address.every((byte, index) => ((byte ^ (base[index] ?? 0)) & (base[half + index] ?? 0)) === 0);
}

/** A prepared name: one test against a base of the same kind, stricter or wider according to the side it is asked for. */
type Tester = (base: GeneralName, excluded: boolean) => boolean;

function dnsTester(value: string): Tester | undefined {
  if (!isPresentableDnsName(value)) return undefined;
  const lower = value.toLowerCase();
  return (base, excluded) => {
    if (base.kind !== "dns") return false;
    const wanted = base.value.toLowerCase();
    return excluded && lower.startsWith("*.") ? wildcardMeets(lower, wanted) : dnsMatches(lower, wanted);
  };
}

function emailTester(value: string): Tester | undefined {
  const mailbox = splitMailbox(value);
  if (mailbox === undefined) return undefined;
  return (base, excluded) => {
    if (base.kind !== "email") return false;
    const at = base.value.lastIndexOf("@");
    if (at < 0) return hostMatches(mailbox.domain, base.value.toLowerCase());
    // Local parts are compared exactly to permit and without case to exclude: the safe side of each.
    const local = base.value.slice(0, at);
    const sameLocal = mailbox.local === local || (excluded && mailbox.local.toLowerCase() === local.toLowerCase());
    return sameLocal && mailbox.domain === base.value.slice(at + 1).toLowerCase();
  };
}

function uriTester(value: string): Tester | undefined {
  const host = uriHost(value);
  return host === undefined ? undefined : (base) => base.kind === "uri" && hostMatches(host, base.value.toLowerCase());
}

function testerOf(name: GeneralName): Tester | "unsupported" | undefined {
  switch (name.kind) {
    case "dns":
      return dnsTester(name.value);
    case "email":
      return emailTester(name.value);
    case "uri":
      return uriTester(name.value);
    case "ip":
      return (base) => base.kind === "ip" && ipMatches(name.bytes, base.bytes);
    case "directory":
      return (base) => base.kind === "directory" && isWithin(name.name, base.name);
    case "other":
    case "x400":
    case "edi":
    case "registeredId":
      return "unsupported";
  }
}

function spend(budget: ComparisonBudget, count: number): boolean {
  budget.comparisons -= count;
  return budget.comparisons >= 0;
}

function nameFault(name: GeneralName, permitted: readonly GeneralName[], excluded: readonly GeneralName[]): ConstraintFault["code"] | undefined {
  const tester = testerOf(name);
  if (tester === "unsupported") return "name-constraint-unsupported";
  if (tester === undefined) return "name-malformed";
  if (excluded.some((base) => tester(base, true))) return "name-excluded";
  return permitted.length > 0 && !permitted.some((base) => tester(base, false)) ? "name-not-permitted" : undefined;
}

/** Judges names against the constraints of one CA: each CA above must be satisfied by itself, so that permitted sets intersect. Names of types the CA does not constrain are free. */
export function constraintFault(names: readonly GeneralName[], constraints: NameConstraints, budget: ComparisonBudget): ConstraintFault | undefined {
  // Sorting the constraints and walking the names costs as much as comparing.
  if (!spend(budget, names.length + constraints.permitted.length + constraints.excluded.length)) return { code: "constraint-limit", name: "" };
  const kinds = new Map<GeneralName["kind"], { readonly permitted: readonly GeneralName[]; readonly excluded: readonly GeneralName[] }>();
  for (const { kind } of [...constraints.permitted, ...constraints.excluded]) {
    if (kinds.has(kind)) continue;
    const ofKind = (base: GeneralName): boolean => base.kind === kind;
    kinds.set(kind, { permitted: constraints.permitted.filter(ofKind), excluded: constraints.excluded.filter(ofKind) });
  }
  for (const name of names) {
    const relevant = kinds.get(name.kind);
    if (relevant === undefined) continue;
    if (!spend(budget, relevant.permitted.length + relevant.excluded.length)) return { code: "constraint-limit", name: generalNameText(name) };
    const code = nameFault(name, relevant.permitted, relevant.excluded);
    if (code !== undefined) return { code, name: generalNameText(name) };
  }
  return undefined;
}

/** Whether a constraint's own base is usable: host forms for DNS, URI and mailbox bases. */
export function isSoundBase(base: GeneralName): boolean {
  switch (base.kind) {
    case "dns":
      return base.value === "" || isDnsName(base.value.toLowerCase());
    case "uri":
      return base.value === "" || isDnsName(base.value.toLowerCase().replace(/^\./, ""));
    case "email": {
      const at = base.value.lastIndexOf("@");
      return base.value === "" || (at < 0 ? isDnsName(base.value.toLowerCase().replace(/^\./, "")) : splitMailbox(base.value) !== undefined);
    }
    default:
      return true;
  }
}
