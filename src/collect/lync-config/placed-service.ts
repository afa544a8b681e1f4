import type { Field } from "./field-types.ts";
import type { ServiceShape } from "./topology-shapes.ts";
import type { TopologyService } from "./topology-types.ts";

/** A service with the pool that it is installed on. */
export interface PlacedService {
  readonly shape: ServiceShape;
  readonly service: TopologyService;
  readonly poolFqdn: Field<string>;
}
