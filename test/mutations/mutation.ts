import type { Mistake } from "../../src/lab/deployment/demo-mistakes.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import type { ProfileName } from "../../src/model/rule.ts";
import type { OutcomeChange } from "./outcome-changes.ts";
import type { Scanned } from "./scan.ts";

/** What the scanner's configuration has beside that of the healthy deployment. */
export interface ScannerSetup {
  readonly profile?: ProfileName;
  /** Attestations that say no. */
  readonly denied?: readonly string[];
  /** Lync Phone Edition phones are in use. */
  readonly phoneEdition?: boolean;
  /** A second file of the Lync configuration, with these changes. */
  readonly secondExport?: readonly Change[];
  /** A second DNS server of a view, with these changes. */
  readonly secondResolver?: { readonly view: "inside" | "outside"; readonly changes: readonly Change[] };
}

/** A change of the healthy deployment, and exactly the checks whose outcome it changes. */
export interface Mutation extends Mistake {
  readonly expect: readonly OutcomeChange[];
  readonly setup: ScannerSetup;
  /** Endpoints (`host:port`) whose certificate is not seen any more: each check of it that passed is undecided. */
  readonly unseen: readonly string[];
  /** What changes beside where names are really resolved: the embedded lab's scanner is told where to connect. */
  readonly inRealLab?: Pick<Mutation, "expect" | "unseen">;
  /** Why the real lab cannot carry it. */
  readonly embeddedOnly?: string;
}

/** A mutation, with its expected changes given in groups. */
export function mutation(id: string, title: string, changes: Mutation["changes"], ...expect: readonly (readonly OutcomeChange[])[]): Mutation {
  return { id, title, changes, expect: expect.flat(), unseen: [], setup: {} };
}

/** The same, with the scanner set up in another way. */
export function withSetup(setup: ScannerSetup, given: Mutation): Mutation {
  return { ...given, setup };
}

/** The same, with endpoints whose certificate is not seen any more. */
export function withUnseen(unseen: readonly string[], given: Mutation): Mutation {
  return { ...given, unseen };
}

/** The same, with what else changes in the real lab. */
export function alsoInRealLab(inRealLab: Pick<Mutation, "expect" | "unseen">, given: Mutation): Mutation {
  return { ...given, inRealLab };
}

/** The same for the embedded lab alone, with the reason. */
export function embeddedOnly(reason: string, given: Mutation): Mutation {
  return { ...given, embeddedOnly: reason };
}

/** All that a mutation is expected to change, compared with the scan of the healthy deployment. */
export function expectedChanges({ expect, unseen, inRealLab }: Mutation, healthy: Scanned, lab: "embedded" | "real"): readonly OutcomeChange[] {
  const listed = lab === "real" ? [...expect, ...(inRealLab?.expect ?? [])] : expect;
  const hidden = lab === "real" ? [...unseen, ...(inRealLab?.unseen ?? [])] : unseen;
  const undecided = healthy.findings.filter(({ rule, subject, outcome }) => rule.startsWith("certificate/") && outcome === "pass" && subject.kind === "endpoint" && hidden.includes(subject.name));
  return [...listed, ...undecided.map(({ rule, subject }): OutcomeChange => ({ rule, subject: subject.name, from: "pass", to: "unknown" }))];
}
