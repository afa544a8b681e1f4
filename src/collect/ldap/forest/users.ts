import { known, unknown, type Observation } from "../../../model/observation.ts";
import type { Subject } from "../../../model/subject.ts";
import type { CollectContext } from "../../../model/collector.ts";
import type { DirectoryClient, Entry } from "../client-contract.ts";
import { decodeProxyAddress } from "../decode-addresses.ts";
import { dnKey, rdnValue } from "../decode-dn.ts";
import { decodeGeneralizedTime } from "../decode-time.ts";
import type { Links } from "./links.ts";
import { booleanOf, converted, failureOf, flagOf, integerOf, readEntryOf, textOf, textsOf, type ReadEntry } from "./observe-entry.ts";
import { userRights } from "./user-rights.ts";
import type { ForestSession } from "./session.ts";

const filter = "(&(objectCategory=person)(objectClass=user)(|(msExchUMEnabledFlags:1.2.840.113556.1.4.803:=1)(msExchUMRecipientDialPlanLink=*)(msRTCSIP-PrimaryUserAddress=*)(msExchUCVoiceMailSettings=*)))";
const attributes = ["objectClass", "sAMAccountName", "displayName", "userAccountControl", "msExchUMEnabledFlags", "msExchUMRecipientDialPlanLink", "msExchUMTemplateLink", "proxyAddresses", "msRTCSIP-PrimaryUserAddress", "msRTCSIP-UserEnabled", "msRTCSIP-OptionFlags", "msRTCSIP-Line", "msRTCSIP-PrimaryHomeServer", "msExchUCVoiceMailSettings", "whenChanged"];
const disabledFlag = 0x2;
/** msExchUMEnabledFlags where it is not set: 830, the UM bit off (directory.md, 3.1). */
const umFlagsDefault = 830;

function eumAddresses(proxies: Observation<readonly string[]>, primary: boolean): Observation<readonly string[]> {
  if (proxies.state !== "known") return proxies;
  const items = proxies.value.flatMap((item) => decodeProxyAddress(item) ?? []);
  return known(items.filter((item) => item.type === "eum" && item.primary === primary).map((item) => item.address), proxies.source);
}

function sipProxies(proxies: Observation<readonly string[]>): Observation<readonly string[]> {
  return proxies.state === "known" ? known(proxies.value.filter((item) => item.toLowerCase().startsWith("sip:")).map((item) => item.toLowerCase()), proxies.source) : proxies;
}

function link(read: ReadEntry, name: string, links: Links): Observation<string> {
  const dn = textOf(read, name);
  return dn.state === "known" ? known(links.idAt(dn.value), dn.source) : dn;
}

function userOf(session: ForestSession, links: Links, entry: Entry): Subject {
  const { forest, source } = session;
  const read = readEntryOf(entry, source, ["objectClass", "userAccountControl"]);
  const displayed = textOf(read, "displayName");
  const sam = textOf(read, "sAMAccountName");
  const name = displayed.state === "known" ? displayed.value : sam.state === "known" ? sam.value : rdnValue(entry.dn);
  const proxies = textsOf(read, "proxyAddresses");
  const disabled = flagOf(read, "userAccountControl", disabledFlag);
  return {
    kind: "user",
    id: entry.guid ?? dnKey(entry.dn),
    name,
    facts: {
      forest: known(forest.name, source),
      name: known(name, source),
      dn: known(entry.dn, source),
      enabledAccount: disabled.state === "known" ? known(!disabled.value, source) : disabled,
      umEnabled: flagOf(read, "msExchUMEnabledFlags", 0x1, umFlagsDefault),
      umDialPlan: link(read, "msExchUMRecipientDialPlanLink", links),
      umMailboxPolicy: link(read, "msExchUMTemplateLink", links),
      eumPrimary: eumAddresses(proxies, true),
      eumSecondary: eumAddresses(proxies, false),
      sipProxies: sipProxies(proxies),
      sipAddress: textOf(read, "msRTCSIP-PrimaryUserAddress"),
      lyncEnabled: booleanOf(read, "msRTCSIP-UserEnabled", false),
      optionFlags: integerOf(read, "msRTCSIP-OptionFlags", 0),
      lineUri: textOf(read, "msRTCSIP-Line"),
      homeServer: textOf(read, "msRTCSIP-PrimaryHomeServer"),
      voiceMailSettings: textsOf(read, "msExchUCVoiceMailSettings"),
      changedAt: converted(textOf(read, "whenChanged"), read, "whenChanged", (value) => {
        const epochMs = decodeGeneralizedTime(value);
        return epochMs === undefined ? undefined : new Date(epochMs).toISOString();
      }),
    },
  };
}

/**
 * Streams the UM- and voice-enabled users of one domain, page by page; the next page is on its way while one is decoded.
 * @returns how many there were, known only if all were read and the account could have seen them
 */
export async function readUsers(session: ForestSession, client: DirectoryClient, domainDn: string, links: Links, context: CollectContext): Promise<Observation<number>> {
  const rights = await userRights(session, client, domainDn);
  const pages = client.search({ base: domainDn, scope: "sub", filter, attributes, extendedDn: true });
  let count = 0;
  for (;;) {
    const page = await pages.next();
    if (page.done === true) {
      if (!page.value.complete) return failureOf(page.value.failure, session.source);
      return rights.state === "known" ? known(count, session.source) : rights;
    }
    const foreign = page.value.references.find((url) => !/\/(?:cn=configuration|dc=domaindnszones|dc=forestdnszones)/i.test(url));
    for (const entry of page.value.entries) await context.observer.stream(userOf(session, links, entry));
    count += page.value.entries.length;
    context.progress(`${session.forest.name}: ${count} users`);
    if (foreign !== undefined && !foreign.toLowerCase().includes(",dc=")) return unknown("unsupported", `a part of ${domainDn} is held by another server: ${foreign}`, session.source);
  }
}
