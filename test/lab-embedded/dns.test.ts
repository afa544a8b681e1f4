import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../src/lab/lab.ts";
import { startLab } from "../../src/lab/start.ts";
import type { DnsRecord } from "../../src/lab/types.ts";
import { tinyDeployment } from "./tiny-deployment.ts";

interface Message {
  readonly id: number;
  readonly rcode: string;
  readonly flag_aa: boolean;
  readonly flag_tc: boolean;
  readonly questions: readonly { readonly name: string }[];
  readonly answers: readonly { readonly name: string; readonly type: string; readonly data: unknown }[];
  readonly authorities: readonly { readonly name: string; readonly type: string; readonly data: unknown }[];
  readonly additionals: readonly { readonly name: string; readonly type: string; readonly udpPayloadSize?: number }[];
}
const codec = createRequire(import.meta.url)("dns-packet") as { readonly encode: (packet: object) => Buffer; readonly decode: (bytes: Buffer) => Message };

const record = (name: string, type: DnsRecord["type"], data: readonly string[], view: DnsRecord["view"] = "inside"): DnsRecord => ({ view, name, type, data });
const records: readonly DnsRecord[] = [
  record("alpha.test", "SOA", ["dc1.alpha.test", "hostmaster.alpha.test", "7", "900", "600", "86400", "60"]),
  record("alpha.test", "NS", ["dc1.alpha.test"]),
  record("dc1.alpha.test", "A", ["192.0.2.1"], "both"),
  record("dc1.alpha.test", "AAAA", ["2001:db8::1"]),
  record("_ldap._tcp.alpha.test", "SRV", ["dc1.alpha.test", "389", "5", "100"]),
  record("admin.alpha.test", "CNAME", ["web.alpha.test"]),
  record("web.alpha.test", "CNAME", ["dc1.alpha.test"]),
  record("dangling.alpha.test", "CNAME", ["gone.alpha.test"]),
  record("away.alpha.test", "CNAME", ["www.example.org"]),
  record("loop.alpha.test", "CNAME", ["loop.alpha.test"]),
  record("alpha.test", "TXT", ["v=lab", "two"]),
  record("2.0.192.in-addr.arpa", "SOA", ["dc1.alpha.test", "hostmaster.alpha.test", "1", "900", "600", "86400", "60"]),
  record("1.2.0.192.in-addr.arpa", "PTR", ["dc1.alpha.test"]),
  record("host.nosoa.test", "A", ["192.0.2.9"], "outside"),
  ...Array.from({ length: 40 }, (_, index) => record("big.alpha.test", "A", [`192.0.2.${index + 10}`])),
];

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ ...tinyDeployment, forests: [], dns: records });
});
afterAll(() => lab.close());

const asked = (name: string, type: string, id: number, payload?: number) =>
  codec.encode({ type: "query", id, flags: 0x100, questions: [{ name, type }], additionals: payload === undefined ? [] : [{ type: "OPT", name: ".", udpPayloadSize: payload }] });

async function datagram(bytes: Buffer, port = lab.dns.inside.port, waitMs = 300): Promise<Buffer | undefined> {
  const socket = createSocket("udp4");
  socket.connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.send(bytes);
  const answer = await Promise.race([once(socket, "message").then(([message]) => message as Buffer), new Promise<undefined>((resolve) => setTimeout(resolve, waitMs, undefined))]);
  socket.close();
  return answer;
}

async function udp(name: string, type: string, view: "inside" | "outside" = "inside", payload?: number): Promise<Message & { readonly size: number }> {
  const answer = await datagram(asked(name, type, 4711, payload), lab.dns[view].port);
  if (answer === undefined) throw new Error("no answer");
  return { ...codec.decode(answer), size: answer.length };
}

async function tcp(name: string, type: string): Promise<Message> {
  const socket = connect(lab.dns.inside.port, "127.0.0.1");
  const query = asked(name, type, 1);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(query.length);
  socket.write(length);
  socket.write(query);
  let bytes = Buffer.alloc(0);
  for await (const chunk of socket) {
    bytes = Buffer.concat([bytes, chunk as Buffer]);
    if (bytes.length >= 2 && bytes.length >= 2 + bytes.readUInt16BE(0)) break;
  }
  return codec.decode(bytes.subarray(2));
}

const dataOf = ({ answers }: Message) => answers.map(({ data }) => data);

test("answers every type with authority, repeating the spelling of the question", async () => {
  const answer = await udp("DC1.Alpha.Test", "A");
  expect(answer).toMatchObject({ id: 4711, rcode: "NOERROR", flag_aa: true, flag_tc: false, answers: [{ name: "DC1.Alpha.Test", data: "192.0.2.1" }] });
  expect(dataOf(await udp("dc1.alpha.test", "AAAA"))).toEqual(["2001:db8::1"]);
  expect(dataOf(await udp("alpha.test", "NS"))).toEqual(["dc1.alpha.test"]);
  expect(dataOf(await udp("alpha.test", "SOA"))).toMatchObject([{ mname: "dc1.alpha.test", serial: 7, minimum: 60 }]);
  expect(dataOf(await udp("alpha.test", "TXT"))).toEqual([[Buffer.from("v=lab"), Buffer.from("two")]]);
  expect(dataOf(await udp("1.2.0.192.in-addr.arpa", "PTR"))).toEqual(["dc1.alpha.test"]);
  expect((await udp("alpha.test", "ANY")).answers.map(({ type }) => type)).toEqual(["SOA", "NS", "TXT"]);
});

test("a service record brings the addresses of its target", async () => {
  const answer = await udp("_ldap._tcp.alpha.test", "SRV");
  expect(dataOf(answer)).toEqual([{ target: "dc1.alpha.test", port: 389, priority: 5, weight: 100 }]);
  expect(answer.additionals.map(({ type }) => type)).toEqual(["A", "AAAA"]);
});

test("follows aliases as far as its zones go", async () => {
  expect((await udp("admin.alpha.test", "A")).answers.map(({ name, type }) => `${name} ${type}`)).toEqual(["admin.alpha.test CNAME", "web.alpha.test CNAME", "dc1.alpha.test A"]);
  expect(await udp("dangling.alpha.test", "A")).toMatchObject({ rcode: "NXDOMAIN", answers: [{ type: "CNAME" }], authorities: [{ type: "SOA" }] });
  expect(await udp("away.alpha.test", "A")).toMatchObject({ rcode: "NOERROR", answers: [{ data: "www.example.org" }], authorities: [] });
  expect((await udp("loop.alpha.test", "A")).answers.length).toBeLessThan(10);
  expect((await udp("admin.alpha.test", "CNAME")).answers).toHaveLength(1);
});

test("tells a name that is not there from a type that is not, each with the SOA", async () => {
  expect(await udp("nobody.alpha.test", "A")).toMatchObject({ rcode: "NXDOMAIN", answers: [], authorities: [{ name: "alpha.test", type: "SOA" }] });
  expect(await udp("dc1.alpha.test", "TXT")).toMatchObject({ rcode: "NOERROR", answers: [], authorities: [{ type: "SOA" }] });
  expect(await udp("_tcp.alpha.test", "A")).toMatchObject({ rcode: "NOERROR", answers: [] }); // there is something below it
});

test("refuses what is in none of its zones; the views differ", async () => {
  expect(await udp("www.example.org", "A")).toMatchObject({ rcode: "REFUSED", flag_aa: false });
  expect(await udp("host.nosoa.test", "A")).toMatchObject({ rcode: "REFUSED" });
  expect(await udp("host.nosoa.test", "A", "outside")).toMatchObject({ rcode: "NOERROR", flag_aa: true });
  expect(await udp("dc1.alpha.test", "AAAA", "outside")).toMatchObject({ rcode: "NOERROR", answers: [] });
});

test("truncates to what the client takes, and TCP has everything", async () => {
  const small = await udp("big.alpha.test", "A");
  expect(small).toMatchObject({ flag_tc: true, answers: [] });
  expect(small.size).toBeLessThanOrEqual(512);
  const large = await udp("big.alpha.test", "A", "inside", 4000);
  expect(large).toMatchObject({ flag_tc: false, answers: { length: 40 }, additionals: [{ type: "OPT" }] });
  expect(await udp("big.alpha.test", "A", "inside", 600)).toMatchObject({ flag_tc: true });
  expect(await tcp("big.alpha.test", "A")).toMatchObject({ flag_tc: false, answers: { length: 40 } });
});

test.each([
  ["servfail", { rcode: "SERVFAIL", answers: [] }],
  ["refused", { rcode: "REFUSED", answers: [] }],
  ["wrong-id", { id: 4712, answers: [{ data: "192.0.2.1" }] }],
  ["wrong-question", { questions: [{ name: "other.dc1.alpha.test" }] }],
  ["truncated", { flag_tc: true, answers: [] }],
  ["lame", { rcode: "NOERROR", flag_aa: false, answers: [], authorities: [{ type: "NS" }] }],
] as const)("answers one name %s on request, and the others properly", async (how, expected) => {
  lab.answerWrongly({ view: "inside", name: "DC1.alpha.test.", type: "A", how });
  expect(await udp("dc1.alpha.test", "A")).toMatchObject(expected);
  expect(await udp("dc1.alpha.test", "AAAA")).toMatchObject({ rcode: "NOERROR", answers: [{ type: "AAAA" }] });
  expect(await udp("dc1.alpha.test", "A", "outside")).toMatchObject({ answers: [{ type: "A" }] });
  if (how === "truncated") expect(await tcp("dc1.alpha.test", "A")).toMatchObject({ answers: [{ type: "A" }] });
  lab.answerWrongly({ view: "inside", name: "dc1.alpha.test", type: "A", how: undefined });
  expect(await udp("dc1.alpha.test", "A")).toMatchObject({ id: 4711, rcode: "NOERROR", flag_aa: true, answers: [{ data: "192.0.2.1" }] });
});

test("drops, delays or garbles the answer for a name on request", async () => {
  const query = asked("web.alpha.test", "A", 1);
  for (const how of ["drop", "slow"] as const) {
    lab.answerWrongly({ view: "inside", name: "web.alpha.test", how });
    expect(await datagram(query)).toBeUndefined();
  }
  expect(await datagram(query, lab.dns.inside.port, 3000)).toBeDefined();
  lab.answerWrongly({ view: "inside", name: "web.alpha.test", how: "garbage" });
  const garbage = (await datagram(query)) ?? Buffer.alloc(0);
  expect(garbage.subarray(0, 2)).not.toEqual(query.subarray(0, 2));
  lab.answerWrongly({ view: "inside", name: "web.alpha.test", how: undefined });
});

test("says nothing to what is no query, and notes what it cannot do", async () => {
  expect(await datagram(Buffer.from("hello"))).toBeUndefined();
  const answer = Buffer.from(asked("dc1.alpha.test", "A", 5));
  answer[2] = 0x80; // a response
  expect(await datagram(answer)).toBeUndefined();
  const update = Buffer.from(asked("dc1.alpha.test", "A", 5));
  update[2] = 5 << 3;
  expect(codec.decode((await datagram(update)) ?? Buffer.alloc(12)).rcode).toBe("NOTIMP");
});

test("a whole server can be silent, closed, or lie, and comes back", async () => {
  const query = asked("dc1.alpha.test", "A", 1);
  await lab.misbehave({ server: "dns:inside", how: "stall" });
  expect(await datagram(query)).toBeUndefined();
  await lab.misbehave({ server: "dns:inside", how: "oversize" });
  expect((await datagram(query))?.length).toBeGreaterThan(50_000);
  await lab.misbehave({ server: "dns:inside", how: "truncate" });
  expect((await datagram(query))?.length).toBeLessThan(40);
  await lab.misbehave({ server: "dns:inside", how: "refuse" });
  await expect(tcp("dc1.alpha.test", "A")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await expect(datagram(query)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await lab.misbehave({ server: "dns:inside", how: undefined });
  expect(dataOf(await udp("dc1.alpha.test", "A"))).toEqual(["192.0.2.1"]);
  expect(dataOf(await tcp("dc1.alpha.test", "A"))).toEqual(["192.0.2.1"]);
});
