/** Writes the generated files; with --check says which are not as they would be written, and fails. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { coveragePage } from "./generate/coverage-page.ts";
import { demoSample, readme } from "./generate/demo-sample.ts";
import { factsPage } from "./generate/facts-page.ts";
import { ruleDocumentation } from "./generate/rule-documentation.ts";
import { pageAssets } from "./generate/page-assets.ts";

const root = new URL("..", import.meta.url);
const files: Readonly<Record<string, () => string>> = {
  "docs/coverage.md": coveragePage,
  "docs/facts.md": factsPage,
  "src/report/html/assets.generated.ts": pageAssets,
  "reports/samples/demo.txt": () => demoSample(),
  "reports/samples/demo.fr.txt": () => demoSample("fr"),
  "README.md": readme,
};

const pages = "docs/rules/";
const check = process.argv.includes("--check");
let stale = 0;

function put(file: string, content: string | undefined): void {
  const target = new URL(file, root);
  if (content === undefined ? !existsSync(target) : existsSync(target) && readFileSync(target, "utf8") === content) return;
  if (check) {
    stale += 1;
    console.error(`${file} is not up to date: run \`npm run generate\``);
  } else if (content === undefined) {
    rmSync(target);
    console.log(`removed ${file}`);
  } else {
    mkdirSync(new URL(".", target), { recursive: true });
    writeFileSync(target, content);
    console.log(`wrote ${file}`);
  }
}

for (const [file, make] of Object.entries(files)) put(file, make());
const documentation = ruleDocumentation();
for (const [path, content] of documentation) put(`${pages}${path}`, content);
// Pages of rules that are no more.
for (const path of existsSync(new URL(pages, root)) ? readdirSync(new URL(pages, root), { recursive: true, encoding: "utf8" }) : []) {
  const slashed = path.replaceAll("\\", "/");
  if (slashed.endsWith(".md") && !documentation.has(slashed)) put(`${pages}${slashed}`, undefined);
}
process.exitCode = stale > 0 ? 1 : 0;
