import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packFolder } from "../../src/config/rule-pack.ts";
import { loadRuleFolder } from "../../src/config/rules-folder.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "umpreflight-packs-")));
const site = join(root, "site");
const installed = (name: string) => join(root, "node_modules", name);

function install(name: string, manifest: string, ...folders: readonly string[]): void {
  for (const folder of ["", ...folders]) mkdirSync(join(installed(name), folder), { recursive: true });
  writeFileSync(join(installed(name), "package.json"), manifest);
}

beforeAll(() => {
  mkdirSync(site, { recursive: true });
  mkdirSync(join(root, "outside"));
  install("plain", "{}", "rules", "cases");
  install("@contoso/um-rules", JSON.stringify({ main: "./throws.js", umpreflight: { rules: "packs/um", cases: "packs/cases" } }), "packs/um", "packs/cases");
  writeFileSync(join(installed("@contoso/um-rules"), "throws.js"), 'throw new Error("was run")');
  install("escapes", JSON.stringify({ umpreflight: { rules: "../../outside" } }));
  install("absolute", JSON.stringify({ umpreflight: { rules: join(root, "outside") } }));
  install("whole", JSON.stringify({ umpreflight: { rules: "." } }));
  install("odd", JSON.stringify({ umpreflight: { rules: 7 } }));
  install("broken", "{");
  install("huge", " ".repeat(1024 * 1024 + 1), "rules");
  install("linked-out", "{}");
  symlinkSync(join(root, "outside"), join(installed("linked-out"), "rules"));
  symlinkSync(installed("plain"), installed("store-link"));
});
afterAll(() => rmSync(root, { recursive: true }));

it("takes paths from the folder of the configuration, and packages from node_modules upwards", () => {
  expect(packFolder("./ours", site, "rules")).toBe(resolve(site, "ours"));
  expect(packFolder("npm:plain", site, "rules")).toBe(join(installed("plain"), "rules"));
  expect(packFolder("npm:@contoso/um-rules", site, "rules")).toBe(join(installed("@contoso/um-rules"), "packs/um"));
  expect(packFolder("npm:@contoso/um-rules", site, "cases")).toBe(join(installed("@contoso/um-rules"), "packs/cases"));
  expect(packFolder("npm:store-link", site, "rules")).toBe(join(installed("plain"), "rules"));
});

it.each([
  ["npm:missing", "there is no package missing"],
  ["npm:../outside", "names no package"],
  ["npm:@contoso/../plain", "names no package"],
  ["npm:", "names no package"],
  ["npm:escapes", "is not inside the package"],
  ["npm:absolute", "is not inside the package"],
  ["npm:whole", "is not inside the package"],
  ["npm:linked-out", "is not inside the package"],
  ["npm:odd", "umpreflight.rules is no text"],
  ["npm:broken", "it is no JSON"],
  ["npm:huge", "cannot be read (1048577 bytes, more than 1048576)"],
])("refuses %s", (entry, message) => {
  expect(() => packFolder(entry, site, "rules")).toThrow(message);
});

it("follows no link in a pack, and reads no file that is far too large", () => {
  const pack = join(root, "pack");
  mkdirSync(join(pack, "area"), { recursive: true });
  writeFileSync(join(pack, "area/large.yaml"), "#".repeat(1024 * 1024 + 1));
  expect(() => loadRuleFolder(pack)).toThrow("cannot be read (1048577 bytes");
  rmSync(join(pack, "area/large.yaml"));
  symlinkSync("/etc/hostname", join(pack, "area/secret.yaml"));
  expect(() => loadRuleFolder(pack)).toThrow("area/secret.yaml is a symbolic link");
  rmSync(join(pack, "area/secret.yaml"));
  symlinkSync(join(root, "outside"), join(pack, "other"));
  expect(() => loadRuleFolder(pack)).toThrow("other is a symbolic link");
});
