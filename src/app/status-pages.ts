import { UsageError } from "../model/errors.ts";
import { startStatusServer, type Page, type StatusServer } from "../notify/status-server.ts";

/** Serves pages on loopback. @throws UsageError when the port is taken or may not be had */
export async function openStatusPages(port: number, page: (path: string) => Promise<Page | undefined>): Promise<StatusServer> {
  try {
    return await startStatusServer(port, page);
  } catch (cause) {
    throw new UsageError("port", `port ${port} of 127.0.0.1 cannot be had: ${cause instanceof Error ? cause.message : String(cause)}`, { cause, hint: "Give another --port; 0 takes any that is free." });
  }
}
