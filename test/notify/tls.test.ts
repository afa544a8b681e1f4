import { createServer as createHttps } from "node:https";
import { createServer as createTls } from "node:tls";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { send } from "../../src/notify/deliver.ts";
import { ip, rootCa, server as issueServer, subjectAltName, type Issued } from "../x509/issue.ts";
import { digest } from "./digest.ts";

/** Valid whenever the test runs: TLS takes the clock of the machine. */
const validity = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) };
const pemOf = ({ der }: Issued): string => `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replaceAll(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
const root = rootCa("CN=Root", [], validity);
const authority = { pem: pemOf(root) };
const stranger = { pem: pemOf(rootCa("CN=Stranger", [], validity)) };
const issued = issueServer(root, [subjectAltName(ip(127, 0, 0, 1))], validity);
const server = { cert: pemOf(issued), key: issued.key.privateKey.export({ format: "pem", type: "pkcs8" }) };
const context = { timeoutMs: 2_000, host: "scanner", pid: 1, now: new Date("2026-06-01T06:00:00Z"), signal: new AbortController().signal };

it("webhooks over TLS go only to a server that its authority vouches for", async () => {
  let received = 0;
  const https = createHttps(server, (request, response) => {
    received += 1;
    request.resume();
    response.end();
  });
  await new Promise<void>((resolve) => https.listen(0, "127.0.0.1", resolve));
  const url = `https://127.0.0.1:${(https.address() as AddressInfo).port}/`;
  const to = (ca: string) => send({ type: "webhook", name: "ops", url, format: "json", authorization: "Bearer t", ca: [ca] }, digest(), context);
  await expect(to(stranger.pem)).rejects.toThrow();
  expect(received).toBe(0);
  await to(authority.pem);
  expect(received).toBe(1);
  https.closeAllConnections();
  https.close();
});

it("syslog over TLS, too", async () => {
  const texts: string[] = [];
  const tls = createTls(server, (socket) => {
    socket.setEncoding("utf8").on("data", (chunk: string) => texts.push(chunk)).on("end", () => socket.end()).on("error", () => undefined);
  });
  tls.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => tls.listen(0, "127.0.0.1", resolve));
  const to = (ca: string) => send({ type: "syslog", name: "siem", host: "127.0.0.1", port: (tls.address() as AddressInfo).port, transport: "tls", facility: 16, ca: [ca] }, digest(), context);
  await expect(to(stranger.pem)).rejects.toThrow();
  expect(texts).toEqual([]);
  await to(authority.pem);
  expect(texts.join("")).toMatch(/^\d+ <132>1 /);
  tls.close();
});
