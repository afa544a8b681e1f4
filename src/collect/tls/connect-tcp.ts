import { connect, type Socket } from "node:net";
import { unknown, type Unknown } from "../../model/observation.ts";
import { hostText, type Target } from "./address.ts";
import { lateness, settleWithin, type Allowance } from "./settle-within.ts";

/** What came of a TCP connection: made, refused (nothing listens: an answer too), or not known. */
export type TcpResult =
  | { readonly outcome: "connected"; readonly socket: Socket; readonly address: string; readonly tookMs: number }
  | { readonly outcome: "refused" }
  | { readonly outcome: "unknown"; readonly why: Unknown };

function connectOnce(address: string, port: number, allowance: Allowance, now: () => number): Promise<TcpResult> {
  const where = `${hostText(address)}:${port}`;
  const startedAt = now();
  const socket = connect({ host: address, port, noDelay: true });
  const late = (): TcpResult => {
    socket.destroy();
    return { outcome: "unknown", why: lateness(allowance, `${where} did not accept a connection`) };
  };
  return settleWithin<TcpResult>(allowance, late, (settle) => {
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED") settle({ outcome: "refused" });
      else settle({ outcome: "unknown", why: unknown(error.code === "ETIMEDOUT" ? "timeout" : "unreachable", `no connection to ${where} (${error.code ?? error.message})`) });
    });
    socket.once("connect", () => settle({ outcome: "connected", socket, address: where, tookMs: now() - startedAt }));
  });
}

/** Connects to the first address that accepts; `refused` only when all of them refuse. The time is shared out among the addresses that are left. */
export async function connectTcp(target: Target, allowance: Allowance, now: () => number): Promise<TcpResult> {
  let leftMs = allowance.timeoutMs;
  let unanswered: TcpResult | undefined;
  for (const [index, address] of target.addresses.entries()) {
    const startedAt = now();
    const result = await connectOnce(address, target.port, { signal: allowance.signal, timeoutMs: Math.max(1, leftMs / (target.addresses.length - index)) }, now);
    if (result.outcome === "connected") return result;
    if (result.outcome === "unknown") unanswered ??= result;
    leftMs -= now() - startedAt;
  }
  return unanswered ?? { outcome: "refused" };
}
