import { describe, expect, it } from "vitest";
import { lintTranslationsOf } from "../../src/app/lint-languages.ts";
import { loadRules, ruleSources } from "../../src/app/load-rules.ts";
import { kinds } from "../../src/model/kinds.ts";
import { kindTitle } from "../../src/model/kind-titles.ts";
import { translatedLanguages } from "../../src/model/language.ts";
import { describeError } from "../../src/model/errors.ts";
import { wordsOf } from "../../src/report/words.ts";

const root = new URL("../../", import.meta.url);
const shipped = ruleSources(undefined, { rules: [] });

it("every text of the shipped rules and processes is translated, none is outdated, and all name what the English text names", () => {
  const { problems, notes } = lintTranslationsOf(root, loadRules(root, shipped), []);
  expect([...problems, ...notes].map(describeError)).toEqual([]);
});

describe.each(translatedLanguages)("%s", (language) => {
  it("has a title for every kind", () => {
    const without = Object.entries(kinds).filter(([kind, { title }]) => kindTitle(kind, language) === title);
    expect(without.map(([kind]) => kind)).toEqual([]);
  });

  it("has labels that fit their columns", () => {
    const { marks, change, label, process } = wordsOf(language);
    const labels = [...Object.values(marks), ...Object.values(change.marks), label.seen, label.stated, label.remedy, label.see, process.who, process.checks, process.unseen];
    expect(labels.filter((text) => text.length > 8)).toEqual([]);
  });

  it("has no straight apostrophe and no plain space where its typography wants others", () => {
    const { rules } = loadRules(root, shipped, language);
    const texts = rules.flatMap(({ document: { rule, translated } }) => Object.values(translated ?? {}).map(({ text }) => `${rule.id}: ${text.replaceAll(/\{(?:[^{}"']|"[^"]*"|'[^']*')*\}|`[^`]*`/gu, "x")}`));
    expect(texts.filter((text) => language === "fr" && /(?<=\p{L})'(?=\p{L})| [;?!»]|(?<=\p{L}) :(?= )/u.test(text))).toEqual([]);
  });
});
