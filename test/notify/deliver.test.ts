import { createSocket } from "node:dgram";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { History } from "../../src/model/history.ts";
import type { ReadyChannel } from "../../src/notify/channel.ts";
import { deliver, retryAt, type Delivery } from "../../src/notify/deliver.ts";
import { begin, openAt, record } from "../history/open-test-history.ts";
import { digest, hostile } from "./digest.ts";
import { mailServer } from "./mail-server.ts";
import { streamServer, webhookServer } from "./servers.ts";

const cleanups: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});
const closing = <T extends { close: () => unknown }>(server: T): T => {
  cleanups.push(() => server.close());
  return server;
};

let minutes = 0;
async function outboxWith(...channels: readonly string[]): Promise<History> {
  minutes = 0;
  const history = closing(await openAt(join(mkdtempSync(join(tmpdir(), "umpreflight-outbox-")), "h.db")));
  const messages = channels.map((channel) => ({ key: `d/${channel}`, channel, payload: JSON.stringify(digest()), notBefore: "2026-06-01T06:00:00.000Z" }));
  history.finish(begin(history), record([], { messages }), undefined);
  return history;
}

function send(history: History, channels: readonly ReadyChannel[], timeoutMs = 2_000): Promise<Delivery> {
  return deliver(history, { timeoutMs, host: "scanner", pid: 42, now: () => new Date(Date.parse("2026-06-01T06:00:00Z") + minutes * 60_000), signal: new AbortController().signal, channel: async (name) => channels.find((channel) => channel.name === name) });
}

const webhook = (url: string, changes: Partial<Extract<ReadyChannel, { type: "webhook" }>> = {}): ReadyChannel => ({ type: "webhook", name: "ops", url, format: "json", authorization: "Bearer t", ca: undefined, ...changes });
const smtp = (port: number): ReadyChannel => ({ type: "smtp", name: "ops", host: "127.0.0.1", port, security: "none", user: undefined, password: undefined, from: "scan@contoso.test", to: ["a@contoso.test", "b@contoso.test"], ca: undefined });
const syslog = (port: number, transport: "udp" | "tcp"): ReadyChannel => ({ type: "syslog", name: "ops", host: "127.0.0.1", port, transport, facility: 16, ca: undefined });

describe("webhooks", () => {
  it("are sent once, known again by their key", async () => {
    const server = closing(await webhookServer([204]));
    const history = await outboxWith("ops");
    expect(await send(history, [webhook(server.url)])).toEqual({ sent: 1, problems: [] });
    expect(await send(history, [webhook(server.url)])).toEqual({ sent: 0, problems: [] });
    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.headers).toMatchObject({ authorization: "Bearer t", "content-type": "application/json; charset=utf-8", "idempotency-key": `${digest().id}-ops` });
    expect(JSON.parse(server.received[0]?.body ?? "")).toMatchObject({ schemaVersion: 1, events: [{ subjectId: "guid-1" }] });
  });

  it.each([["a server error", 503], ["a redirect, which is not followed", 302], ["no answer", undefined]] as const)("are tried again after %s, and the address with its token is said nowhere", async (_, status) => {
    const server = closing(await webhookServer([status, 200]));
    const history = await outboxWith("ops");
    const { sent, problems } = await send(history, [webhook(server.url)], 300);
    expect([sent, problems.length]).toEqual([0, 1]);
    expect(problems.join() + String(history.outbox()[0]?.error)).not.toContain("secret-token");
    expect(await send(history, [webhook(server.url)])).toEqual({ sent: 0, problems: [] });
    minutes = 1;
    expect(await send(history, [webhook(server.url)])).toEqual({ sent: 1, problems: [] });
    expect(new Set(server.received.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  });

  it("to a dead server lose nothing, and do not keep other channels waiting", async () => {
    const server = closing(await webhookServer([200]));
    const history = await outboxWith("dead", "ops");
    const { sent, problems } = await send(history, [webhook("http://127.0.0.1:1/", { name: "dead" }), webhook(server.url)]);
    expect([sent, problems.length]).toEqual([1, 1]);
    expect(history.outbox().map(({ channel, state }) => [channel, state])).toEqual([["dead", "waiting"], ["ops", "sent"]]);
  });

  it("are given up at the end, and of a channel that is no more", async () => {
    expect([1, 2, 3, 20].map((attempt) => Number(retryAt(attempt, new Date(0))) / 60_000)).toEqual([1, 2, 4, 360]);
    expect(retryAt(48, new Date(0))).toBeUndefined();
    const history = await outboxWith("gone");
    expect((await send(history, [])).problems).toHaveLength(1);
    expect(history.outbox()).toMatchObject([{ state: "given-up" }]);
  });
});

describe("mail", () => {
  it("goes to all, as text and HTML, with one Message-ID for ever and no header of a stranger", async () => {
    const server = closing(await mailServer());
    expect(await send(await outboxWith("ops"), [smtp(server.port)])).toEqual({ sent: 1, problems: [] });
    expect(server.mails).toHaveLength(1);
    const { to, text } = server.mails[0] ?? { to: [], text: "" };
    const headers = text.slice(0, text.indexOf("\n\n"));
    expect(to).toHaveLength(2);
    expect(headers).toContain(`Message-ID: <${digest().id}.ops@contoso.test>`);
    expect(headers).toContain("Subject: umpreflight (on-premises): 1 new");
    expect(headers).not.toMatch(/^BCC:/m);
    expect(text.slice(text.indexOf("text/html"))).toContain("&lt;script&gt;");
    expect(text.slice(text.indexOf("text/html"))).not.toContain("<script>");
  });

  it("that the server refuses waits", async () => {
    const server = closing(await mailServer({ dataCode: 451 }));
    const history = await outboxWith("ops");
    expect((await send(history, [smtp(server.port)])).problems[0]).toContain("451");
    expect(history.outbox()).toMatchObject([{ state: "waiting" }]);
  });
});

describe("syslog", () => {
  it("over TCP is counted in octets", async () => {
    const server = closing(await streamServer());
    expect(await send(await outboxWith("ops"), [syslog(server.port, "tcp")])).toEqual({ sent: 1, problems: [] });
    const [length, rest] = (server.texts[0] ?? "").split(/ (.*)/su);
    expect(Number(length)).toBe(Buffer.byteLength(rest ?? ""));
    expect(rest).toMatch(/^<132>1 2026-06-01T06:00:00/);
  });

  it("over UDP is one datagram", async () => {
    const socket = closing(createSocket("udp4"));
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    const message = new Promise<Buffer>((resolve) => socket.once("message", resolve));
    expect(await send(await outboxWith("ops"), [syslog(socket.address().port, "udp")])).toEqual({ sent: 1, problems: [] });
    expect((await message).toString()).toMatch(/^<132>1 /);
  });

  it("to nobody over TCP waits", async () => expect((await send(await outboxWith("ops"), [syslog(1, "tcp")])).problems).toHaveLength(1));
});

describe("a command", () => {
  const script = "const fs=require('node:fs');fs.writeFileSync(process.argv[1],JSON.stringify([process.argv.slice(2),fs.readFileSync(0,'utf8')]))";
  const command = (...argv: string[]): ReadyChannel => ({ type: "command", name: "ops", argv: [process.execPath, ...argv] });

  it("is given its arguments as they are, and the digest on its input; no shell reads either", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "umpreflight-command-")), "out put");
    expect(await send(await outboxWith("ops"), [command("-e", script, file, "$(touch x); `id` & | \"q\"", "*")])).toEqual({ sent: 1, problems: [] });
    const [args, input] = JSON.parse(readFileSync(file, "utf8")) as [string[], string];
    expect(args).toEqual(["$(touch x); `id` & | \"q\"", "*"]);
    expect((JSON.parse(input) as { events: { message: string }[] }).events[0]?.message).toBe(hostile.toWellFormed());
  });

  it.each([
    ["that fails", ["-e", "process.exit(3)"], "code 3"],
    ["that does not end", ["-e", "setInterval(() => {}, 1000)"], "SIGKILL"],
    ["that does not read", ["-e", "process.stdin.destroy(); process.exit(1)"], "code 1"],
  ])("%s is tried again", async (_, argv, expected) => {
    const history = await outboxWith("ops");
    expect((await send(history, [command(...argv)], 700)).problems[0]).toContain(expected);
    expect(history.outbox()).toMatchObject([{ state: "waiting" }]);
  });

  it("that does not exist is tried again", async () => expect((await send(await outboxWith("ops"), [{ type: "command", name: "ops", argv: ["/no/such/program"] }])).problems[0]).toContain("ENOENT"));
});
