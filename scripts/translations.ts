/**
 * `node scripts/translations.ts`: writes rules/languages/<language>/<area>.yaml anew in the order of the rules, with an entry for every text. Those without a
 * translation have their English text only; those whose English text is gone stay at the end of their rule until a translator has moved what is worth moving; `--prune` leaves them out.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { loadShippedRules, refuseRules, shippedProcess } from "../src/app/load-rules.ts";
import { loadTranslations } from "../src/app/load-translations.ts";
import { textsOf } from "../src/engine/rule-texts.ts";
import { processTextId, processTexts } from "../src/engine/translate-rules.ts";
import { translatedLanguages } from "../src/model/language.ts";
import { profiles } from "../src/model/rule.ts";

const root = new URL("..", import.meta.url);
const wanted = [
  ...loadShippedRules(root).rules.map(({ id, document }) => ({ id, texts: textsOf(document.rule) })),
  ...profiles.map((profile) => ({ id: processTextId({ id: profile }), texts: processTexts(shippedProcess(root, profile)) })),
];
const areas = Map.groupBy(wanted, ({ id }) => id.split("/")[0] ?? id);

for (const language of translatedLanguages) {
  const known = new Map(loadTranslations(root, [], language, refuseRules).flatMap(({ texts }) => Object.entries(texts)));
  const folder = new URL(`rules/languages/${language}/`, root);
  mkdirSync(folder, { recursive: true });
  let missing = 0;
  for (const [area, rules] of areas) {
    const entries = rules.map(({ id, texts }) => {
      const translations = known.get(id) ?? [];
      const current = [...texts.keys()].map((en) => ({ en, text: translations.find((one) => one.en === en)?.text }));
      const outdated = process.argv.includes("--prune") ? [] : translations.filter(({ en, text }) => text !== undefined && !texts.has(en));
      missing += current.filter(({ text }) => text === undefined).length;
      return [id, [...current, ...outdated].map(({ en, text }) => (text === undefined ? { en } : { en, [language]: text }))] as const;
    });
    const file = new URL(`${area}.yaml`, folder);
    const content = `# Texts of rules/${area} in this language; docs/translations.md says how.\n${entries.map((entry) => stringify(Object.fromEntries([entry]), { lineWidth: 0 })).join("\n")}`;
    if (!existsSync(file) || readFileSync(file, "utf8") !== content) {
      writeFileSync(file, content);
      console.log(`wrote ${fileURLToPath(file)}`);
    }
  }
  console.log(`${language}: ${missing} texts are not translated`);
}
