import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { RuleDocument } from "../model/rule.ts";

/** Files that were read and checked when the package was built, by the SHA-256 of each: reading 200 YAML files anew costs more than all else at start-up. */
export type Prebuilt<T> = ReadonlyMap<string, T>;
/** Rules that were read when the package was built. */
export type PrebuiltRules = Prebuilt<RuleDocument>;

/** The key of a file: its text, and its path's last two parts, which decide its id. */
export function prebuiltKey(file: string, text: string): string {
  return createHash("sha256").update(`${file.split(/[/\\]/u).slice(-2).join("/")}\n${text}`).digest("base64url");
}

/** Loads what the build wrote; nothing where there is no such file. A file whose text has changed since has another key and is read anew. */
export function loadPrebuilt<T>(file: string): Prebuilt<T> {
  if (!existsSync(file)) return new Map();
  return new Map(Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, T>));
}
