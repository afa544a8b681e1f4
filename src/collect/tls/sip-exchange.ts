import type { Duplex } from "node:stream";
import type { Unknown } from "../../model/observation.ts";
import { lateness, settleWithin, type Allowance } from "./settle-within.ts";
import { createSipReader, writeOptions, type OptionsRequest, type SipAnswer } from "./sip-message.ts";
import type { TlsEnd } from "./tls-failure.ts";

/** How an exchange ended. */
export type SipEnding =
  | { readonly ending: "answer"; readonly answer: SipAnswer }
  | { readonly ending: "malformed"; readonly detail: string }
  | { readonly ending: "closed"; readonly end: TlsEnd; readonly isInside: boolean }
  | { readonly ending: "late"; readonly why: Unknown };

/** An exchange, with what it shows about the connection. */
export interface SipExchange {
  readonly result: SipEnding;
  /** Whether anything at all came back. */
  readonly heard: boolean;
  /** Milliseconds from our request to the end; 0 when it was not sent. */
  readonly tookMs: number;
}

/**
 * Sends OPTIONS over a connection, as soon as `whenReady` calls back, and reads until the final answer, the end of the connection, or the end of the
 * allowance. The caller destroys the stream.
 */
export async function askOptions(stream: Duplex, request: OptionsRequest, allowance: Allowance, now: () => number, whenReady: (send: () => void) => void = (send) => send()): Promise<SipExchange> {
  const reader = createSipReader(request);
  let sentAt: number | undefined;
  let heard = false;
  const late = (): SipEnding => ({ ending: "late", why: lateness(allowance, "no SIP answer") });
  const result = await settleWithin<SipEnding>(allowance, late, (settle) => {
    const close = (end: TlsEnd): void => settle({ ending: "closed", end, isInside: reader.isInside() });
    stream.on("error", close);
    stream.once("end", () => close(undefined));
    stream.once("close", () => close(undefined));
    stream.on("data", (chunk: Buffer) => {
      heard = true;
      const reading = reader.read(chunk);
      if (reading.state === "more") return;
      stream.pause();
      settle(reading.state === "answer" ? { ending: "answer", answer: reading.answer } : { ending: "malformed", detail: reading.detail });
    });
    whenReady(() => {
      sentAt = now();
      if (!stream.destroyed) stream.write(writeOptions(request));
    });
  });
  return { result, heard, tookMs: sentAt === undefined ? 0 : now() - sentAt };
}
