import type { Observer } from "../../../model/subject.ts";
import type { Listing } from "./container.ts";
import type { Links } from "./links.ts";
import type { ForestSession } from "./session.ts";

/** What readers of one Lync deployment share. */
export interface LyncReading {
  readonly session: ForestSession;
  readonly observer: Observer;
  readonly links: Links;
  readonly deployment: string;
  /** Everything below RTC Service that is asked for, by class. */
  readonly below: Listing;
}
