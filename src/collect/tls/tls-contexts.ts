import type { SecureContext } from "node:tls";
import type { Known, Unknown } from "../../model/observation.ts";
import type { JudgingSide } from "../../model/config.ts";
import { permissiveContext, type KeyPair } from "./permissive-context.ts";

/** A context to connect with, and whether its verdict on the peer means anything. */
export interface JudgingContext {
  readonly context: SecureContext;
  readonly judgedBy: JudgingSide;
  /** Why there is no verdict; undefined: the judging side's anchors are known. */
  readonly unjudged: Unknown | undefined;
}

/** Anchors that OpenSSL can load. One that it cannot is told of by the anchor set; it must not keep us from connecting. */
function usable(anchors: readonly Uint8Array[]): readonly Uint8Array[] {
  return anchors.filter((der) => {
    try {
      permissiveContext(undefined, [der]);
      return true;
    } catch {
      return false;
    }
  });
}

/** Makes one context per judging side, shared by all connections: making one costs more than a handshake. */
export function judgingContexts(own: KeyPair | undefined, anchors: Readonly<Record<JudgingSide, Known<readonly Uint8Array[]> | Unknown>>): Readonly<Record<JudgingSide, JudgingContext>> {
  const make = (judgedBy: JudgingSide): JudgingContext => {
    const observation = anchors[judgedBy];
    const ders = observation.state === "known" ? usable(observation.value) : [];
    return { context: permissiveContext(own, ders), judgedBy, unjudged: observation.state === "unknown" ? observation : undefined };
  };
  return { lync: make("lync"), exchange: make("exchange"), public: make("public") };
}
