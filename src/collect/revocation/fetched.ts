import type { UnknownReason } from "../../model/observation.ts";

/** Why nothing was fetched. `not-found`: the server answered that it is not there; `refused`: we did not ask; `failed`: nobody knows. */
export interface NotFetched {
  readonly outcome: "not-found" | "failed" | "refused";
  readonly reason: UnknownReason;
  readonly detail: string;
  /** Refused since only the forest's own directory holds it, and that forest is not configured. */
  readonly insideOnly?: true;
  /** Status of the HTTP answer, where there was one. */
  readonly httpStatus?: number;
}

/** What an address gave: bodies or attribute values, or why not. */
export type Fetched = { readonly outcome: "fetched"; readonly bodies: readonly Uint8Array[] } | NotFetched;

/** Nothing fetched, and why. */
export function notFetched(outcome: NotFetched["outcome"], reason: UnknownReason, detail: string): NotFetched {
  return { outcome, reason, detail };
}
