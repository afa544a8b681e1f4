import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { makePki } from "./certificates.ts";
import { collect, identityOf, requestFor, trusting } from "./probing.ts";
import { answerSip, startTcp, startTls } from "./servers.ts";

const pki = await makePki();
const rsa = await makePki("rsa");
const chain = pki.server.cert + pki.issuing.cert;
const required = { cert: rsa.server.cert + rsa.issuing.cert, key: rsa.server.key, requestCert: true, rejectUnauthorized: true } as const;
const unknownCa = 48;

/** Lets a TLS 1.2 handshake pass until the client has answered, then sends a fatal alert in its place, as a server does that refuses the client's certificate. */
function refuseAfterCertificate(serverPort: number, alert: number): Promise<number> {
  return startTcp((client) => {
    const server = connect(serverPort, "127.0.0.1");
    let flights = 0;
    client.on("data", (chunk: Buffer) => {
      flights += 1;
      if (flights === 1) server.write(chunk);
      else client.end(Buffer.from([21, 3, 3, 0, 2, 2, alert]));
    });
    server.on("data", (chunk: Buffer) => client.write(chunk));
    server.on("error", () => client.destroy());
    client.on("close", () => server.destroy());
  });
}

describe("a server that refuses certificates", () => {
  it("in TLS 1.3 is known to have refused the one it was not given", async () => {
    const port = await startTls(required, answerSip);
    const { short, facts } = await collect(requestFor(port, trusting(rsa.root)));
    expect(short).toMatchObject({ speaksTls: true, protocol: "TLSv1.3", clientCertificateRequested: true, clientCertificateAccepted: "?not-collected", opensslVerdict: "ok", sipStatus: "?denied", sipProduct: "?denied" });
    expect(facts["sipStatus"]).toMatchObject({ detail: "no SIP answer: the server sent the TLS alert certificate_required" });
  });

  it("in TLS 1.3 does so after the handshake", async () => {
    // Our EC key fits none of the signatures that the server takes, so that OpenSSL answers without a certificate.
    const port = await startTls({ ...required, sigalgs: "RSA-PSS+SHA256" }, answerSip);
    const { short } = await collect(requestFor(port, { identity: identityOf(pki.client) }));
    expect(short).toMatchObject({ protocol: "TLSv1.3", clientCertificateRequested: true, clientCertificateAccepted: false, sipStatus: "?denied" });
  });

  it("in TLS 1.2 is described by what it said before", async () => {
    const port = await startTls({ ...required, maxVersion: "TLSv1.2" }, answerSip);
    const { short, targets } = await collect(requestFor(port, trusting(rsa.root)));
    expect(short).toMatchObject({ reachable: true, speaksTls: true, protocol: "TLSv1.2", cipher: "?denied", clientCertificateRequested: true, clientCertificateAccepted: "?not-collected", opensslVerdict: "?denied", sipStatus: "?denied" });
    expect(short["chain"]).toMatchObject([{ commonName: "um1.fabrikam.test" }, { commonName: "Test Issuing" }]);
    expect(targets[0]?.problems).toEqual(["um1.fabrikam.test:5061: no TLS handshake: the server sent the TLS alert handshake_failure"]);
  });

  it("in TLS 1.2 for its issuer", async () => {
    const upstream = await startTls({ cert: chain, key: pki.server.key, maxVersion: "TLSv1.2", requestCert: true, rejectUnauthorized: false }, answerSip);
    const port = await refuseAfterCertificate(upstream, unknownCa);
    const { short } = await collect(requestFor(port, { identity: identityOf(pki.client) }));
    expect(short).toMatchObject({ speaksTls: true, protocol: "TLSv1.2", clientCertificateRequested: true, clientCertificateAccepted: false, sipStatus: "?denied" });
    expect(short["certificate"]).toMatchObject({ commonName: "um1.fabrikam.test" });
  });

  it("for another reason leaves open whether ours would do", async () => {
    const upstream = await startTls({ cert: chain, key: pki.server.key, maxVersion: "TLSv1.2", requestCert: true, rejectUnauthorized: false }, answerSip);
    const port = await refuseAfterCertificate(upstream, 80); // internal_error
    const { short } = await collect(requestFor(port, { identity: identityOf(pki.client) }));
    expect(short).toMatchObject({ speaksTls: true, clientCertificateAccepted: "?unsupported", sipStatus: "?unsupported" });
  });
});

describe("a server that refuses the handshake", () => {
  it("by an alert before its hello is not known to speak TLS", async () => {
    const port = await startTcp((socket) => socket.once("data", () => socket.end(Buffer.from([21, 3, 1, 0, 2, 2, 70]))));
    const { short } = await collect(requestFor(port));
    expect(short).toMatchObject({ reachable: true, speaksTls: "?unsupported", protocol: "?unsupported", chain: "?unsupported", clientCertificateRequested: "?unsupported", sipStatus: "?unsupported" });
  });
});
