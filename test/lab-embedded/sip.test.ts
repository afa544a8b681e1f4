import { once } from "node:events";
import { type Socket, connect } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../src/lab/lab.ts";
import { startLab } from "../../src/lab/start.ts";
import type { EndpointSpec } from "../../src/lab/types.ts";
import { tinyDeployment } from "./tiny-deployment.ts";

type Tls = NonNullable<EndpointSpec["tls"]>;
const tls = (given: Partial<Tls> = {}): Tls => ({ certificate: "server", chain: ["ca"], clientCertificate: "required", clientAnchors: ["root"], maxVersion: "TLSv1.2", ...given });
const endpoint = (host: string, security: Tls | undefined, given: Partial<EndpointSpec> = {}): EndpointSpec => ({ host, port: 5061, tls: security, sip: true, product: "RTC/5.0", ...given });

let lab: Lab;
const open: Socket[] = [];

beforeAll(async () => {
  lab = await startLab({
    ...tinyDeployment,
    endpoints: [
      endpoint("mutual.alpha.test", tls()),
      endpoint("open.alpha.test", tls({ clientCertificate: "none", maxVersion: "TLSv1.3" })),
      endpoint("asks.alpha.test", tls({ clientCertificate: "requested" })),
      endpoint("short.alpha.test", tls({ chain: [], clientCertificate: "requested" })),
      endpoint("odd.alpha.test", tls({ chain: ["root", "stranger", "ca"], clientCertificate: "none" })),
      endpoint("weak.alpha.test", tls({ certificate: "weak", clientCertificate: "none" })),
      endpoint("plain.alpha.test", undefined, { port: 5060 }),
      endpoint("web.alpha.test", undefined, { port: 443, sip: false }),
    ],
  });
});
afterAll(async () => {
  for (const socket of open) socket.destroy();
  await lab.close();
});

const portOf = (name: string) => Number(lab.connectTo[name]?.split(":")[1]);

async function secure(name: string, client: string | undefined, options: ConnectionOptions = {}) {
  const made = client === undefined ? undefined : lab.certificates.get(client);
  const identity = made === undefined ? {} : { key: made.keyPem, cert: [made.pem, lab.certificates.get("ca")?.pem].join("") };
  const socket = connectTls({ host: "127.0.0.1", port: portOf(name), rejectUnauthorized: false, ...identity, ...options });
  open.push(socket);
  await once(socket, "secureConnect");
  return socket;
}

async function ask(socket: Socket, request: string): Promise<string> {
  socket.write(request);
  let text = "";
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.includes("\r\n\r\n")) break;
  }
  return text;
}

const options = (changes: Readonly<Record<string, string | undefined>> = {}, method = "OPTIONS") => {
  const headers: Readonly<Record<string, string | undefined>> = {
    Via: "SIP/2.0/TLS 192.0.2.7:5061;branch=z9hG4bKabc;rport",
    From: "<sip:scanner@alpha.test>;tag=1",
    To: "<sip:mutual.alpha.test>",
    "Call-ID": "c1@alpha.test",
    CSeq: `7 ${method}`,
    "Max-Forwards": "70",
    "Content-Length": "0",
    ...changes,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return `${method} sip:mutual.alpha.test SIP/2.0\r\n${lines.join("\r\n")}\r\n\r\n`;
};

test("answers OPTIONS, echoing what identifies the request", async () => {
  const answer = await ask(await secure("mutual.alpha.test:5061", "client:scanner"), options());
  expect(answer.split("\r\n")).toEqual(
    expect.arrayContaining(["SIP/2.0 200 OK", "From: <sip:scanner@alpha.test>;tag=1", "Call-ID: c1@alpha.test", "CSeq: 7 OPTIONS", "Server: RTC/5.0", "Content-Length: 0"]),
  );
  expect(answer).toMatch(/\r\nVia: SIP\/2\.0\/TLS 192\.0\.2\.7:5061;branch=z9hG4bKabc;rport=\d+;received=127\.0\.0\.1\r\n/u);
  expect(answer).toMatch(/\r\nTo: <sip:mutual\.alpha\.test>;tag=\w+\r\n/u);
});

test.each([
  ["another method", options({}, "INVITE"), "403"],
  ["no Call-ID", options({ "Call-ID": undefined }), "400"],
  ["a CSeq of another method", options({ CSeq: "7 INVITE" }), "400"],
  ["compact header names", options({ Via: undefined, From: undefined, v: "SIP/2.0/TCP a;branch=z9hG4bK1", f: "<sip:a@b>;tag=2" }), "200"],
  ["something else", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "400"],
  ["a length that is none", options({ "Content-Length": "-5" }), "400"],
])("answers %s with its status", async (_, request, status) => {
  const socket = connect(portOf("plain.alpha.test:5060"), "127.0.0.1");
  open.push(socket);
  expect((await ask(socket, request)).split(" ")[1]).toBe(status);
});

test("takes requests in pieces and several on one connection, and answers keep-alives", async () => {
  const socket = connect(portOf("plain.alpha.test:5060"), "127.0.0.1");
  open.push(socket);
  const request = options();
  socket.write(request.slice(0, 40));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await ask(socket, request.slice(40))).toContain("200 OK");
  socket.write("\r\n\r\n");
  const [pong] = (await once(socket, "data")) as [Buffer];
  expect(pong.toString()).toBe("\r\n");
  expect(await ask(socket, options({ CSeq: "8 OPTIONS" }))).toContain("CSeq: 8 OPTIONS");
});

test.each([[undefined], ["unknown"], ["expired"], ["server only"]])("mutual TLS refuses certificate %s", async (client) => {
  // TLS 1.2 refuses in the handshake or right after it, depending on who finds the fault
  const answer = await secure("mutual.alpha.test:5061", client).then((socket) => ask(socket, options())).catch(() => "refused");
  expect(["", "refused"]).toContain(answer);
});

test("a missing certificate ends in an alert", async () => {
  await expect(secure("mutual.alpha.test:5061", undefined)).rejects.toMatchObject({ code: "ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE" });
});

test("a certificate that is only asked for may be missing", async () => {
  expect(await ask(await secure("asks.alpha.test:5061", undefined), options())).toContain("200 OK");
  expect(await ask(await secure("open.alpha.test:5061", undefined), options())).toContain("200 OK");
});

function presented(socket: Awaited<ReturnType<typeof secure>>): readonly string[] {
  const subjects: string[] = [];
  for (let at = socket.getPeerX509Certificate(); at !== undefined; at = at.issuerCertificate) subjects.push(at.subject);
  return subjects;
}

test("presents exactly the chain of the deployment, in its order", async () => {
  expect(presented(await secure("mutual.alpha.test:5061", "client:scanner"))).toEqual(["CN=server.alpha.test", "CN=Authority ca"]);
  expect(presented(await secure("short.alpha.test:5061", undefined))).toEqual(["CN=server.alpha.test"]);
  expect(presented(await secure("odd.alpha.test:5061", undefined))).toEqual(["CN=server.alpha.test", "CN=Authority root", "CN=Authority stranger", "CN=Authority ca"]);
});

test("keeps to its highest version and serves weak certificates too", async () => {
  expect((await secure("open.alpha.test:5061", undefined)).getProtocol()).toBe("TLSv1.3");
  expect((await secure("asks.alpha.test:5061", undefined)).getProtocol()).toBe("TLSv1.2");
  const weak = await secure("weak.alpha.test:5061", undefined, { ciphers: "DEFAULT@SECLEVEL=0" });
  expect(weak.getPeerX509Certificate()?.publicKey.asymmetricKeyDetails?.modulusLength).toBe(1024);
});

test("a port without SIP accepts and says nothing", async () => {
  const socket = connect(portOf("web.alpha.test:443"), "127.0.0.1");
  open.push(socket);
  socket.write(options());
  expect(await Promise.race([once(socket, "data"), new Promise((resolve) => setTimeout(resolve, 100, "silence"))])).toBe("silence");
});

test.each([
  ["reset", "ECONNRESET"],
  ["refuse", "ECONNREFUSED"],
] as const)("on request it will %s", async (how, code) => {
  await lab.misbehave({ server: "open.alpha.test:5061", how });
  await expect(secure("open.alpha.test:5061", undefined)).rejects.toMatchObject({ code });
  await lab.misbehave({ server: "open.alpha.test:5061", how: undefined });
  expect(await ask(await secure("open.alpha.test:5061", undefined), options())).toContain("200 OK");
});

test("on request it sends garbage, cuts its answer, lies about its length or never answers", async () => {
  const server = "open.alpha.test:5061";
  await lab.misbehave({ server, how: "garbage" });
  await expect(secure(server, undefined)).rejects.toMatchObject({ code: expect.stringContaining("SSL") });
  await lab.misbehave({ server, how: "garbage", after: 0 });
  expect(await ask(await secure(server, undefined), options())).not.toContain("SIP/2.0");
  await lab.misbehave({ server, how: "truncate" });
  expect(await ask(await secure(server, undefined), options())).toMatch(/^SIP\/2\.0 200 OK(?![^]*\r\n\r\n)/u);
  await lab.misbehave({ server, how: "oversize" });
  expect(await ask(await secure(server, undefined), options())).toContain("Content-Length: 2147483647");
  await lab.misbehave({ server, how: "reset", after: 1 });
  const socket = await secure(server, undefined);
  expect(await ask(socket, options())).toContain("200 OK");
  await expect(ask(socket, options())).rejects.toMatchObject({ code: "ECONNRESET" });
  await lab.misbehave({ server, how: "stall" });
  expect(await Promise.race([secure(server, undefined), new Promise((resolve) => setTimeout(resolve, 200, "silence"))])).toBe("silence");
  await lab.misbehave({ server, how: undefined });
});
