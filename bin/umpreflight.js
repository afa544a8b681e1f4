#!/usr/bin/env node
// Starts the built program. Plain old syntax up to the check, so that an outdated Node can say so instead of failing to parse.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write("umpreflight needs Node.js 22.12 or newer; this is " + process.versions.node + ".\n");
  process.exitCode = 2;
} else {
  const { main } = await import("../dist/cli.js");
  process.exitCode = await main(process.argv.slice(2), new URL("..", import.meta.url));
}
