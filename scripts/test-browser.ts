/** usage: node scripts/test-browser.ts [vitest arguments]: runs the `browser` tests in headless Chromium. Exit code: that of vitest, or 1 where there is no Chromium. */
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { chromiumFile } from "./chromium.ts";

const root = resolve(import.meta.dirname, "..");
const chromium = chromiumFile();
if (chromium === undefined) process.exitCode = 1;
else {
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const { status } = spawnSync(process.execPath, [vitest, "run", "--project", "browser", ...process.argv.slice(2)], { stdio: "inherit", cwd: root, env: { ...process.env, UMPREFLIGHT_CHROMIUM: chromium } });
  process.exitCode = status ?? 1;
}
