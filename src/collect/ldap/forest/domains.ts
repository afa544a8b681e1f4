import { known, unknown, type Observation } from "../../../model/observation.ts";
import { failed, type Outcome } from "../client-contract.ts";
import { text } from "../client-entry.ts";
import { dnKey, dnToDnsDomain, isBelow, sameDn } from "../decode-dn.ts";
import { openReader, type Connecting } from "./connect.ts";
import { isOfClass, listBelow } from "./container.ts";
import { domainRights } from "./domain-rights.ts";
import { integerOf, required, textOf } from "./observe-entry.ts";
import type { Reader } from "./reader.ts";
import type { Domain, ForestSession } from "./session.ts";

/** systemFlags of a crossRef: a naming context, of a domain ([MS-ADTS] 6.1.1.2.1.1). */
const domainFlags = 0x3;

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** A text of a rootDSE. */
export function rootText({ rootDse }: Reader, name: string): string | undefined {
  const reading = text(rootDse, name);
  return reading.state === "value" ? reading.value : undefined;
}

async function openDomain(connecting: Connecting, dn: string, dns: string, opened: Reader[]): Promise<Outcome<Reader>> {
  const reader = await openReader(connecting, dns, "domainController");
  if (!reader.ok) return reader;
  opened.push(reader.value);
  const held = rootText(reader.value, "defaultNamingContext") ?? "";
  return sameDn(held, dn) ? reader : failed({ reason: "unsupported", detail: `${reader.value.client.server} is no domain controller of ${dns}, but of ${dnToDnsDomain(held) ?? "an unknown domain"}` });
}

function domainOf(connecting: Connecting, root: Reader, dn: string, netbios: string | undefined, opened: Reader[]): Domain {
  const dns = dnToDnsDomain(dn) ?? dn.toLowerCase();
  const reader = once(async (): Promise<Outcome<Reader>> => (sameDn(rootText(root, "defaultNamingContext") ?? "", dn) ? { ok: true, value: root } : openDomain(connecting, dn, dns, opened)));
  const schemaDn = rootText(root, "schemaNamingContext") ?? "";
  return { dn, dns, netbios, reader, rights: once(async () => domainRights(await reader(), root, schemaDn, dn)) };
}

/** The domains of the forest; connections that they open are added to `opened`. */
export async function domainsOf(connecting: Connecting, root: Reader, configurationDn: string, opened: Reader[]): Promise<Observation<readonly Domain[]>> {
  const { source } = root;
  const found = await listBelow(root, `CN=Partitions,${configurationDn}`, "one", ["nCName", "systemFlags", "nETBIOSName"]);
  if (found.complete.state !== "known") return found.complete;
  const domains: Domain[] = [];
  for (const read of found.entries.filter((entry) => isOfClass(entry, "crossRef"))) {
    const flags = integerOf(read, "systemFlags", 0);
    if (flags.state !== "known") return flags;
    if ((flags.value & domainFlags) !== domainFlags) continue;
    const dn = required(textOf(read, "nCName"), read, "nCName");
    if (dn.state !== "known") return dn;
    const netbios = textOf(read, "nETBIOSName");
    domains.push(domainOf(connecting, root, dn.value, netbios.state === "known" ? netbios.value : undefined, opened));
  }
  return domains.length > 0 ? known(domains, source) : unknown("malformed", `CN=Partitions,${configurationDn} names no domain`, source);
}

/** The domain that holds an object; undefined where the forest has none that could. */
export function domainHolding(domains: readonly Domain[], dn: string): Domain | undefined {
  const [nearest] = domains.filter((domain) => dnKey(domain.dn) === dnKey(dn) || isBelow(dn, domain.dn)).sort((a, b) => b.dn.length - a.dn.length);
  return nearest;
}

/** A domain controller of the domain that holds an object. */
export async function readerHolding({ domains }: ForestSession, dn: string): Promise<Outcome<Reader>> {
  if (domains.state === "unknown") return failed({ reason: domains.reason, detail: domains.detail });
  const domain = domains.state === "known" ? domainHolding(domains.value, dn) : undefined;
  return domain === undefined ? failed({ reason: "unsupported", detail: `${dn} belongs to no domain of the forest` }) : domain.reader();
}
