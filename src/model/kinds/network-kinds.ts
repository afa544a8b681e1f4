import { bool, factsFrom, int, list, oneOf, record, ref, text, timestamp, type Kind } from "../fact-type.ts";

const dns = factsFrom("dns");
const tls = factsFrom("tls");
const sip = factsFrom("sip");
const fetched = factsFrom("revocation");
const configured = factsFrom("configuration");
const derived = factsFrom("derived");

/** What DNS views say. Subjects of these kinds are looked up by derived references; one that was never asked for is unknown. */
export const dnsKinds = {
  dnsName: {
    title: "Host name",
    lookup: true,
    listedBy: [],
    facts: {
      view: dns.fact(oneOf("inside", "outside"), "DNS view"),
      name: dns.fact(text, "FQDN, lower case"),
      addresses: dns.fact(list(text), "A and AAAA addresses, through aliases; empty: the name has none"),
      aliases: dns.fact(list(text), "CNAME targets in order; empty: no alias"),
      reverseNames: dns.fact(list(record("ReverseName")), "PTR names of each address"),
      disagreeing: dns.fact(list(text), "Servers of the view that answer otherwise than the first"),
    },
  },
  srvRecordSet: {
    title: "SRV record",
    lookup: true,
    listedBy: [],
    facts: {
      view: dns.fact(oneOf("inside", "outside"), "DNS view"),
      name: dns.fact(text, "Owner name, lower case"),
      targets: dns.fact(list(record("SrvTarget")), "Targets; empty: no such record"),
      targetNames: dns.fact(list(ref("dnsName")), "The targets as host names of the same view"),
      disagreeing: dns.fact(list(text), "Servers of the view that answer otherwise than the first"),
    },
  },
  sipDomain: {
    title: "SIP domain",
    listedBy: [{ kind: "lyncConfiguration", fact: "sipDomains" }],
    facts: {
      name: derived.fact(text, "SIP domain, lower case"),
      isDefault: derived.optional(bool, "The default SIP domain"),
      statedBy: derived.fact(list(text), "Where it was read"),
      internalTls: derived.fact(ref("srvRecordSet"), "_sipinternaltls._tcp, inside"),
      externalTls: derived.fact(ref("srvRecordSet"), "_sip._tls, outside"),
      federation: derived.fact(ref("srvRecordSet"), "_sipfederationtls._tcp, outside"),
      externalTlsInside: derived.fact(ref("srvRecordSet"), "_sip._tls, inside"),
      federationInside: derived.fact(ref("srvRecordSet"), "_sipfederationtls._tcp, inside"),
      signInInside: derived.fact(list(ref("dnsName")), "The sign-in fallbacks sipinternal and sip, inside"),
      signInOutside: derived.fact(list(ref("dnsName")), "The sign-in fallbacks sip and sipexternal, outside"),
      discoverInternalInside: derived.fact(ref("dnsName"), "lyncdiscoverinternal, inside"),
      discoverInternalOutside: derived.fact(ref("dnsName"), "lyncdiscoverinternal, outside"),
      discoverInside: derived.fact(ref("dnsName"), "lyncdiscover, inside"),
      discoverOutside: derived.fact(ref("dnsName"), "lyncdiscover, outside"),
      phoneUpdates: derived.fact(ref("dnsName"), "ucupdates-r2, inside"),
      phoneTime: derived.fact(ref("srvRecordSet"), "_ntp._udp, inside"),
      xmpp: derived.fact(ref("srvRecordSet"), "_xmpp-server._tcp, outside"),
    },
  },
} as const satisfies Record<string, Kind>;

/** Endpoints that were probed over TCP, TLS and SIP. */
export const endpointKinds = {
  endpoint: {
    title: "Endpoint",
    listedBy: [{ kind: "deployment", fact: "endpoints" }],
    facts: {
      host: configured.fact(text, "FQDN it is known by, lower case"),
      port: configured.fact(int, "Port"),
      side: configured.fact(oneOf("exchange", "lync", "edge-internal", "edge-external", "gateway"), "Whose endpoint it is"),
      role: configured.fact(oneOf("um-service", "um-call-router", "registrar", "mediation", "edge-internal", "access-edge", "gateway", "other"), "What should answer there"),
      transport: configured.fact(oneOf("tls", "tcp"), "Whether TLS is expected"),
      knownAs: configured.fact(list(text), "Names by which the other side knows it: pool FQDN, server FQDN, SRV target; lower case"),
      server: configured.optional(ref("exchangeServer"), "The Exchange server"),
      pool: configured.optional(ref("lyncPool"), "The Lync pool"),
      assignedThumbprint: configured.optional(text, "Thumbprint that the directory assigns to the service"),
      reachable: tls.fact(bool, "A TCP connection was made (false: it was refused)"),
      speaksTls: tls.fact(bool, "A TLS handshake was made"),
      protocol: tls.fact(text, "TLS version, such as TLSv1.2"),
      cipher: tls.fact(text, "Cipher suite"),
      certificate: tls.fact(record("Certificate"), "The leaf certificate"),
      chain: tls.fact(list(record("Certificate")), "All certificates as sent, in wire order, leaf first"),
      clientCertificateRequested: tls.fact(bool, "The server asked for a client certificate"),
      clientCertificateAccepted: tls.fact(bool, "The server went on after ours"),
      opensslVerdict: tls.fact(text, "OpenSSL's verdict on the chain against the other side's anchors: ok, or its error code"),
      fetchedIssuers: fetched.fact(list(record("FetchedCertificate")), "Issuers that were not sent and are no anchor, fetched where the certificates say (AIA)"),
      sipStatus: sip.fact(int, "Final status of an OPTIONS request"),
      sipProduct: sip.optional(text, "Server or User-Agent of the answer"),
      sipRedirectTargets: sip.optional(list(text), "SIP URIs to which a 3xx answer sends the caller; absent: it sends nobody on"),
      serverPath: derived.fact(record("PathVerdict"), "The chain as server certificate, judged by the other side's anchors"),
      clientPath: derived.fact(record("PathVerdict"), "The chain as client certificate, judged by the other side's anchors"),
      serverPathWithFetched: derived.fact(record("PathVerdict"), "The same as server certificate, with the issuers that could be fetched, as Windows does"),
      opensslAgrees: derived.optional(bool, "OpenSSL and we come to the same verdict on the chain; absent where they cannot be compared"),
    },
  },
  certificateStatus: {
    title: "Revocation status of a certificate",
    listedBy: [{ kind: "deployment", fact: "certificateStatuses" }],
    facts: {
      subjectDn: fetched.fact(text, "Subject DN"),
      issuerDn: fetched.fact(text, "Issuer DN"),
      presentedBy: fetched.fact(list(ref("endpoint")), "Endpoints that sent it"),
      isLeaf: fetched.fact(bool, "Sent as a server's own certificate (false: as one above it)"),
      status: fetched.fact(
        oneOf("good", "revoked", "stale", "unusable", "inside-only", "no-source", "self-signed"),
        "Revocation status when it was collected: stale: only data past their date; unusable: only data that prove nothing; inside-only: to be had by LDAP in its own forest alone; no-source: it names neither list nor responder",
      ),
      reason: fetched.fact(text, "What decided it"),
      checkedBy: fetched.fact(list(record("RevocationCheck")), "Each list and responder that was asked, in order"),
      listReachable: fetched.optional(bool, "A list could be fetched for each of its distribution points (false: a server says that there is none); absent: it names none"),
      listNextUpdate: fetched.optional(timestamp, "When the first of its lists is past its date; absent: none, or it says no date"),
      revokedAt: fetched.optional(timestamp, "When it was revoked; absent: it is not known as revoked"),
    },
  },
  trustAnchorSet: {
    title: "Trust anchors",
    listedBy: [],
    facts: {
      side: configured.fact(oneOf("lync", "exchange", "public"), "Whose trusted roots; public: what partners and hosted services trust"),
      certificates: configured.fact(list(record("Certificate")), "The trusted root certificates, as configured; of the public ones those that could judge a chain"),
    },
  },
} as const satisfies Record<string, Kind>;
