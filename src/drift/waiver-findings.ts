import { singletonId } from "../model/ids.ts";
import type { Finding, Severity } from "../model/finding.ts";
import type { Waiver } from "../model/waiver.ts";

/** How one waiver fared in a run. */
export interface WaiverUse {
  readonly waiver: Waiver;
  readonly expired: boolean;
  /** Findings that it accepts, or would if it had not expired. */
  waived: number;
  /** Unknown findings that it would accept if it said so. */
  refusedUnknown: number;
  /** Its subjects that are fine. */
  settled: number;
  /** All subjects that its rule judged one by one. */
  judged: number;
  /** The subjects of its rule were not all read. */
  undecidable: boolean;
  /** Id of the subject that was probably meant. */
  near: string | undefined;
}

const dayMs = 86_400_000;
const globLimit = 10;

/** Rules that the waivers themselves are judged by. They are no files: waivers are not facts of a deployment. */
export const waiverRules = {
  "waiver/expired": { title: "Waivers have not expired", severity: "major" },
  "waiver/expires-soon": { title: "Waivers do not expire soon", severity: "advice" },
  "waiver/unused": { title: "Waivers are needed", severity: "advice" },
  "waiver/over-broad": { title: "Waivers accept what they were made for", severity: "major" },
} as const satisfies Record<string, { readonly title: string; readonly severity: Severity }>;

/** Findings on waivers. */
export function waiverFindings(uses: readonly WaiverUse[], context: { readonly now: Date; readonly soonDays: number; readonly rules: readonly string[] }): readonly Finding[] {
  return uses.flatMap((use) => [...expiry(use, context), ...unused(use, context.rules), ...overBroad(use)]);
}

function finding(rule: keyof typeof waiverRules, { waiver }: WaiverUse, message: string, remedy: string): Finding {
  const subject = { kind: "deployment" as const, id: `${singletonId.deployment}/waiver/${waiver.id}`, name: `waiver ${waiver.id}` };
  const { position } = waiver;
  const source = `${position.file}${position.line === undefined ? "" : `:${position.line}`}`;
  const evidence = Object.entries({ rule: waiver.rule, subject: "id" in waiver.subject ? waiver.subject.id : waiver.subject.glob, owner: waiver.owner, expires: waiver.expires }).map(([fact, value]) => ({ subject, fact, value, state: "known" as const, source }));
  return { rule, ...waiverRules[rule], requirements: [], subject, outcome: "warn", message, reasons: [], evidence, remedy: { text: remedy, commands: [] }, references: [], disposition: "open" };
}

function ownerText({ owner, ticket, rule }: Waiver): string {
  return `${rule} (owner ${owner}${ticket === undefined ? "" : `, ${ticket}`})`;
}

function expiry(use: WaiverUse, { now, soonDays }: { readonly now: Date; readonly soonDays: number }): readonly Finding[] {
  const { waiver, expired, waived } = use;
  const leftMs = Date.parse(waiver.expires) - now.getTime();
  if (expired) {
    const effect = waived === 0 ? "Nothing needs it any more." : `${waived} finding(s) that it accepted count again.`;
    return [finding("waiver/expired", use, `The waiver ${waiver.id} for ${ownerText(waiver)} expired at ${waiver.expires}. ${effect}`, waived === 0 ? "Remove it." : "Mend what it accepted, or have its owner accept it anew with a later date.")];
  }
  if (leftMs > soonDays * dayMs || waived === 0) return [];
  return [finding("waiver/expires-soon", use, `The waiver ${waiver.id} for ${ownerText(waiver)} expires at ${waiver.expires}; ${waived} finding(s) will then count again.`, "Mend what it accepts before, or have its owner accept it anew.")];
}

function unused(use: WaiverUse, rules: readonly string[]): readonly Finding[] {
  const { waiver, waived, settled, refusedUnknown, undecidable, near, expired } = use;
  if (waived > 0 || expired) return [];
  const remedy = "Remove it from the waivers file, or mend its rule and subject.";
  if (!rules.includes(waiver.rule)) return [finding("waiver/unused", use, `The waiver ${waiver.id} is for ${waiver.rule}, but no such rule runs in this profile.`, remedy)];
  // What was not read may be what it is for.
  if (refusedUnknown > 0) return [finding("waiver/unused", use, `The waiver ${waiver.id} accepts nothing: what it is for is unknown, and it does not accept unknown.`, "Mend what keeps it from being read; only if that is accepted, say so with `unknown: true`.")];
  if (undecidable) return [];
  if (settled > 0) return [finding("waiver/unused", use, `The waiver ${waiver.id} for ${ownerText(waiver)} is not needed: its subject is fine.`, remedy)];
  const meant = near === undefined ? "" : ` Subjects are named by their stable id: ${near} was probably meant.`;
  return [finding("waiver/unused", use, `The waiver ${waiver.id} for ${ownerText(waiver)} accepts nothing: its rule judged no such subject.${meant}`, remedy)];
}

function overBroad(use: WaiverUse): readonly Finding[] {
  const { waiver, waived, settled, refusedUnknown, judged } = use;
  if (!("glob" in waiver.subject)) return [];
  const matched = waived + settled + refusedUnknown;
  const limit = waiver.atMost ?? globLimit;
  const everything = waiver.atMost === undefined && matched === judged && matched > 1;
  if (matched <= limit && !everything) return [];
  return [finding("waiver/over-broad", use, `The waiver ${waiver.id} for ${ownerText(waiver)} takes in ${everything ? `all ${matched}` : matched} subjects by the glob ${waiver.subject.glob}: whatever breaks among them later is accepted unseen.`, "Name the subjects by their ids, narrow the glob, or state with `atMost` how many are meant.")];
}
