import { describe, expect, it } from "vitest";
import type { RecordValue } from "../../../src/model/kinds.ts";
import { loadClientIdentity } from "../../../src/collect/tls/client-identity.ts";
import { make, makePki } from "./certificates.ts";
import { collect, host, identityOf, requestFor, trusting } from "./probing.ts";
import { answerSip, startTls } from "./servers.ts";

const pki = await makePki();
const chain = pki.server.cert + pki.issuing.cert;

function sent(value: unknown): readonly string[] {
  return (value as readonly RecordValue<"Certificate">[]).map(({ der }) => der);
}

describe("a TLS endpoint", () => {
  it.each(["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const)("is described over %s", async (maxVersion) => {
    const port = await startTls({ cert: chain, key: pki.server.key, maxVersion, requestCert: true, ca: pki.root.cert }, answerSip);
    const { short, targets, facts } = await collect(requestFor(port, { identity: identityOf(pki.client, pki.issuing), ...trusting(pki.root) }));
    expect(short).toMatchObject({
      host,
      port: 5061,
      reachable: true,
      speaksTls: true,
      protocol: maxVersion,
      clientCertificateRequested: true,
      clientCertificateAccepted: true,
      opensslVerdict: "ok",
      sipStatus: 200,
      sipProduct: "RTCC/5.0.0.0 MSExchangeUM/15.01.2507.6",
      knownAs: [host],
      server: "absent",
      assignedThumbprint: "absent",
    });
    expect(short["cipher"]).toMatch(/^TLS_/u);
    expect(sent(short["chain"])).toEqual([pki.server, pki.issuing].map(({ der }) => der.toString("base64")));
    expect(short["certificate"]).toMatchObject({ commonName: host, dnsNames: [host], issuer: "CN=Test Issuing", keyType: "EC", keyBits: 256, signatureHash: "sha256", thumbprint: pki.server.x509.fingerprint.replaceAll(":", "") });
    expect(facts["sipStatus"]).toMatchObject({ source: `SIP ${host}:5061 (127.0.0.1:${port})` });
    expect(targets).toEqual([{ kind: "endpoints", name: "1 endpoint", status: "read", problems: [] }]);
  });

  it("is described with RSA", async () => {
    const rsa = await makePki("rsa");
    const port = await startTls({ cert: rsa.server.cert + rsa.issuing.cert, key: rsa.server.key, requestCert: true, ca: rsa.root.cert }, answerSip);
    const { short } = await collect(requestFor(port, { identity: identityOf(rsa.client, rsa.issuing), ...trusting(rsa.root) }));
    expect(short).toMatchObject({ protocol: "TLSv1.3", opensslVerdict: "ok", clientCertificateAccepted: true, certificate: { keyType: "RSA", keyBits: 2048, signatureAlgorithm: "sha256WithRSAEncryption" } });
  });

  it("is asked for by its name, also where it is reached elsewhere", async () => {
    let name: string | false | null = null;
    const port = await startTls({ cert: chain, key: pki.server.key }, (socket) => {
      name = socket.servername;
      answerSip(socket);
    });
    await collect(requestFor(port));
    expect(name).toBe(host);
  });

  it("with a weak client certificate is still spoken to", async () => {
    const weak = await make({ name: "old.contoso.test", type: "rsa", hash: "SHA-1", bits: 1024 });
    const port = await startTls({ cert: chain, key: pki.server.key, requestCert: true, rejectUnauthorized: false, maxVersion: "TLSv1.2" }, answerSip);
    const identity = await loadClientIdentity({ certificate: weak.cert, key: weak.key }, "client certificate");
    const { short } = await collect(requestFor(port, { identity }));
    expect(short).toMatchObject({ clientCertificateRequested: true, clientCertificateAccepted: true, sipStatus: 200 });
  });
});

describe("old gear", () => {
  it("with a weak key and digest is described", async () => {
    const weak = await make({ name: host, type: "rsa", hash: "SHA-1", bits: 1024 });
    const port = await startTls({ cert: weak.cert, key: weak.key, maxVersion: "TLSv1", ciphers: "AES128-SHA@SECLEVEL=0" }, answerSip);
    const { short } = await collect(requestFor(port, trusting(weak)));
    expect(short).toMatchObject({ protocol: "TLSv1", cipher: "TLS_RSA_WITH_AES_128_CBC_SHA", opensslVerdict: "ok", sipStatus: 200, certificate: { keyBits: 1024, signatureHash: "sha1" } });
  });
});

describe("OpenSSL's verdict", () => {
  it.each([
    ["an unknown root", [pki.otherRoot], chain, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"],
    ["a missing intermediate", [pki.root], pki.server.cert, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"],
    ["a trusted intermediate", [pki.issuing], pki.server.cert, "ok"],
    ["no anchor at all", [], chain, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"],
  ] as const)("with %s", async (_case, roots, cert, verdict) => {
    const port = await startTls({ cert, key: pki.server.key }, answerSip);
    const { short } = await collect(requestFor(port, trusting(...roots)));
    expect(short["opensslVerdict"]).toBe(verdict);
  });

  it("takes a root of any length: PEM with an empty line before its end is no certificate to OpenSSL", async () => {
    // Base64 of a multiple of 48 bytes fills its last line of 64 characters. An RSA certificate is as long as its name makes it.
    let root = await make({ name: "R", ca: true, type: "rsa" });
    for (let letters = 2; root.der.length % 48 !== 0 && letters < 60; letters += 1) root = await make({ name: "R".repeat(letters), ca: true, type: "rsa" });
    expect(root.der.length % 48).toBe(0);
    const server = await make({ name: host, issuer: root, type: "rsa" });
    const port = await startTls({ cert: server.cert, key: server.key }, answerSip);
    expect((await collect(requestFor(port, trusting(root)))).short["opensslVerdict"]).toBe("ok");
  });

  it("is by the anchors of the other side, and unknown without them", async () => {
    const port = await startTls({ cert: chain, key: pki.server.key }, answerSip);
    const { anchors } = trusting(pki.root);
    const other = { state: "unknown", reason: "not-collected", detail: "none" } as const;
    expect((await collect(requestFor(port, { anchors: { lync: anchors.lync, exchange: other, public: other } }))).short["opensslVerdict"]).toBe("ok");
    expect((await collect(requestFor(port, { anchors: { lync: other, exchange: anchors.exchange, public: other } }))).short["opensslVerdict"]).toBe("?not-collected");
  });

  it("says nothing about names", async () => {
    const stranger = await make({ name: "stranger.test", issuer: pki.issuing });
    const port = await startTls({ cert: stranger.cert + pki.issuing.cert, key: stranger.key }, answerSip);
    expect((await collect(requestFor(port, trusting(pki.root)))).short["opensslVerdict"]).toBe("ok");
  });
});

describe("mutual TLS", () => {
  it.each(["TLSv1", "TLSv1.2", "TLSv1.3"] as const)("that is not asked for over %s", async (maxVersion) => {
    const port = await startTls({ cert: chain, key: pki.server.key, maxVersion }, answerSip);
    const { short, facts } = await collect(requestFor(port, { identity: identityOf(pki.client) }));
    expect(short).toMatchObject({ clientCertificateRequested: false, clientCertificateAccepted: "?not-collected", sipStatus: 200 });
    expect(facts["clientCertificateAccepted"]).toMatchObject({ detail: "the server did not ask for a client certificate" });
  });

  it.each(["TLSv1", "TLSv1.2", "TLSv1.3"] as const)("that is merely asked for over %s, without a certificate of ours", async (maxVersion) => {
    const port = await startTls({ cert: chain, key: pki.server.key, maxVersion, requestCert: true, rejectUnauthorized: false }, answerSip);
    const { short } = await collect(requestFor(port));
    expect(short).toMatchObject({ clientCertificateRequested: true, clientCertificateAccepted: "?not-collected", sipStatus: 200 });
  });

  it("that ends without a word right after the handshake is unknown", async () => {
    const port = await startTls({ cert: chain, key: pki.server.key, requestCert: true, rejectUnauthorized: false }, (socket) => socket.destroy());
    const { short, targets } = await collect(requestFor(port, { identity: identityOf(pki.client) }));
    expect(short).toMatchObject({ speaksTls: true, protocol: "TLSv1.3", clientCertificateRequested: true, clientCertificateAccepted: "?unreachable", sipStatus: "?unreachable", sipProduct: "?unreachable" });
    expect(targets[0]).toMatchObject({ status: "partly-read" });
  });

  it("that goes on in silence was accepted, but SIP is unknown", async () => {
    const port = await startTls({ cert: chain, key: pki.server.key, requestCert: true, rejectUnauthorized: false }, (socket) => socket.resume());
    const { short } = await collect(requestFor(port, { identity: identityOf(pki.client), limits: { connectTimeoutMs: 1_000, operationTimeoutMs: 400, targetTimeoutMs: 5_000, parallelEndpoints: 1 } }));
    expect(short).toMatchObject({ clientCertificateRequested: true, clientCertificateAccepted: true, sipStatus: "?timeout" });
  });
});
