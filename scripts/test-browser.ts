/**
 * usage: node scripts/test-browser.ts [vitest arguments]
 *
 * Runs the `browser` tests in headless Chromium: the one that UMPREFLIGHT_CHROMIUM names, or Debian's, which is installed where this runs as root.
 * Exit code: that of vitest, or 1 where there is no Chromium.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

function say(text: string): void {
  console.error(`test-browser: ${text}`);
}

function found(): string | undefined {
  const named = process.env["UMPREFLIGHT_CHROMIUM"];
  return [...(named === undefined ? [] : [named]), ...usual].find((file) => existsSync(file));
}

/** Installs Debian's Chromium, where that can be done. */
function install(): void {
  if (process.getuid?.() !== 0 || spawnSync("sh", ["-c", "command -v apt-get"]).status !== 0) return;
  say("installing Debian's package chromium");
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "chromium"]]) spawnSync("apt-get", args, { stdio: "inherit", env: environment });
}

if (found() === undefined) install();
const chromium = found();
if (chromium === undefined) {
  say("there is no Chromium: install it (Debian: apt-get install chromium), or name one in UMPREFLIGHT_CHROMIUM");
  process.exitCode = 1;
} else {
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const { status } = spawnSync(process.execPath, [vitest, "run", "--project", "browser", ...process.argv.slice(2)], { stdio: "inherit", cwd: root, env: { ...process.env, UMPREFLIGHT_CHROMIUM: chromium } });
  process.exitCode = status ?? 1;
}
