import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { prebuiltKey } from "../../src/config/rules-prebuilt.ts";
import { createTranslationsLoader } from "../../src/config/translations-file.ts";
import { loadTranslations } from "../../src/config/translations-folder.ts";
import { describeError } from "../../src/model/errors.ts";

const load = createTranslationsLoader("fr");
const folder = mkdtempSync(join(tmpdir(), "umpreflight-translations-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("reads texts with where they stand; one without French is not translated yet", () => {
  const loaded = load("fr/gateway.yaml", "gateway/name:\n  - en: A name\n    fr: Un nom\n  - en: Another\n");
  expect(loaded).toMatchObject({ language: "fr", texts: { "gateway/name": [{ en: "A name", text: "Un nom" }, { en: "Another", text: undefined }] }, positions: { "/gateway~1name/0/fr": { line: 3, column: 9 } } });
});

it.each([
  ["gateway/name:\n  - en: A\n    de: Ein\n", "fr/x.yaml:3:5", "de is not known here."],
  ["gateway/name:\n  - fr: Un\n", "fr/x.yaml:2:5", "en is missing."],
  ["gateway/name:\n  - en: A\n    fr: Un\n  - en: A\n    fr: Une\n", "fr/x.yaml:4:5", "this English text stands twice"],
  ["gateway/name:\n  - en: A\n    fr: 12\n", "fr/x.yaml:3:5", "it must be string"],
  ["gateway/name: &a\n  - en: A\n", "fr/x.yaml", "Anchors and aliases are refused."],
  ["gateway: []\n", "fr/x.yaml:1:1", "gateway"],
])("refuses %j", (text, place, message) => {
  const loaded = load("fr/x.yaml", text);
  if ("texts" in loaded) throw new Error("it was taken");
  expect(loaded.map(describeError).join("\n")).toContain(place);
  expect(loaded.map(describeError).join("\n")).toContain(message);
});

it("takes from the build what has not changed since, and reads the rest anew", () => {
  mkdirSync(join(folder, "languages", "fr"), { recursive: true });
  const file = join(folder, "languages", "fr", "gateway.yaml");
  const text = "gateway/name:\n  - en: A\n    fr: Un\n";
  writeFileSync(file, text);
  const [document] = loadTranslations(folder, "fr").documents;
  if (document === undefined) throw new Error("nothing was loaded");
  const prebuilt = new Map([[prebuiltKey(file, text), { ...document, file: "", texts: { "gateway/name": [{ en: "A", text: "From the build" }] } }]]);
  expect(loadTranslations(folder, "fr", prebuilt).documents).toMatchObject([{ file, texts: { "gateway/name": [{ text: "From the build" }] } }]);
  writeFileSync(file, text.replace("Un", "Une"));
  expect(loadTranslations(folder, "fr", prebuilt).documents).toMatchObject([{ texts: { "gateway/name": [{ text: "Une" }] } }]);
  expect(loadTranslations(join(folder, "none"), "fr")).toEqual({ documents: [], errors: [] });
});
