import { expect, test } from "vitest";
import { createView } from "../../../src/collect/dns/resolver.ts";
import { a, startServer, type Incoming, type Script } from "./scripted-server.ts";

const name = "pool.contoso.test";
const answering: Script = (query) => query.reply({ answers: [a(query.name, "10.0.0.1")] });
const silent: Script = () => undefined;

test.each<readonly [string, Script]>([
  ["is silent", silent],
  ["says SERVFAIL", (query) => query.reply({ rcode: 2 })],
  ["says REFUSED", (query) => query.reply({ rcode: 5 })],
  ["sends garbage", (query) => query.send(Buffer.alloc(300, 0xc0))],
  ["refers to others", (query) => query.reply({ recursionAvailable: false })],
])("when the first server %s the second is asked", async (_, script) => {
  await using first = await startServer(script);
  await using second = await startServer(answering);
  const answer = await createView({ name: "inside", servers: [first.server, second.server], tryTimeoutMs: 150 }).lookup(name, "A");
  expect(answer).toMatchObject({ outcome: "answer", server: second.server });
  expect(first.received).toHaveLength(1);
});

test("absence is an answer: the second server is not asked", async () => {
  await using first = await startServer((query) => query.reply({ rcode: 3 }));
  await using second = await startServer(answering);
  expect(await createView({ name: "inside", servers: [first.server, second.server] }).lookup(name, "A")).toMatchObject({ outcome: "absent", server: first.server });
  expect(second.received).toHaveLength(0);
});

test("all servers failing is unknown, with what each one did", async () => {
  await using first = await startServer((query) => query.reply({ rcode: 2 }));
  await using second = await startServer((query) => query.reply({ rcode: 5 }));
  const answer = await createView({ name: "inside", servers: [first.server, second.server] }).lookup(name, "A");
  expect(answer).toMatchObject({
    outcome: "unknown",
    reason: "denied",
    failures: [{ server: first.server, reason: "unreachable" }, { server: second.server, reason: "denied", detail: "REFUSED" }],
    detail: `127.0.0.1:${first.server.port}: SERVFAIL: the server could not get the answer; 127.0.0.1:${second.server.port}: REFUSED`,
  });
  expect([first.received.length, second.received.length]).toEqual([2, 1]); // SERVFAIL may pass, REFUSED will not
});

test("SERVFAIL that passes is asked again a little later", async () => {
  let queries = 0;
  await using server = await startServer((query) => {
    queries += 1;
    if (queries === 1) query.reply({ rcode: 2 });
    else answering(query);
  });
  expect(await createView({ name: "inside", servers: [server.server] }).lookup(name, "A")).toMatchObject({ outcome: "answer" });
});

test("a lost query is sent again, with more time", async () => {
  let queries = 0;
  await using server = await startServer((query) => {
    queries += 1;
    if (queries === 2) setTimeout(() => answering(query), 200); // later than the first try would have waited
  });
  expect(await createView({ name: "inside", servers: [server.server], tryTimeoutMs: 150, tries: 2 }).lookup(name, "A")).toMatchObject({ outcome: "answer" });
});

test("as many rounds as told", async () => {
  await using server = await startServer(silent);
  expect(await createView({ name: "inside", servers: [server.server], tryTimeoutMs: 10, tries: 3 }).lookup(name, "A")).toMatchObject({ reason: "timeout" });
  expect(server.received).toHaveLength(3);
});

test("the question's deadline ends the rounds, and a server that was not asked any more says so", async () => {
  await using first = await startServer(silent);
  await using second = await startServer(answering);
  let elapsed = 0;
  const answer = await createView({
    name: "inside", servers: [first.server, second.server], tryTimeoutMs: 20, queryTimeoutMs: 1000, tries: 5,
    now: () => (first.received.length === 0 ? elapsed : (elapsed = 1000)), // the time is over as soon as the first server was asked
  }).lookup(name, "A");
  expect(answer).toMatchObject({ outcome: "unknown", reason: "timeout", failures: [{ server: first.server }, { server: second.server, detail: "not asked: the question's 1000 ms were over" }] });
  expect(second.received).toHaveLength(0);
});

test("no try lasts longer than the question", async () => {
  await using server = await startServer(silent);
  const start = performance.now();
  await createView({ name: "inside", servers: [server.server], tryTimeoutMs: 60_000, queryTimeoutMs: 50, tries: 4 }).lookup(name, "A");
  expect(performance.now() - start).toBeLessThan(2000);
});

test("a server that stays silent is asked last after three questions, and once only", async () => {
  await using dead = await startServer(silent);
  await using alive = await startServer(answering);
  const view = createView({ name: "inside", servers: [dead.server, alive.server], tryTimeoutMs: 100 });
  for (let index = 0; index < 10; index += 1) await view.lookup(`host${index}.contoso.test`, "A");
  expect([dead.received.length, alive.received.length]).toEqual([3, 10]);
  await view.lookupAt(dead.server, name, "A");
  expect(dead.received).toHaveLength(4);
});

test("a server that was silent and answers again is asked first again", async () => {
  let isAwake = false;
  await using sleepy = await startServer((query) => { if (isAwake) answering(query); });
  await using other = await startServer(answering);
  const view = createView({ name: "inside", servers: [sleepy.server, other.server], tryTimeoutMs: 200, tries: 1 });
  for (let index = 0; index < 3; index += 1) await view.lookup(`host${index}.contoso.test`, "A");
  isAwake = true;
  expect(await view.lookup("host3.contoso.test", "A")).toMatchObject({ server: other.server });
  await view.lookupAt(sleepy.server, name, "A");
  expect(await view.lookup("host4.contoso.test", "A")).toMatchObject({ server: sleepy.server });
});

test("interrupted: what is under way, waits, or comes later is not collected, at once", async () => {
  await using server = await startServer(silent);
  const controller = new AbortController();
  const view = createView({ name: "inside", servers: [server.server], tryTimeoutMs: 60_000, queryTimeoutMs: 60_000, concurrency: 2, signal: controller.signal });
  const start = performance.now();
  const answers = Array.from({ length: 5 }, (_, index) => view.lookup(`host${index}.contoso.test`, "A"));
  while (server.received.length < 2) await new Promise((resolve) => { setTimeout(resolve, 2); });
  controller.abort();
  answers.push(view.lookup("later.contoso.test", "A"));
  for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ outcome: "unknown", reason: "not-collected", detail: "the run was interrupted" });
  expect(performance.now() - start).toBeLessThan(5000);
  expect(server.received).toHaveLength(2);
});

test("interrupted in a TCP exchange", async () => {
  const controller = new AbortController();
  await using truncating = await startServer((query: Incoming) => {
    if (query.transport === "udp") query.reply({ flags: 0x0200 });
    else controller.abort();
  });
  const answer = await createView({ name: "inside", servers: [truncating.server], tryTimeoutMs: 60_000, queryTimeoutMs: 60_000, signal: controller.signal }).lookup(name, "A");
  expect(answer).toMatchObject({ outcome: "unknown", reason: "not-collected" });
});
