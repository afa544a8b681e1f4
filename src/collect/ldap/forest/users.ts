import { known, unknown, type Observation } from "../../../model/observation.ts";
import type { Subject } from "../../../model/subject.ts";
import type { CollectContext } from "../../../model/collector.ts";
import { decodeProxyAddress } from "../decode-addresses.ts";
import { dnKey, rdnValue } from "../decode-dn.ts";
import { parseExtendedDn } from "../decode-extended-dn.ts";
import { guidToText } from "../decode-guid.ts";
import { sidToText } from "../decode-sid.ts";
import type { Links } from "./links.ts";
import { userClass, userDetailClass } from "./judged-classes.ts";
import { booleanOf, bytesOf, changedAt, changeTime, converted, failureOf, flagOf, integerOf, required, textOf, textsOf, type ReadEntry } from "./observe-entry.ts";
import type { Domain, ForestSession } from "./session.ts";

const filter = "(&(objectCategory=person)(objectClass=user)(|(msExchUMEnabledFlags:1.2.840.113556.1.4.803:=1)(msExchUMRecipientDialPlanLink=*)(msRTCSIP-PrimaryUserAddress=*)(msExchUCVoiceMailSettings=*)(msExchMailboxGuid=*)))";
const attributes = ["objectClass", "objectSid", "sAMAccountName", "displayName", "userAccountControl", "msExchUMEnabledFlags", "msExchUMRecipientDialPlanLink", "msExchUMTemplateLink", "msExchUMServerWritableFlags", "msExchMailboxGuid", "msExchMasterAccountSid", "msExchHomeServerName", "proxyAddresses", "msRTCSIP-PrimaryUserAddress", "msRTCSIP-UserEnabled", "msRTCSIP-OptionFlags", "msRTCSIP-Line", "msRTCSIP-PrimaryHomeServer", "msRTCSIP-OriginatorSid", "msRTCSIP-UserPolicies", "msExchUCVoiceMailSettings", changeTime, "adminCount"];
const disabledFlag = 0x2;
/** msExchUMEnabledFlags where it is not set: 830, the UM bit off. */
const umFlagsDefault = 830;
/** msExchUMServerWritableFlags where it is not set: notices of missed calls. */
const writableFlagsDefault = 1;

function eumAddresses(proxies: Observation<readonly string[]>, primary: boolean): Observation<readonly string[]> {
  if (proxies.state !== "known") return proxies;
  const items = proxies.value.flatMap((item) => decodeProxyAddress(item) ?? []);
  return known(items.filter((item) => item.type === "eum" && item.primary === primary).map((item) => item.address), proxies.source);
}

function sipProxies(proxies: Observation<readonly string[]>): Observation<readonly string[]> {
  return proxies.state === "known" ? known(proxies.value.filter((item) => item.toLowerCase().startsWith("sip:")).map((item) => item.toLowerCase()), proxies.source) : proxies;
}

/** The plain DN of a DN-valued attribute: the mass read asks for extended DNs, which put GUID and SID before every DN. */
function dnOf(read: ReadEntry, name: string): Observation<string> {
  return converted(textOf(read, name), read, name, (value) => parseExtendedDn(value)?.dn);
}

function link(read: ReadEntry, name: string, links: Links): Observation<string> {
  const dn = dnOf(read, name);
  return dn.state === "known" ? known(links.idAt(dn.value), dn.source) : dn;
}

/** The pool of a home server, which is the service object two levels below it (`CN=Lc Services,CN=Microsoft,<pool>`). */
function poolOf(homeServer: Observation<string>, links: Links): Observation<string> {
  return homeServer.state === "known" ? known(links.idAbove(homeServer.value, 2), homeServer.source) : homeServer;
}

/** Attributes that few may read, and that little depends on. */
function detailFacts(read: ReadEntry): Record<string, Observation> {
  return {
    mailboxHome: textOf(read, "msExchHomeServerName"),
    missedCallNotices: flagOf(read, "msExchUMServerWritableFlags", 0x1, writableFlagsDefault),
    grantedPolicies: textsOf(read, "msRTCSIP-UserPolicies"),
  };
}

/** What makes an account a mailbox, and whose it is. */
function ownerFacts(read: ReadEntry): Record<string, Observation> {
  return {
    sid: required(bytesOf(read, "objectSid", sidToText), read, "objectSid"),
    masterSid: bytesOf(read, "msExchMasterAccountSid", sidToText),
    originatorSid: bytesOf(read, "msRTCSIP-OriginatorSid", sidToText),
    mailboxGuid: bytesOf(read, "msExchMailboxGuid", guidToText),
  };
}

interface UserReading {
  readonly session: ForestSession;
  readonly domain: Domain;
  readonly links: Links;
}

/** `details` is the same entry with what the silence of its details means. */
function userOf({ session, domain, links }: UserReading, read: ReadEntry, details: ReadEntry): Subject {
  const { forest } = session;
  const { entry, source } = read;
  const displayed = textOf(read, "displayName");
  const sam = textOf(read, "sAMAccountName");
  const name = displayed.state === "known" ? displayed.value : sam.state === "known" ? sam.value : rdnValue(entry.dn);
  const proxies = textsOf(read, "proxyAddresses");
  const homeServer = dnOf(read, "msRTCSIP-PrimaryHomeServer");
  const disabled = required(flagOf(read, "userAccountControl", disabledFlag), read, "userAccountControl");
  return {
    kind: "user",
    id: entry.guid === undefined ? dnKey(entry.dn) : `${domain.dns}/${entry.guid}`, // as idOf of links.ts
    name,
    facts: {
      forest: known(forest.name, source),
      name: known(name, source),
      dn: known(entry.dn, source),
      enabledAccount: disabled.state === "known" ? known(!disabled.value, source) : disabled,
      ...ownerFacts(read),
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
      homeServer,
      homePool: poolOf(homeServer, links),
      ...detailFacts(details),
      voiceMailSettings: textsOf(read, "msExchUCVoiceMailSettings"),
      changedAt: changedAt(read),
    },
  };
}

/** Whether a search result reference leads where no accounts are, or to another domain: those are all read on their own, and other partitions hold none. */
function isElsewhereAnyway(url: string): boolean {
  return /^ldaps?:\/\/[^/]*\/(?:cn=configuration,|cn=schema,|dc=)/i.test(url);
}

/** Where users go while they are read. */
export interface UserStream {
  readonly links: Links;
  readonly context: CollectContext;
  /** Told of every user. */
  readonly each: (user: Subject) => void;
}

/**
 * Streams the UM- and voice-enabled users of one domain, page by page; the next page is on its way while one is decoded.
 * @returns how many there were, known only if all were read and the account could have seen them
 */
export async function readUsers(session: ForestSession, domain: Domain, { links, context, each }: UserStream): Promise<Observation<number>> {
  const reader = await domain.reader();
  if (!reader.ok) return unknown(reader.failure.reason, `${domain.dn}: ${reader.failure.detail}`, session.source);
  const { client, source } = reader.value;
  const domainRights = await domain.rights();
  const [rights, detailRights] = [await domainRights.of(userClass), await domainRights.of(userDetailClass)];
  const pages = client.search({ base: domain.dn, scope: "sub", filter, attributes, extendedDn: true });
  let count = 0;
  let elsewhere: string | undefined;
  for (;;) {
    const page = await pages.next();
    if (page.done === true) {
      if (!page.value.complete) return failureOf(page.value.failure, source);
      if (elsewhere !== undefined) return unknown("unsupported", `a part of ${domain.dn} is held by another server: ${elsewhere}`, source);
      return rights.complete.state === "known" ? known(count, source) : rights.complete;
    }
    elsewhere ??= page.value.references.find((url) => !isElsewhereAnyway(url));
    for (const entry of page.value.entries) {
      const read = { entry, source, hiding: rights.hiding(entry), concealing: undefined };
      const user = userOf({ session, domain, links }, read, { ...read, hiding: detailRights.hiding(entry) });
      each(user);
      await context.observer.stream(user);
    }
    count += page.value.entries.length;
    context.progress(`${session.forest.name}: ${count} users`);
  }
}
