import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

function found(): string | undefined {
  const named = process.env["UMPREFLIGHT_CHROMIUM"];
  return [...(named === undefined ? [] : [named]), ...usual].find((file) => existsSync(file));
}

/** The browser that UMPREFLIGHT_CHROMIUM names, or the system's; Debian's is installed where this runs as root. Undefined where there is none: that was said. */
export function chromiumFile(): string | undefined {
  if (found() === undefined && process.getuid?.() === 0 && spawnSync("sh", ["-c", "command -v apt-get"]).status === 0) {
    console.error("installing Debian's package chromium");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    for (const args of [["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "chromium"]]) spawnSync("apt-get", args, { stdio: "inherit", env });
  }
  const file = found();
  if (file === undefined) console.error("there is no Chromium: install it (Debian: apt-get install chromium), or name one in UMPREFLIGHT_CHROMIUM");
  return file;
}
