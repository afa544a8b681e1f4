import { createHash } from "node:crypto";
import type { Entry, Forest } from "../types.ts";
import { sidText } from "./identifiers.ts";

/** Relative identifiers that are the same in every domain ([MS-DTYP] section 2.4.2.4). */
const wellKnown: Readonly<Record<string, number>> = {
  administrator: 500,
  guest: 501,
  krbtgt: 502,
  "domain admins": 512,
  "domain users": 513,
  "domain guests": 514,
  "domain computers": 515,
  "domain controllers": 516,
  "cert publishers": 517,
  "schema admins": 518,
  "enterprise admins": 519,
  "group policy creator owners": 520,
};

/** First value of an attribute, whatever its case. */
export function firstValue(entry: Entry, name: string): string | Uint8Array | undefined {
  const exact = entry.attributes[name];
  if (exact !== undefined) return exact[0];
  const wanted = name.toLowerCase();
  const spelt = Object.keys(entry.attributes).find((key) => key.length === wanted.length && key.toLowerCase() === wanted);
  return spelt === undefined ? undefined : entry.attributes[spelt]?.[0];
}

/** A relative identifier made from the name, so that it does not change when other accounts come and go. */
function madeUpRid(name: string): number {
  return 1_000_000 + (createHash("sha256").update(name).digest().readUInt32BE() % 900_000_000);
}

/** SIDs of a forest's accounts by lower-case sAMAccountName. A name without an account has a SID too: that of an account which was deleted. */
export function accountSids(forest: Forest): (account: string) => string {
  const own = new Map<string, string>();
  for (const entry of forest.entries) {
    const account = firstValue(entry, "sAMAccountName");
    const sid = firstValue(entry, "objectSid");
    if (typeof account !== "string" || sid === undefined) continue;
    const text = typeof sid === "string" ? sid : sidText(sid);
    if (text !== undefined) own.set(account.toLowerCase(), text);
  }
  return (account) => {
    const name = account.toLowerCase();
    return own.get(name) ?? `${forest.domainSid}-${wellKnown[name] ?? madeUpRid(name)}`;
  };
}
