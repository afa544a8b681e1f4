import { expect, test } from "vitest";
import { collectDns } from "../../../src/collect/dns/collect-dns.ts";
import { createView } from "../../../src/collect/dns/resolver.ts";
import { known } from "../../../src/model/observation.ts";
import { createStore } from "../../../src/snapshot/store.ts";
import { a, soa, startServer, type ReplyContent } from "./scripted-server.ts";

const name = "um1.contoso.test";
const nothing: ReplyContent = { authorities: [soa("contoso.test")] };
const aaaa = (address: string): ReplyContent => ({ answers: [{ type: "AAAA", name, ttl: 60, data: address }] });

test.each<[string, ReplyContent, number]>([
  ["the same addresses", aaaa("2001:db8::1"), 0],
  ["another IPv6 address beside the same IPv4 address", aaaa("2001:db8::2"), 1],
  ["no IPv6 address beside the same IPv4 address", nothing, 1],
])("of a second server with %s", async (_, second, differing) => {
  const answers = (content: ReplyContent) => startServer((query) => query.reply(query.type === "A" ? { answers: [a(name, "10.0.0.1")] } : query.type === "AAAA" ? content : nothing));
  await using one = await answers(aaaa("2001:db8::1"));
  await using two = await answers(second);
  const store = createStore(async () => undefined);
  store.subject({ kind: "exchangeServer", id: "s", name: "s" });
  store.observe("exchangeServer", "s", "fqdn", known(name, "test"));
  const inside = createView({ name: "inside", servers: [one.server, two.server] });
  await collectDns({ views: { inside, outside: undefined } }, { signal: new AbortController().signal, now: () => 0, subjects: store, observer: store, progress: () => undefined });
  const disagreeing = store.get("dnsName", `inside/${name}`)?.facts["disagreeing"];
  expect(disagreeing).toEqual(known(differing === 0 ? [] : [`127.0.0.1:${two.server.port}`], "DNS inside"));
});

test.each<[string, boolean, string]>([
  ["answered", true, "read"],
  ["refused everything", false, "not-read"],
])("a view whose server %s is %s", async (_, answers, status) => {
  await using one = await startServer((query) => query.reply(answers ? nothing : { rcode: 5 }));
  const store = createStore(async () => undefined);
  store.subject({ kind: "exchangeServer", id: "s", name: "s" });
  store.observe("exchangeServer", "s", "fqdn", known(name, "test"));
  const inside = createView({ name: "inside", servers: [one.server] });
  const targets = await collectDns({ views: { inside, outside: undefined } }, { signal: new AbortController().signal, now: () => 0, subjects: store, observer: store, progress: () => undefined });
  expect(targets.find((target) => target.name === "inside")?.status).toBe(status);
});
