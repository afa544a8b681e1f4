import { createServer } from "node:net";
import { rootCertificates } from "node:tls";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { Authority, Issued } from "./certificates.ts";
import { createAuthority } from "./certificates.ts";
import { connect, connected, failureOf, password } from "./connecting.ts";
import type { Responder } from "./responder.ts";
import { afterBind, listen, result, startResponder, tags } from "./responder.ts";

const host = "dc1.contoso.test";
let authority: Authority;
let good: Issued;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  authority = await createAuthority("Contoso Root");
  good = await authority.issue({ names: [host] });
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

function track<T extends { close(): Promise<void> }>(server: T): T {
  open.push(server);
  return server;
}

const succeed = afterBind((request) => [result(request.messageId, tags.done)]);
const containsPassword = (responder: Responder): boolean => Buffer.concat(responder.raw).includes(password);

test("nothing listens", async () => {
  const server = await listen(createServer());
  await server.close();
  expect(failureOf(await connect(server.port))).toMatchObject({ reason: "unreachable", code: "net:ECONNREFUSED" });
});

test("a name that does not resolve", async () => {
  const failure = failureOf(await connect(389, { address: { host: "nowhere.invalid", port: 389 }, lookup: (_name, _options, done) => done(Object.assign(new Error("no"), { code: "ENOTFOUND" }), "") }));
  expect(failure).toMatchObject({ reason: "unreachable", code: "net:ENOTFOUND" });
});

test("the given lookup is used", async () => {
  const server = track(await startResponder({ answer: succeed }));
  const asked: string[] = [];
  const client = await connected(server.port, {
    address: { host: "dc1.lookup.test", port: server.port },
    lookup: (name, options, done) => {
      asked.push(name);
      if (options.all === true) {
        done(null, [{ address: "127.0.0.1", family: 4 }]);
      } else {
        done(null, "127.0.0.1", 4);
      }
    },
  });
  await client.close();
  expect(asked).toEqual(["dc1.lookup.test"]);
});

test.each([
  ["ldaps", "client:connect-timeout"],
  ["starttls", "client:connect-timeout"],
  ["plaintext", "client:operation-timeout"],
] as const)("a silent server costs its deadline only (%s)", async (security, code) => {
  const server = track(await listen(createServer(() => {})));
  const started = performance.now();
  const failure = failureOf(await connect(server.port, { security, connectTimeoutMs: 80, operationTimeoutMs: 80 }));
  expect(failure).toMatchObject({ reason: "timeout", code });
  expect(performance.now() - started).toBeLessThan(700);
});

test("a server that trickles bytes for ever costs its deadline only", async () => {
  const server = track(
    await listen(
      createServer((socket) => {
        socket.write(Buffer.from([0x30, 0x84, 0x00, 0x10, 0x00, 0x00]));
        const timer = setInterval(() => socket.write(Buffer.from([0x02])), 5);
        socket.on("close", () => clearInterval(timer));
      }),
    ),
  );
  expect(failureOf(await connect(server.port, { operationTimeoutMs: 120 }))).toMatchObject({ reason: "timeout", code: "client:operation-timeout" });
});

test.each(["ldaps", "starttls", "plaintext"] as const)("a server that closes at once (%s)", async (security) => {
  const server = track(await listen(createServer((socket) => socket.end())));
  expect(failureOf(await connect(server.port, { security })).reason).toBe("unreachable");
});

test.each(["ldaps", "starttls", "plaintext"] as const)("a server that sends garbage (%s)", async (security) => {
  const server = track(await listen(createServer((socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"))));
  expect(failureOf(await connect(server.port, { security })).reason).toBe("malformed");
});

test("LDAPS with the right certificate, checked against the name and not the address", async () => {
  const server = track(await startResponder({ answer: succeed, tls: good }));
  const client = await connected(server.port, { security: "ldaps", tls: { ca: [authority.ca] } });
  expect(client.tlsVersion).toMatch(/^TLSv1\.[23]$/);
  await client.close();
  expect(server.requests.map((request) => request.operation)).toEqual([0x60, 0x42]);
});

test("each fault of a certificate has its own code, and the password is not sent", async () => {
  const stranger = await createAuthority("Someone else");
  const cases = [
    ["tls:unknown-issuer", await stranger.issue({ names: [host] })],
    ["tls:name-mismatch", await authority.issue({ names: ["dc2.contoso.test"] })],
    ["tls:expired", await authority.issue({ names: [host], fromDays: -30, toDays: -1 })],
    ["tls:not-yet-valid", await authority.issue({ names: [host], fromDays: 1, toDays: 3 })],
  ] as const;
  for (const [code, issued] of cases) {
    for (const security of ["ldaps", "starttls"] as const) {
      const server = track(await startResponder({ answer: succeed, ...(security === "ldaps" ? { tls: issued } : { startTls: issued }) }));
      const failure = failureOf(await connect(server.port, { security, tls: { ca: [authority.ca] } }));
      expect(failure).toMatchObject({ reason: "unreachable", code });
      expect(server.requests.map((request) => request.operation)).toEqual(security === "ldaps" ? [] : [0x77]);
      expect(server.connections()).toBe(1);
      expect(containsPassword(server)).toBe(false);
    }
  }
});

test("without own anchors those of the system apply, which do not know the test CA", async () => {
  expect(rootCertificates.length).toBeGreaterThan(0);
  const server = track(await startResponder({ answer: succeed, tls: good }));
  expect(failureOf(await connect(server.port, { security: "ldaps" }))).toMatchObject({ code: "tls:unknown-issuer" });
});

test("anchors that are no certificates are our own mistake", async () => {
  expect(failureOf(await connect(1, { security: "ldaps", tls: { ca: ["-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----"] } }))).toMatchObject({ reason: "collector-error", code: "client:tls-material" });
});

test("an anchor file may hold several certificates", async () => {
  const stranger = await createAuthority("Someone else");
  const server = track(await startResponder({ answer: succeed, tls: good }));
  const client = await connected(server.port, { security: "ldaps", tls: { ca: [`# both\n${stranger.ca}\n${authority.ca}`] } });
  await client.close();
  expect(server.requests.length).toBe(2);
});

test("StartTLS, then bind inside", async () => {
  const server = track(await startResponder({ answer: succeed, startTls: good }));
  const client = await connected(server.port, { security: "starttls", tls: { ca: [authority.ca] } });
  expect(client.tlsVersion).toMatch(/^TLSv1\.[23]$/);
  await client.close();
  expect(server.requests.map((request) => request.operation)).toEqual([0x77, 0x60, 0x42]);
  expect(containsPassword(server)).toBe(false);
});

test.each([2, 52, 53])("StartTLS refused with code %i: no bind follows, on this connection or another", async (code) => {
  const server = track(await startResponder({ answer: (request) => [result(request.messageId, request.operation === 0x77 ? tags.extended : tags.bind, { code: request.operation === 0x77 ? code : 0 })] }));
  const failure = failureOf(await connect(server.port, { security: "starttls", tls: { ca: [authority.ca] } }));
  expect(failure).toMatchObject({ reason: code === 52 ? "unreachable" : "unsupported", code: `ldap:${code}` });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(server.connections()).toBe(1);
  expect(server.requests.map((request) => request.operation)).toEqual([0x77]);
  expect(containsPassword(server)).toBe(false);
});

test("StartTLS agreed on and then garbage instead of a handshake: the password is not sent", async () => {
  const server = track(await startResponder({ answer: (request, socket) => (request.operation === 0x77 ? (socket.write(result(request.messageId, tags.extended)), setTimeout(() => socket.write("garbage garbage garbage"), 10), undefined) : undefined) }));
  expect(failureOf(await connect(server.port, { security: "starttls", tls: { ca: [authority.ca] } })).code).toBe("tls:protocol");
  expect(server.connections()).toBe(1);
  expect(containsPassword(server)).toBe(false);
});

test("data slipped in behind the answer to StartTLS is refused", async () => {
  const injected = (messageId: number): Buffer => Buffer.concat([result(messageId, tags.extended), result(2, tags.bind)]);
  const server = track(await startResponder({ answer: (request) => [injected(request.messageId)] }));
  expect(failureOf(await connect(server.port, { security: "starttls", tls: { ca: [authority.ca] } }))).toMatchObject({ reason: "malformed" });
  expect(containsPassword(server)).toBe(false);
});

test("an abort while connecting", async () => {
  const server = track(await listen(createServer(() => {})));
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  expect(failureOf(await connect(server.port, { security: "ldaps" }, controller.signal))).toMatchObject({ reason: "not-collected", code: "client:aborted" });
  expect(failureOf(await connect(server.port, {}, AbortSignal.abort()))).toMatchObject({ reason: "not-collected" });
  expect(failureOf(await connect(server.port, { security: "ldaps" }, AbortSignal.timeout(20)))).toMatchObject({ reason: "timeout", code: "client:aborted" });
});
