import { createServer as createHttps } from "node:https";
import { createServer as createTls } from "node:tls";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { send } from "../../src/notify/deliver.ts";
import { ip, rootCa, server as issueServer, subjectAltName, type Issued } from "../x509/issue.ts";
import { digest } from "./digest.ts";
import { mailServer, type MailServerOptions } from "./mail-server.ts";

/** Valid whenever the test runs: TLS takes the clock of the machine. */
const validity = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) };
const pemOf = ({ der }: Issued): string => `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replaceAll(/.{64}(?=.)/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
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

describe("mail", () => {
  const account = { user: "scanner@contoso.test", password: "p\u00e4ss w\"rd" };
  /** A server with these options, and what became of one mail to it. */
  async function mailed(options: MailServerOptions, changes: { readonly security?: "tls" | "starttls" | "none"; readonly password?: string; readonly ca?: string; readonly host?: string } = {}) {
    const { security = "starttls", password = account.password, ca = authority.pem, host = "127.0.0.1" } = changes;
    const mail = await mailServer(options);
    try {
      await send({ type: "smtp", name: "ops", host, port: mail.port, security, user: account.user, password, from: "scan@contoso.test", to: ["a@contoso.test"], ca: [ca] }, digest(), context);
      return { ...mail, problem: undefined };
    } catch (error) {
      return { ...mail, problem: String(error) };
    } finally {
      mail.close();
    }
  }

  it.each([
    ["after STARTTLS", "starttls", false],
    ["with TLS from the first byte", "tls", true],
  ] as const)("is sent with account and password %s", async (_how, security, implicit) => {
    const { mails, clear, problem } = await mailed({ tls: server, implicit, account }, { security });
    expect(problem).toBeUndefined();
    expect(mails).toMatchObject([{ user: account.user, encrypted: true }]);
    expect(mails[0]?.text).toContain("Subject: umpreflight (on-premises): 1 new");
    expect(clear.join("")).not.toMatch(/AUTH|MAIL FROM|contoso\.test>/u);
  });

  it.each([
    ["does not offer TLS", { account }, {}],
    ["no authority vouches for", { tls: server, account }, { ca: stranger.pem }],
    ["has another name", { tls: server, account }, { host: "localhost" }],
  ] as const)("says neither password nor text to a server that %s", async (_how, options, changes) => {
    const { mails, clear, problem } = await mailed(options, changes);
    expect(problem).toBeDefined();
    expect(mails).toEqual([]);
    expect(clear.join("")).not.toMatch(/AUTH|MAIL|DATA/u);
  });

  it("that the server does not let in is a problem without the password", async () => {
    const { mails, problem } = await mailed({ tls: server, account }, { password: "wrong-secret" });
    expect(problem).toContain("535");
    expect(problem).not.toContain("wrong-secret");
    expect(problem).not.toContain(Buffer.from(`\0${account.user}\0wrong-secret`).toString("base64"));
    expect(mails).toEqual([]);
  });
});
