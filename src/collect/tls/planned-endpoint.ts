import type { EndpointConfig } from "../../model/config.ts";
import { absent, type Observation, type Unknown } from "../../model/observation.ts";

/** An endpoint to probe. */
export interface PlannedEndpoint extends EndpointConfig {
  readonly id: string;
  /** Ids of the objects it belongs to. */
  readonly server?: string;
  readonly pool?: string;
  /** Thumbprint that the directory assigns to the service: known, positively absent, or not read. */
  readonly assignedThumbprint: Observation<string>;
  /** Why it is probed. */
  readonly source: string;
}

/** What there is to probe; `missing` says what kept the list from being complete. */
export interface EndpointPlan {
  readonly endpoints: readonly PlannedEndpoint[];
  readonly missing: readonly Unknown[];
}

/** The directory assigns certificates to UM services and call routers only. */
export const noThumbprint = absent("directory");
