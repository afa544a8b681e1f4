/** Writes the generated files; with --check says which are not as they would be written, and fails. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { coveragePage } from "./generate/coverage-page.ts";
import { demoSample, readme } from "./generate/demo-sample.ts";
import { factsPage } from "./generate/facts-page.ts";

const root = new URL("..", import.meta.url);
const files: Readonly<Record<string, () => string>> = {
  "docs/coverage.md": coveragePage,
  "docs/facts.md": factsPage,
  "reports/samples/demo.txt": demoSample,
  "README.md": readme,
};

const check = process.argv.includes("--check");
let stale = 0;
for (const [file, make] of Object.entries(files)) {
  const target = new URL(file, root);
  const content = make();
  if (existsSync(target) && readFileSync(target, "utf8") === content) continue;
  if (check) {
    stale += 1;
    console.error(`${file} is not up to date: run \`npm run generate\``);
  } else {
    writeFileSync(target, content);
    console.log(`wrote ${file}`);
  }
}
process.exitCode = stale > 0 ? 1 : 0;
