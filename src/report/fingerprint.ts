import { createHash } from "node:crypto";
import { findingKey } from "../model/drift.ts";
import type { Finding } from "../model/finding.ts";

/** What identifies a finding from run to run, as 32 hex digits: its rule and its subject's kind and id, never a name, a text or a date. */
export function fingerprintOf(finding: Pick<Finding, "rule" | "subject">): string {
  return createHash("sha256").update(findingKey(finding)).digest("hex").slice(0, 32);
}
