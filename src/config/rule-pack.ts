import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { errorCode } from "../model/error-code.ts";
import { ConfigError } from "../model/errors.ts";
import { isRecord } from "../model/record.ts";
import { readSmallFile } from "./read-small-file.ts";

const prefix = "npm:";
const packageName = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/u;

/**
 * The folder of a rule pack: a path is taken from `base`, `npm:<name>` is looked for in the node_modules folders from `base` upwards. Of a package, package.json
 * says where rules and cases are (`"umpreflight": { "rules": "rules", "cases": "cases" }`, the default); nothing of it is run, and nothing outside of it is read.
 * @throws ConfigError
 */
export function packFolder(entry: string, base: string, part: "rules" | "cases"): string {
  if (!entry.startsWith(prefix)) return resolve(base, entry);
  const name = entry.slice(prefix.length);
  if (!packageName.test(name)) throw new ConfigError("rule-pack", `${entry} names no package`, { hint: "Write npm:name or npm:@scope/name." });
  const root = packageRoot(name, resolve(base));
  const stated = statedFolder(root, part);
  const folder = resolve(root, stated);
  const real = realFolder(folder, entry);
  const inside = relative(root, real);
  if (inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || resolve(inside) === inside) throw new ConfigError("rule-pack", `${entry}: its folder ${JSON.stringify(stated)} of ${part} is not inside the package`, { position: { file: join(root, "package.json") } });
  return real;
}

function packageRoot(name: string, base: string): string {
  for (let folder = base; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return realpathSync(candidate);
    if (dirname(folder) === folder) throw new ConfigError("rule-pack", `there is no package ${name} in the node_modules folders from ${base} upwards`, { hint: `Install it there: npm install ${name}` });
  }
}

function statedFolder(root: string, part: "rules" | "cases"): string {
  const file = join(root, "package.json");
  let value: unknown;
  try {
    value = JSON.parse(readSmallFile(file));
  } catch (cause) {
    throw new ConfigError("rule-pack", `${file} cannot be read${errorCode(cause) === undefined ? ": it is no JSON" : ` (${errorCode(cause)})`}`, { cause });
  }
  const own = isRecord(value) ? value["umpreflight"] : undefined;
  const stated = isRecord(own) ? own[part] : undefined;
  if (stated === undefined) return part;
  if (typeof stated !== "string") throw new ConfigError("rule-pack", `${file}: umpreflight.${part} is no text`);
  return stated;
}

function realFolder(folder: string, entry: string): string {
  try {
    return realpathSync(folder);
  } catch (cause) {
    throw new ConfigError("rule-pack", `${entry}: there is no ${folder}`, { cause });
  }
}
