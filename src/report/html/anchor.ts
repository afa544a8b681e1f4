import type { Finding } from "../../model/finding.ts";
import { fingerprintOf } from "../fingerprint.ts";

const longest = 240;

/** Text of a fragment: what browsers leave alone in one stays readable. */
function fragmentText(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(/%(?:2F|3A|2C|3D|40)/g, decodeURIComponent);
}

/** Id of a finding in the page: `rule/subject`, the link to it is `#` and this. A subject with a very long id is named by its fingerprint. */
export function findingAnchor(finding: Pick<Finding, "rule" | "subject">): string {
  const anchor = `${fragmentText(finding.rule)}/${fragmentText(finding.subject.id)}`;
  return anchor.length <= longest ? anchor : `${anchor.slice(0, 100).replace(/%.?$/, "")}~${fingerprintOf(finding)}`;
}
