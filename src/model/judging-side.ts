import type { EndpointConfig, JudgingSide } from "./config.ts";

/** The side that has to trust the certificate of an endpoint: always the other one. UM also speaks with other gateways, so that Exchange judges those; to the outer side of the Edge come partners and hosted voice mail. */
export function judgeOf(side: EndpointConfig["side"] | undefined): JudgingSide {
  if (side === "edge-external") return "public";
  return side === "exchange" ? "lync" : "exchange";
}

/** Whose roots, in words. */
export function rootsText(side: JudgingSide): string {
  return side === "public" ? "public roots" : `the ${side} side's anchors`;
}
