import type { Mistake } from "../../src/lab/deployment/demo-mistakes.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import type { ProfileName } from "../../src/model/rule.ts";
import type { OutcomeChange } from "./outcome-changes.ts";

/** What the scanner's configuration has beside that of the healthy deployment. */
export interface ScannerSetup {
  readonly profile?: ProfileName;
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
  /** Why the real lab cannot carry it. */
  readonly embeddedOnly?: string;
}

/** A mutation, with its expected changes given in groups. */
export function mutation(id: string, title: string, changes: Mutation["changes"], ...expect: readonly (readonly OutcomeChange[])[]): Mutation {
  return { id, title, changes, expect: expect.flat(), setup: {} };
}

/** The same, with the scanner set up in another way. */
export function withSetup(setup: ScannerSetup, given: Mutation): Mutation {
  return { ...given, setup };
}

/** The same for the embedded lab alone, with the reason. */
export function embeddedOnly(reason: string, given: Mutation): Mutation {
  return { ...given, embeddedOnly: reason };
}
