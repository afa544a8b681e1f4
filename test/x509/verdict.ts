import { validatePath, type PathRequest, type PathResult } from "../../src/x509/index.ts";
import { NOW, type Issued } from "./issue.ts";

/** Validates a leaf under intermediates and one anchor, with defaults that ask for nothing special. */
export async function judge(path: readonly [leaf: Issued, ...intermediates: Issued[]], anchor: Issued, request: Partial<PathRequest> = {}): Promise<PathResult> {
  const [leaf, ...intermediates] = path;
  return validatePath({ leaf: leaf.der, intermediates: intermediates.map(({ der }) => der), anchors: [anchor.der], at: NOW, purpose: "serverAuth", ...request });
}

/** `ok`, or the sorted codes of the failures. */
export function verdict(result: PathResult): string {
  const failures = result.problems.filter(({ severity }) => severity === "fail").map(({ code }) => code);
  return result.ok ? "ok" : [...new Set(failures)].sort().join(" ");
}
