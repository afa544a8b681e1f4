/**
 * Bundles the program, the embedded lab and the public x509 module into dist/ (ESM, split so that start-up loads little), writes the type declarations of the
 * public module, and reads the shipped rules, translations and processes once so that starting the program need not parse them.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { loadProcess } from "../src/config/process-file.ts";
import { loadRuleFolder } from "../src/config/rules-folder.ts";
import { prebuiltKey } from "../src/config/rules-prebuilt.ts";
import { loadTranslations } from "../src/config/translations-folder.ts";
import { translatedLanguages } from "../src/model/language.ts";
import { profiles } from "../src/model/rule.ts";

const root = new URL("..", import.meta.url);
const { version } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as { version: string };
rmSync(new URL("dist", root), { recursive: true, force: true });
await build({
  absWorkingDir: fileURLToPath(root),
  entryPoints: { cli: "src/cli/main.ts", lab: "src/lab/index.ts", x509: "src/x509/index.ts", "pfx-worker": "src/collect/tls/pfx-worker.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node22.12",
  packages: "external",
  define: { __VERSION__: JSON.stringify(version) },
  chunkNames: "chunks/[name]-[hash]",
  logLevel: "warning",
});
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "scripts/tsconfig.types.json"], { cwd: root, stdio: "inherit" });

const { documents } = loadRuleFolder(fileURLToPath(new URL("rules", root)));
const prebuilt = documents.map((document) => [prebuiltKey(document.file, readFileSync(document.file, "utf8")), { ...document, file: "" }] as const);
writeFileSync(new URL("dist/rules.json", root), JSON.stringify(Object.fromEntries(prebuilt)));

for (const language of translatedLanguages) {
  const translations = loadTranslations(fileURLToPath(new URL("rules", root)), language).documents;
  const known = translations.map((document) => [prebuiltKey(document.file, readFileSync(document.file, "utf8")), { ...document, file: "" }] as const);
  writeFileSync(new URL(`dist/translations-${language}.json`, root), JSON.stringify(Object.fromEntries(known)));
}

const processFolder = fileURLToPath(new URL("rules/process", root));
const processes = profiles.map((id) => [prebuiltKey(`process/${id}.yaml`, readFileSync(`${processFolder}/${id}.yaml`, "utf8")), loadProcess(processFolder, id)] as const);
writeFileSync(new URL("dist/processes.json", root), JSON.stringify(Object.fromEntries(processes)));
