import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createView } from "../../../src/collect/dns/resolver.ts";
import { a, cname, framed, replyBytes, startServer, type Incoming } from "./scripted-server.ts";

/** A valid reply with a few bytes changed behind its id. */
function broken({ bytes, name }: Incoming): Buffer {
  const reply = replyBytes(bytes, { answers: [cname(name, "b.test"), a("b.test", "10.0.0.1")] });
  const changes = randomBytes(8);
  for (let index = 0; index < changes.length; index += 2) reply[2 + ((changes[index] ?? 0) % (reply.length - 2))] = changes[index + 1] ?? 0;
  return reply;
}

test("every question ends at its deadline whatever the server sends", async () => {
  await using server = await startServer((query) => {
    const bytes = broken(query);
    if (query.transport === "tcp") query.send(framed(bytes));
    else for (const datagram of [bytes, randomBytes(200), query.bytes, bytes]) query.send(datagram);
  });
  const view = createView({ name: "inside", servers: [server.server], tryTimeoutMs: 40, queryTimeoutMs: 150 });
  const start = performance.now();
  const answers = await Promise.all(Array.from({ length: 150 }, (_, index) => view.lookup(`host${index}.test`, "A")));
  expect(answers.every(({ outcome }) => ["answer", "absent", "unknown"].includes(outcome))).toBe(true);
  // Three turns of 50 questions, each at most twice its deadline for an alias chain.
  expect(performance.now() - start).toBeLessThan(5000);
});

test("a flood of datagrams for one query does not keep the right answer out", async () => {
  await using server = await startServer((query) => {
    for (let index = 0; index < 100; index += 1) query.send(Buffer.alloc(12, index));
    query.reply({ answers: [a(query.name, "10.0.0.1")] });
  });
  expect(await createView({ name: "inside", servers: [server.server] }).lookup("host.test", "A")).toMatchObject({ outcome: "answer" });
});
