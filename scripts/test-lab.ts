/**
 * usage: node scripts/test-lab.ts [vitest arguments]
 *
 * Runs the `lab` tests against two real Active Directory forests (Samba), DNS and SIP servers in a network namespace of their own. Needs Debian 12 or later
 * and root; installs missing packages. Exit code: that of vitest, or 1 where the lab cannot be had. The built lab is kept in .lab/cache for a week.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const scripts = join(root, "test", "lab");
const commands = ["samba", "samba-tool", "ldapsearch", "dig", "dnsmasq", "kamailio", "promtool", "unshare", "ip", "/usr/bin/python3"];

function run(command: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): number {
  const done = spawnSync(command, args, { stdio: "inherit", cwd: root, env: { ...process.env, ...environment } });
  if (done.error !== undefined) console.error(`${command}: ${done.error.message}`);
  return done.status ?? 1;
}

function missingCommands(): readonly string[] {
  return commands.filter((name) => spawnSync("sh", ["-c", `command -v "$1"`, "sh", name]).status !== 0);
}

function say(text: string): void {
  console.error(`test-lab: ${text}`);
}

/** Whether everything that the lab needs is there, after trying to install it; says what is missing. */
function isReady(): boolean {
  if (process.platform !== "linux") {
    say("the lab needs Linux (Debian 12 or later)");
    return false;
  }
  const missing = missingCommands();
  if (process.getuid?.() !== 0) {
    say(`root is needed (network and mount namespaces, ports below 1024)${missing.length > 0 ? `; missing as well: ${missing.join(", ")} (${join(scripts, "lab-install")})` : ""}`);
    return false;
  }
  if (missing.length === 0) return true;
  say(`installing Debian packages for ${missing.join(", ")}`);
  const status = run(join(scripts, "lab-install"), []);
  const still = missingCommands();
  if (status !== 0 || still.length > 0) say(`could not install the packages; missing: ${still.join(", ") || "see above"}`);
  return status === 0 && still.length === 0;
}

/** Inside the namespace: start, test, stop. The work directory is new each time, so that nothing of a killed run is in the way. */
function testInside(args: readonly string[]): number {
  const lab = mkdtempSync(join(tmpdir(), "umpreflight-lab-"));
  try {
    if (run("ip", ["link", "set", "lo", "up"]) !== 0) return 1;
    if (run(join(scripts, "lab-up"), [lab, "--cache", join(root, ".lab", "cache")], { NODE: process.execPath }) !== 0) return 1;
    const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
    return run(process.execPath, [vitest, "run", "--project", "lab", ...args], { UMPREFLIGHT_LAB: lab });
  } finally {
    run(join(scripts, "lab-down"), [lab]);
    rmSync(lab, { recursive: true, force: true });
  }
}

const [, script = "", ...args] = process.argv;
if (args[0] === "--inside") process.exitCode = testInside(args.slice(1));
else if (isReady()) process.exitCode = run("unshare", ["--net", process.execPath, script, "--inside", ...args]);
else process.exitCode = 1;
