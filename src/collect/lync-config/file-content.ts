import type { DraftSections } from "./sections.ts";
import type { LyncConfigurationProblem } from "./types.ts";

/** What a file said, before it is given its name and digest. */
export interface FileContent {
  readonly sections: DraftSections;
  readonly problems: readonly LyncConfigurationProblem[];
  readonly exportedAt?: string;
}
