import { edge, lyncPools } from "../../src/lab/deployment/hosts.ts";
import { configuration, dns, dnsRemoved } from "../../src/lab/deployment/planting.ts";
import { allContacts } from "./lab-contacts.ts";
import { mutation, withSetup, type Mutation } from "./mutation.ts";
import { fails, turns, warns } from "./outcome-changes.ts";

const domain = "contoso.test";
const newest = lyncPools.map(({ fqdn }) => configuration("CsTopology", fqdn, { ServiceVersion: 8 }));

/** Names that clients, phones and people outside look up. */
export const signInTable: readonly Mutation[] = [
  mutation("fallback-gone-outside", "Clients outside find no fallback", [dnsRemoved("outside", "A", `sip.${domain}`)], warns("dns/sign-in-fallback", domain)),
  mutation("discover-missing", "lyncdiscoverinternal is missing inside", [dnsRemoved("inside", "A", `lyncdiscoverinternal.${domain}`)], warns("dns/discovery", domain)),
  mutation("discover-leaks", "lyncdiscoverinternal resolves outside", [dns("outside", "A", `lyncdiscoverinternal.${domain}`, "127.0.10.21")], warns("dns/discovery", domain)),
  mutation("discover-inside", "lyncdiscover resolves inside", [dns("inside", "A", `lyncdiscover.${domain}`, "127.0.30.64")], warns("dns/discovery", domain)),
  mutation("meet-missing", "Meetings cannot be reached outside", [dnsRemoved("outside", "A", `meet.${domain}`)], warns("dns/simple-urls", `Global Meet ${domain}`)),
  mutation("admin-missing", "The control panel cannot be reached", [dnsRemoved("inside", "A", `admin.${domain}`)], warns("dns/simple-urls", "Global Cscp *")),
  mutation("conferencing-missing", "Web conferencing does not resolve outside", [dnsRemoved("outside", "A", edge.webConferencing.fqdn)], fails("dns/edge-names-resolve", edge.internal.fqdn)),
  withSetup({ phoneEdition: true }, mutation(
    "phones-without-time",
    "Phones find no time",
    [dnsRemoved("inside", "SRV", `_ntp._udp.${domain}`)],
    turns("none", "warn", "dns/phones", domain),
  )),
  mutation(
    "xmpp-beside-2019",
    "An XMPP record is left beside Skype for Business Server 2019",
    [...newest, dns("outside", "SRV", `_xmpp-server._tcp.${domain}`, `${edge.access.fqdn} 5269 0 100`)],
    fails("contact/not-on-2019", ...allContacts),
    turns("not-applicable", "warn", "dns/no-xmpp", domain),
    turns("pass", "not-applicable", "certificate/lync-key-provider", "lync-keys-in-legacy-provider"),
  ),
];
