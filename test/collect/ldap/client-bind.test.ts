import { afterEach, beforeAll, expect, test } from "vitest";
import type { Authority } from "./certificates.ts";
import { createAuthority } from "./certificates.ts";
import { connect, connected, failureOf, password } from "./connecting.ts";
import type { Responder, ResponderOptions } from "./responder.ts";
import { afterBind, result, startResponder, tags } from "./responder.ts";

let authority: Authority;
let server: Responder | undefined;

beforeAll(async () => {
  authority = await createAuthority("Contoso Root");
});

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(options: ResponderOptions): Promise<Responder> {
  server = await startResponder(options);
  return server;
}

test.each([
  ["a password over plaintext", { allowPlaintextBind: false }, "denied", "client:plaintext-bind"],
  ["an empty password", { credentials: { kind: "simple", user: "scanner", password: "" } }, "denied", "client:empty-credentials"],
  ["an empty user", { credentials: { kind: "simple", user: "", password } }, "denied", "client:empty-credentials"],
  ["EXTERNAL without TLS", { credentials: { kind: "external" } }, "unsupported", "client:external-needs-tls"],
  ["a port that is none", { address: { host: "127.0.0.1", port: 70_000 } }, "collector-error", "client:target"],
] as const)("%s is refused before anything connects", async (_name, changes, reason, code) => {
  const { port, connections } = await start({ answer: () => undefined });
  expect(failureOf(await connect(port, changes))).toMatchObject({ reason, code });
  expect(connections()).toBe(0);
});

test.each([
  ["525", "no such user"],
  ["52e", "wrong password or unknown user"],
  ["530", "at this time"],
  ["531", "from this machine"],
  ["532", "password has expired"],
  ["533", "disabled"],
  ["701", "account has expired"],
  ["773", "must be changed"],
  ["775", "locked"],
])("a bind that fails with sub-code %s says: %s", async (subCode, words) => {
  const diagnostic = `80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data ${subCode}, v2580\0`;
  const { port } = await start({ answer: (request) => [result(request.messageId, tags.bind, { code: 49, diagnostic })] });
  const failure = failureOf(await connect(port));
  expect(failure).toMatchObject({ reason: "denied", code: `ldap:49:${subCode}` });
  expect(failure.detail).toContain(words);
  expect(failure.detail).not.toContain("\0");
});

test.each([
  [1, "unsupported"],
  [7, "unsupported"],
  [8, "denied"],
  [13, "denied"],
  [48, "denied"],
  [49, "denied"],
  [51, "unreachable"],
  [52, "unreachable"],
  [53, "unsupported"],
  [999, "unsupported"],
])("a bind that fails with code %i is %s, whatever the text says", async (code, reason) => {
  const { port } = await start({ answer: (request) => [result(request.messageId, tags.bind, { code, diagnostic: "timeout, access denied, success" })] });
  expect(failureOf(await connect(port))).toMatchObject({ reason, code: `ldap:${code}` });
});

test("SASL EXTERNAL goes out with the client certificate and no password", async () => {
  const issued = await authority.issue({ names: ["dc1.contoso.test"] });
  const own = await authority.issue({ names: ["scanner.contoso.test"], client: true });
  const { port, requests } = await start({ answer: afterBind((request) => [result(request.messageId, tags.done)]), tls: { ...issued, ca: authority.ca, requestCert: true, rejectUnauthorized: true } });
  const client = await connected(port, { security: "ldaps", credentials: { kind: "external" }, tls: { ca: [authority.ca], ...own } });
  await client.close();
  expect(requests[0]?.bytes.includes("EXTERNAL")).toBe(true);
});

test("a server that refuses our missing client certificate", async () => {
  const issued = await authority.issue({ names: ["dc1.contoso.test"] });
  const { port } = await start({ answer: () => undefined, tls: { ...issued, ca: authority.ca, requestCert: true, rejectUnauthorized: true } });
  expect(failureOf(await connect(port, { security: "ldaps", tls: { ca: [authority.ca] } }))).toMatchObject({ reason: "denied", code: "tls:client-certificate" });
});

test("an answer of another kind, or to another request, is malformed", async () => {
  const { port, close } = await start({ answer: (request) => [result(request.messageId, tags.done)] });
  expect(failureOf(await connect(port))).toMatchObject({ reason: "malformed" });
  await close();
  const other = await start({ answer: (request) => [result(request.messageId + 1, tags.bind)] });
  expect(failureOf(await connect(other.port))).toMatchObject({ reason: "malformed" });
});
