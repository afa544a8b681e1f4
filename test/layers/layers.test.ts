import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

// Whether the guard of the layers reads this TypeScript at all, type-only imports included: one that reads nothing finds nothing.
it("the layer check finds each kind of violation in a tree made for it", () => {
  const { stdout, status } = spawnSync(process.execPath, [resolve(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs"), "--config", resolve(root, ".dependency-cruiser.mjs"), "--output-type", "err", "src"], { cwd: resolve(import.meta.dirname, "fixture"), encoding: "utf8" });
  expect(status).toBeGreaterThan(0);
  for (const violation of [
    "layer-model: src/model/breaks-layers.ts → src/cli/command.ts",
    "no-files-in-pure-layers: src/model/breaks-layers.ts → fs",
    "sockets-only-in-collect: src/cli/command.ts → net",
    "collectors-apart: src/collect/ldap/reaches-over.ts → src/collect/dns/other.ts",
    "ldapts-only-in-client: src/collect/ldap/reaches-over.ts",
  ]) expect(stdout).toContain(violation);
}, 30_000);
