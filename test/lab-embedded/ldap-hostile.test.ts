import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../src/lab/lab.ts";
import { startLab } from "../../src/lab/start.ts";
import { encode, integer, octets, sequence } from "../../src/lab/ldap/ber.ts";
import { equal, outcome, page, present, rawLdap, searchOf, simpleBind } from "./raw-ldap.ts";
import { dnOf, password, root, tinyDeployment } from "./tiny-deployment.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab(tinyDeployment);
});
afterAll(() => lab.close());

const port = () => lab.forests[0]?.ldap.port ?? 0;

/** Sends bytes and returns all that comes back until the server closes. */
async function until(bytes: Buffer): Promise<Buffer> {
  const socket = connect(port(), "127.0.0.1");
  socket.write(bytes);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const nested = (depth: number) => {
  let filter = present("cn");
  for (let level = 0; level < depth; level += 1) filter = encode(0xa2, filter);
  return filter;
};
const message = (operation: Buffer) => sequence(integer(1), operation);

test.each([
  ["another protocol", Buffer.from("GET / HTTP/1.1\r\n\r\n")],
  ["a message of two gigabytes", Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff])],
  ["an indefinite length", Buffer.from([0x30, 0x80, 0x00, 0x00])],
  ["a message without an operation", sequence(integer(1))],
  ["an element that runs over its end", sequence(integer(1), Buffer.from([0x63, 0x7f, 0x04]))],
  ["an unknown operation", message(encode(0x7e))],
  ["a filter nested too deep", message(searchOf(root, { filter: nested(200) }))],
  ["a filter of too many items", message(searchOf(root, { filter: encode(0xa1, ...Array.from({ length: 6000 }, () => present("cn"))) }))],
  ["a scope that is none", message(encode(0x63, octets(""), integer(9, 0x0a), integer(0, 0x0a), integer(0), integer(0), encode(1, Buffer.from([0])), present("cn"), sequence()))],
  ["a number of many bytes", sequence(encode(0x02, Buffer.alloc(40, 1)), encode(0x42))],
])("%s ends the connection with a notice", async (_, bytes) => {
  const answer = await until(bytes);
  expect(answer.toString("latin1")).toContain("1.3.6.1.4.1.1466.20036");
});

test("names and values beyond all measure find nothing, soon", async () => {
  const client = await rawLdap(port());
  await outcome(client, simpleBind("ann@alpha.test", password));
  const long = "x".repeat(200_000);
  expect((await outcome(client, searchOf(`CN=${"\\2c ".repeat(50_000)},${root}`, { scope: "base" }))).code).toBe(34);
  expect((await outcome(client, searchOf(root, { filter: equal("cn", long) }))).code).toBe(0);
  expect((await outcome(client, searchOf(root, { filter: equal("msRTCSIP-OptionFlags", "9".repeat(100_000)) }))).entries).toEqual([]);
  expect((await outcome(client, searchOf(root, { filter: equal("member", `${" ".repeat(100_000)}=x`) }))).entries).toEqual([]);
  client.close();
});

test("cookies that nobody fetches do not pile up", async () => {
  const client = await rawLdap(port());
  await outcome(client, simpleBind("ann@alpha.test", password));
  const filter = equal("objectClass", "user");
  const first = await outcome(client, searchOf(root, { filter }), [page(1)]);
  for (let index = 0; index < 15; index += 1) await outcome(client, searchOf(root, { filter }), [page(1)]);
  expect((await outcome(client, searchOf(root, { filter }), [page(1, first.cookie)])).code).toBe(53);
  client.close();
});

test("messages may come byte by byte, and many at once", async () => {
  const socket = connect(port(), "127.0.0.1");
  for (const byte of sequence(integer(1), simpleBind(dnOf("ann"), password))) socket.write(Buffer.from([byte]));
  await once(socket, "data");
  const asked = Array.from({ length: 50 }, (_, index) => sequence(integer(index + 2), searchOf(dnOf("ann"), { scope: "base" })));
  socket.write(Buffer.concat([...asked, sequence(integer(99), encode(0x42))]));
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString("latin1").split("CN=ann,").length - 1).toBe(50);
});
