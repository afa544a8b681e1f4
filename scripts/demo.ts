/** `npm run demo`: builds if needed, runs `umpreflight demo`, and says plainly that its exit code 1 means that the planted mistakes were found. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
if (!existsSync(new URL("../dist/cli.js", import.meta.url))) spawnSync(process.execPath, ["scripts/build.ts"], { cwd: root, stdio: "inherit" });
const { status } = spawnSync(process.execPath, ["bin/umpreflight.js", "demo", "--output", "reports/demo", ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
if (status === 1) {
  console.log("\nThe demo worked: the planted mistakes were found, so the program's exit code is 1. Open reports/demo/report.html in a browser; the other reports lie beside it.");
} else {
  console.error(`\nThe demo did not go as planned: exit code ${status}, where 1 (mistakes found) was expected.`);
  process.exitCode = 1;
}
