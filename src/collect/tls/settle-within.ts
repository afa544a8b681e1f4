import { unknown, type Unknown } from "../../model/observation.ts";

/** How long a step may take: its own time and a signal that ends the whole endpoint. */
export interface Allowance {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** Why a step ended without a result: its time was up, or the whole run was interrupted. */
export function lateness({ signal, timeoutMs }: Allowance, what: string): Unknown {
  const isTimeout = !signal.aborted || (signal.reason instanceof Error && signal.reason.name === "TimeoutError");
  if (!isTimeout) return unknown("not-collected", `interrupted: ${what}`);
  return unknown("timeout", signal.aborted ? `${what} before the time for this endpoint was up` : `${what} within ${timeoutMs} ms`);
}

/** Runs `start` until it calls back, or until the allowance is used up, and then gives what `late` says. Later calls do nothing. */
export function settleWithin<T>(allowance: Allowance, late: () => T, start: (settle: (value: T) => void) => void): Promise<T> {
  const { signal, timeoutMs } = allowance;
  if (signal.aborted) return Promise.resolve(late());
  return new Promise((resolve, reject) => {
    const settle = (value: T): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
      resolve(value);
    };
    const giveUp = (): void => settle(late());
    const timer = setTimeout(giveUp, timeoutMs);
    signal.addEventListener("abort", giveUp, { once: true });
    try {
      start(settle);
    } catch (error) {
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
      reject(error);
    }
  });
}
