import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { RuleDocument } from "../model/rule.ts";

/** Rules that were read and checked when the package was built, by the SHA-256 of their file: reading 200 YAML files anew costs more than all else at start-up. */
export type PrebuiltRules = ReadonlyMap<string, RuleDocument>;

/** The key of a rule file: its text, and its path's last two parts, which decide its id. */
export function prebuiltKey(file: string, text: string): string {
  return createHash("sha256").update(`${file.split(/[/\\]/u).slice(-2).join("/")}\n${text}`).digest("base64url");
}

/** Loads what the build wrote; nothing where there is no such file. A rule whose text has changed since has another key and is read anew. */
export function loadPrebuilt(file: string): PrebuiltRules {
  if (!existsSync(file)) return new Map();
  return new Map(Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, RuleDocument>));
}
