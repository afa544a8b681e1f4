import type { Entry, Forest } from "../types.ts";
import { baseEntries } from "./base-entries.ts";
import { sidText } from "./binary-values.ts";
import { contoso, fabrikam } from "./forests.ts";

/** How an LDIF is to be written. */
export interface LdifOptions {
  /** Replaces placeholders such as `{thumbprint:<certificate id>}` in text values. */
  readonly resolve?: (text: string) => string;
  /** Also writes what a domain controller makes itself, for putting back what was removed. */
  readonly withControllers?: boolean;
}

/** RFC 2849 SAFE-STRING; everything else is written in base64. */
function isSafe(text: string): boolean {
  return /^[\x21-\x39\x3b\x3d-\x7e][\x20-\x7e]*$/.test(text) && !text.endsWith(" ");
}

/** One attribute line of LDIF (RFC 2849), unfolded. */
export function ldifLine(name: string, value: string | Uint8Array): string {
  if (typeof value === "string" && isSafe(value)) return `${name}: ${value}`;
  return `${name}:: ${Buffer.from(typeof value === "string" ? Buffer.from(value, "utf8") : value).toString("base64")}`;
}

/** Tells the entries that a domain controller has or makes by itself, which LDIF leaves out: its base entries, trusts and schema. */
export function madeByController(forest: Pick<Forest, "name">): (entry: Entry) => boolean {
  const base = new Set(baseEntries(forest.name === contoso.name ? contoso : fabrikam).map((entry) => entry.dn.toLowerCase()));
  return (entry) => entry.objectClass.includes("trustedDomain") || entry.objectClass.includes("attributeSchema") || base.has(entry.dn.toLowerCase());
}

/** Attributes of SID syntax. The ldb library, which loads these files into a controller, reads them as text only. */
const sidAttributes: readonly string[] = ["objectSid", "msExchMasterAccountSid", "msRTCSIP-OriginatorSid", "securityIdentifier"];

function passwordLines(forest: Forest, entry: Entry): readonly string[] {
  const account = forest.accounts.find((item) => entry.attributes["sAMAccountName"]?.includes(item.sAMAccountName));
  // an offline load takes the password itself, in UTF-16, and derives the keys
  return account === undefined ? [] : [ldifLine("clearTextPassword", new Uint8Array(Buffer.from(account.password, "utf16le")))];
}

/**
 * The forest's own entries as LDIF for loading into a domain controller offline, parents first; references to entries further down follow as modifications. Access control
 * entries are not in it, nor what the controller makes itself.
 */
export function toLdif(forest: Forest, options: LdifOptions = {}): string {
  const resolve = options.resolve ?? ((text: string) => text);
  const isOfController = madeByController(forest);
  const own = forest.entries.filter((entry) => options.withControllers === true || !isOfController(entry));
  const pending = new Set(own.map((entry) => entry.dn.toLowerCase()));
  const records: string[] = [];
  const deferred: string[] = [];
  for (const entry of own) {
    pending.delete(entry.dn.toLowerCase());
    const lines = [ldifLine("dn", entry.dn), "changetype: add", ...entry.objectClass.map((name) => ldifLine("objectClass", name))];
    for (const [name, values] of Object.entries(entry.attributes)) {
      const written = values.map((value) => {
        if (typeof value === "string") return ldifLine(name, resolve(value));
        return ldifLine(name, sidAttributes.includes(name) ? sidText(value) : value);
      });
      if (values.some((value) => typeof value === "string" && pending.has(value.toLowerCase()))) {
        deferred.push([ldifLine("dn", entry.dn), "changetype: modify", `add: ${name}`, ...written, "-"].join("\n"));
      } else lines.push(...written);
    }
    records.push([...lines, ...passwordLines(forest, entry)].join("\n"));
  }
  return `${[...records, ...deferred].join("\n\n")}\n`;
}
