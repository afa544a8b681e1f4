import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { frenchSentence, frenchSentences } from "../../src/model/french-sentences.ts";

it.each([
  ["worked out", "déduit"],
  ["directory fabrikam.test (fdc1.fabrikam.test:636)", "annuaire fabrikam.test (fdc1.fabrikam.test:636)"],
  ["the account has not the right to read this (00002098: SecErr)", "le compte n’a pas le droit de lire ceci (00002098: SecErr)"],
  ["no TLS handshake: the server closed the connection", "pas de négociation TLS\u00a0: le serveur a fermé la connexion"],
  ["fail no-trusted-issuer (CN=a): CN=a is self-issued and not among the trust anchors.", "échec no-trusted-issuer (CN=a)\u00a0: CN=a est émis par lui-même et ne figure pas parmi les ancres d’approbation."],
  ["Every SIP domain is an authoritative accepted domain of the tenant.", "Chaque domaine SIP est un domaine accepté faisant autorité du locataire."],
  ["something that somebody else wrote", "something that somebody else wrote"],
  ["HQ", "HQ"],
  ["inside", "inside"],
  ["DNS inside (10.0.0.53)", "DNS, vue interne (10.0.0.53)"],
])("%s", (english, french) => {
  expect(frenchSentence(english)).toBe(french);
});

it("every sentence is one that the program still says, with as many blanks in French", () => {
  const folder = new URL("../../src/", import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts") && !name.includes("french")).map((name) => readFileSync(new URL(name, folder), "utf8")).join("\n");
  const longest = (english: string): string => english.split(/\{\}|[();:]/u).toSorted((a, b) => b.length - a.length)[0]?.trim() ?? "";
  expect(frenchSentences.map(([english]) => english).filter((english) => !sources.includes(longest(english)))).toEqual([]);
  expect(frenchSentences.filter(([english, french]) => english.split("{}").length !== french.split("{}").length)).toEqual([]);
  expect(new Set(frenchSentences.map(([english]) => english)).size).toBe(frenchSentences.length);
});

it("is quick whatever the text", () => {
  const started = performance.now();
  for (const text of ["fail ".padEnd(1000, "("), "the ".repeat(250), ` (${" (".repeat(400)}`, "{} ({}): ".repeat(110)]) frenchSentence(text);
  expect(performance.now() - started).toBeLessThan(1000);
});
