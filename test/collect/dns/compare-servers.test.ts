import { expect, test } from "vitest";
import { compareServers, type ServerComparison } from "../../../src/collect/dns/compare-servers.ts";
import { createView } from "../../../src/collect/dns/resolver.ts";
import { a, cname, soa, startServer, type ReplyContent } from "./scripted-server.ts";

const name = "pool.contoso.test";
const one: ReplyContent = { answers: [a(name, "10.0.0.1"), a(name, "10.0.0.2")] };
const oneRotated: ReplyContent = { answers: [a(name, "10.0.0.2", 17), a(name, "10.0.0.1", 17)] };
const other: ReplyContent = { answers: [a(name, "10.0.0.1")] };
const nxdomain: ReplyContent = { rcode: 3 };
const nodata: ReplyContent = { authorities: [soa("contoso.test")] };
const refused: ReplyContent = { rcode: 5 };

/** Compares servers that give these replies; `differing` and `unread` as positions. */
async function compare(...replies: readonly ReplyContent[]): Promise<Pick<ServerComparison, "verdict"> & { readonly differing: readonly number[]; readonly unread: readonly number[] }> {
  await using stack = new AsyncDisposableStack();
  const ports: number[] = [];
  for (const content of replies) ports.push(stack.use(await startServer((query) => query.reply(content))).server.port);
  const comparison = await compareServers(createView({ name: "inside", servers: ports.map((port) => ({ address: "127.0.0.1", port })) }), name, "A");
  const differing = comparison.verdict === "disagree" ? comparison.differing.map(({ port }) => ports.indexOf(port)) : [];
  return { verdict: comparison.verdict, differing, unread: comparison.unread.map(({ server }) => ports.indexOf(server.port)) };
}

test.each([
  ["the same set in another order, with other times to live", [one, oneRotated], { verdict: "agree", differing: [], unread: [] }],
  ["absence on both", [nxdomain, nxdomain], { verdict: "agree", differing: [], unread: [] }],
  ["the name missing on one and empty on the other: no records on both", [nxdomain, nodata], { verdict: "agree", differing: [], unread: [] }],
  ["a record more", [one, other], { verdict: "disagree", differing: [1], unread: [] }],
  ["absence against records", [one, oneRotated, nxdomain], { verdict: "disagree", differing: [2], unread: [] }],
  ["another alias with the same addresses", [{ answers: [cname(name, "x.test"), a("x.test", "10.0.0.1")] }, { answers: [cname(name, "y.test"), a("y.test", "10.0.0.1")] }], { verdict: "disagree", differing: [1], unread: [] }],
  ["an unread server beside two that agree", [refused, one, oneRotated], { verdict: "agree", differing: [], unread: [0] }],
  ["an unread server beside two that disagree", [one, refused, other], { verdict: "disagree", differing: [2], unread: [1] }],
  ["one server that could be read", [one, refused], { verdict: "unknown", differing: [], unread: [1] }],
  ["no server that could be read", [refused, refused], { verdict: "unknown", differing: [], unread: [0, 1] }],
  ["a view of one server", [one], { verdict: "unknown", differing: [], unread: [] }],
])("%s", async (_, replies, expected) => {
  expect(await compare(...replies)).toEqual(expected);
});

test("a server that is not of the view is not asked", async () => {
  await using server = await startServer((query) => query.reply(one));
  const view = createView({ name: "inside", servers: [{ address: "127.0.0.1", port: 9 }] });
  expect(await view.lookupAt(server.server, name, "A")).toMatchObject({ outcome: "unknown", reason: "not-collected" });
  expect(server.received).toHaveLength(0);
});
