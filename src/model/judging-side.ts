import type { EndpointConfig } from "./config.ts";

/** The side that has to trust the certificate of an endpoint: always the other one. UM also speaks with other gateways, so that Exchange judges those. */
export function judgeOf(side: EndpointConfig["side"] | undefined): "lync" | "exchange" {
  return side === "exchange" ? "lync" : "exchange";
}
