import { lyncPools } from "../../src/lab/deployment/hosts.ts";
import { poolDn } from "../../src/lab/deployment/lync-topology.ts";
import { configuration, dns, dnsRemoved, inLync } from "../../src/lab/deployment/planting.ts";
import { unreached } from "./unseen-endpoints.ts";
import { alsoInRealLab, mutation, withSetup, type Mutation } from "./mutation.ts";
import { fails, manyUsers, nothingLeft, turns, warns } from "./outcome-changes.ts";

const domain = "contoso.test";
const signIn = `_sipinternaltls._tcp.${domain}`;
const external = `_sip._tls.${domain}`;
const federation = `_sipfederationtls._tcp.${domain}`;
const access = `access.${domain}`;
const poolCalled = (fqdn: string, called: string) => lyncPools.filter((pool) => pool.fqdn === fqdn).map((pool) => inLync(poolDn(pool), "dNSHostName", called));

/** Names, SRV records, and DNS servers that differ. */
export const dnsTable: readonly Mutation[] = [
  mutation(
    "signin-srv-missing",
    "There is no sign-in record",
    [dnsRemoved("inside", "SRV", signIn)],
    turns("pass", "not-applicable", "certificate/lync-sign-in-names", "lyncfe1.contoso.test:5061", "lyncfe2.contoso.test:5061"),
    fails("dns/internal-srv", "contoso.test"),
    turns("pass", "not-applicable", "dns/srv-targets-resolve", "contoso.test"),
    turns("pass", "not-applicable", "dns/strict-naming", "contoso.test"),
  ),
  mutation("signin-srv-port", "The sign-in record names another port", [dns("inside", "SRV", signIn, `sip.${domain} 5060 0 100`)], fails("dns/internal-srv", "contoso.test")),
  mutation(
    "signin-srv-dead",
    "The sign-in record leads to a name without address",
    [dns("inside", "SRV", signIn, `oldpool.${domain} 5061 0 100`)],
    turns("pass", "not-applicable", "certificate/lync-sign-in-names", "lyncfe1.contoso.test:5061", "lyncfe2.contoso.test:5061"),
    fails("dns/srv-targets-resolve", "contoso.test"),
  ),
  mutation(
    "signin-srv-alias",
    "The sign-in record leads to an alias",
    [dns("inside", "SRV", signIn, `signin.${domain} 5061 0 100`), dns("inside", "CNAME", `signin.${domain}`, `lyncpool.${domain}`)],
    warns("certificate/lync-sign-in-names", "lyncfe1.contoso.test:5061", "lyncfe2.contoso.test:5061"),
    fails("dns/srv-targets-resolve", "contoso.test"),
  ),
  mutation("signin-srv-to-pool", "The sign-in record leads to the pool itself", [dns("inside", "SRV", signIn, `lyncpool.${domain} 5061 0 100`)]),
  mutation(
    "signin-srv-below",
    "The sign-in record leads to a name below the SIP domain",
    [dns("inside", "SRV", signIn, `pool.hq.${domain} 5061 0 100`), dns("inside", "A", `pool.hq.${domain}`, "127.0.10.21", "127.0.10.22")],
    warns("certificate/lync-sign-in-names", "lyncfe1.contoso.test:5061", "lyncfe2.contoso.test:5061"),
    fails("dns/strict-naming", "contoso.test"),
  ),
  mutation("external-srv-missing", "There is no record for clients outside", [dnsRemoved("outside", "SRV", external)], fails("dns/external-srv", "contoso.test")),
  mutation("external-srv-port", "The record for clients outside names another port", [dns("outside", "SRV", external, `${access} 5061 0 100`)], fails("dns/external-srv", "contoso.test")),
  mutation(
    "external-srv-foreign",
    "The record for clients outside leads to another domain",
    [dns("outside", "SRV", external, "access.fabrikam.test 443 0 100"), dns("outside", "A", "access.fabrikam.test", "127.0.30.61")],
    fails("dns/external-srv", "contoso.test"),
  ),
  mutation(
    "external-srv-dead",
    "The record for clients outside leads to a name without address",
    [dns("outside", "SRV", external, `edge.${domain} 443 0 100`)],
    fails("dns/external-srv", "contoso.test"),
  ),
  mutation(
    "external-srv-alias",
    "The record for clients outside leads to an alias",
    [dns("outside", "SRV", external, `edge.${domain} 443 0 100`), dns("outside", "CNAME", `edge.${domain}`, access)],
    fails("dns/external-srv", "contoso.test"),
  ),
  mutation("federation-srv-missing", "There is no federation record", [dnsRemoved("outside", "SRV", federation)], fails("dns/federation-srv", "contoso.test")),
  mutation("federation-srv-port", "The federation record names another port", [dns("outside", "SRV", federation, `${access} 443 0 100`)], fails("dns/federation-srv", "contoso.test")),
  mutation(
    "federation-srv-foreign",
    "The federation record leads to another domain",
    [dns("outside", "SRV", federation, "access.fabrikam.test 5061 0 100"), dns("outside", "A", "access.fabrikam.test", "127.0.30.61")],
    fails("dns/federation-srv", "contoso.test"),
  ),
  mutation(
    "federation-srv-dead",
    "The federation record leads to a name without address",
    [dns("outside", "SRV", federation, `edge.${domain} 5061 0 100`)],
    fails("dns/federation-srv", "contoso.test"),
  ),
  mutation(
    "federation-srv-alias",
    "The federation record leads to an alias",
    [dns("outside", "SRV", federation, `edge.${domain} 5061 0 100`), dns("outside", "CNAME", `edge.${domain}`, access)],
    fails("dns/federation-srv", "contoso.test"),
  ),
  mutation(
    "federation-srv-elsewhere",
    "The federation record leads to a host that is no Edge",
    [dns("outside", "SRV", federation, `lyncdiscover.${domain} 5061 0 100`)],
    fails("dns/federation-srv", "contoso.test"),
  ),
  mutation("federation-srv-other-name", "The federation record names the Edge otherwise", [dns("outside", "SRV", federation, `sip.${domain} 5061 0 100`)]),
  mutation(
    "access-edge-dead",
    "The Access Edge has no address outside",
    [dnsRemoved("outside", "A", access)],
    fails("dns/access-edge-resolves", "edgeint.contoso.test"),
    fails("dns/external-srv", "contoso.test"),
    fails("dns/federation-srv", "contoso.test"),
  ),
  mutation(
    "access-edge-alias",
    "The Access Edge is an alias",
    [dnsRemoved("outside", "A", access), dns("outside", "CNAME", access, `sip.${domain}`)],
    fails("dns/access-edge-resolves", "edgeint.contoso.test"),
    fails("dns/external-srv", "contoso.test"),
    fails("dns/federation-srv", "contoso.test"),
  ),
  mutation(
    "pool-dead",
    "The name of the Enterprise pool does not resolve",
    [dnsRemoved("inside", "A", "lyncpool.contoso.test")],
    turns("pass", "not-applicable", "certificate/lync-sign-in-names", "lyncfe1.contoso.test:5061", "lyncfe2.contoso.test:5061"),
    fails("dns/pools-resolve", "lyncpool.contoso.test"),
    fails("gateway/resolves", "1:1"),
  ),
  mutation(
    "pool-odd-name",
    "A pool has a name with an underscore",
    [...poolCalled("sba1.contoso.test", "sba_1.contoso.test"), dns("inside", "A", "sba_1.contoso.test", "127.0.10.41")],
    fails("certificate/lync-names", "sba1.contoso.test:5061"),
    turns("none", "not-applicable", "certificate/gateway-secured", "2:1"),
    warns("dns/host-name-characters", "sba_1.contoso.test"),
    warns("gateway/belongs-to-pool", "2:1"),
    warns("gateway/one-per-pool", "sba_1.contoso.test"),
    turns("none", "unknown", "user/voice-policy", manyUsers),
    nothingLeft("gateway/branch-pool-is-quiet"),
  ),
  alsoInRealLab(
    { expect: [...unreached("ex2.fabrikam.test", { tls: [5061, 5063], tcp: [5060, 5062] }), ...turns("pass", "unknown", "endpoint/redirects-to-known-servers", "ex2.fabrikam.test:5060", "ex2.fabrikam.test:5061"), ...["revocation", "revocation-list"].flatMap((rule) => turns("none", "unknown", `certificate/${rule}`, "the deployment"))], unseen: ["ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063"] },
    mutation("um-server-dead", "EX2 does not resolve", [dnsRemoved("inside", "A", "ex2.fabrikam.test")], fails("dns/um-servers-resolve", "EX2")),
  ),
  mutation("um-server-no-reverse", "The address of EX2 has no reverse record", [dnsRemoved("inside", "PTR", "22.20.0.127.in-addr.arpa")], warns("dns/um-servers-reverse", "EX2")),
  mutation(
    "um-server-other-reverse",
    "The address of EX2 leads back to another name",
    [dns("inside", "PTR", "22.20.0.127.in-addr.arpa", "old.fabrikam.test")],
    warns("dns/um-servers-reverse", "EX2"),
  ),
  mutation(
    "gateway-dead",
    "The gateway's name has an address outside only",
    [dnsRemoved("inside", "A", "pbxgw.fabrikam.test"), dns("outside", "A", "pbxgw.fabrikam.test", "127.0.20.31")],
    fails("gateway/resolves", "LegacyPBX Gateway"),
  ),
  withSetup({ secondResolver: { view: "inside", changes: [] } }, mutation("resolvers-agree", "A second DNS server inside says the same", [])),
  withSetup({ secondResolver: { view: "inside", changes: [dns("inside", "A", "ex2.fabrikam.test", "127.0.20.99")] } }, mutation(
    "resolvers-differ-um",
    "A second DNS server inside has an old address of EX2",
    [],
    warns("dns/um-server-answers-agree", "EX2"),
  )),
  withSetup({ secondResolver: { view: "inside", changes: [dns("inside", "A", "lyncse1.contoso.test", "127.0.10.99")] } }, mutation(
    "resolvers-differ-pool",
    "A second DNS server inside has an old address of a pool",
    [],
    warns("dns/pool-answers-agree", "lyncse1.contoso.test"),
  )),
  withSetup({ secondResolver: { view: "inside", changes: [dnsRemoved("inside", "SRV", signIn)] } }, mutation(
    "resolvers-differ-srv",
    "A second DNS server inside lacks the sign-in record",
    [],
    warns("dns/srv-answers-agree", "contoso.test"),
  )),
  withSetup({ secondResolver: { view: "outside", changes: [dnsRemoved("outside", "SRV", federation)] } }, mutation(
    "resolvers-differ-outside",
    "A second DNS server outside lacks the federation record",
    [],
    warns("dns/outside-srv-answers-agree", "contoso.test"),
  )),
  withSetup({ secondExport: [] }, mutation(
    "exports-agree",
    "Two files of the Lync configuration say the same",
    [],
    turns("not-applicable", "pass", "configuration/inputs-agree", "Lync configuration"),
  )),
  withSetup({ secondExport: [configuration("CsMediaConfiguration", "Global", { EncryptionLevel: "SupportEncryption" })] }, mutation(
    "exports-differ",
    "Two files of the Lync configuration differ",
    [],
    turns("not-applicable", "warn", "configuration/inputs-agree", "Lync configuration"),
  )),
  withSetup({ profile: "hosted" }, mutation(
    "hosted-inside-missing",
    "The inside view lacks the federation record",
    [dnsRemoved("inside", "SRV", federation)],
    fails("dns/hosted-srv-inside", "contoso.test"),
  )),
  withSetup({ profile: "hosted" }, mutation(
    "hosted-inside-dead",
    "The records inside lead to a name without address",
    [dns("inside", "SRV", federation, `edge.${domain} 5061 0 100`)],
    fails("dns/hosted-srv-inside", "contoso.test"),
  )),
  withSetup({ profile: "hosted" }, mutation(
    "hosted-inside-elsewhere",
    "Inside, the federation record leads to the pool",
    [dns("inside", "SRV", federation, `sip.${domain} 5061 0 100`)],
    fails("dns/hosted-srv-inside", "contoso.test"),
  )),
];
