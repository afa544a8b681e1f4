import type { WebhookFormat } from "../model/notification.ts";

/** A channel with its secrets and certificates at hand. */
export type ReadyChannel =
  | { readonly type: "webhook"; readonly name: string; readonly url: string; readonly format: WebhookFormat; readonly authorization: string | undefined; readonly ca: readonly string[] | undefined }
  | { readonly type: "smtp"; readonly name: string; readonly host: string; readonly port: number; readonly security: "tls" | "starttls" | "none"; readonly user: string | undefined; readonly password: string | undefined; readonly from: string; readonly to: readonly string[]; readonly ca: readonly string[] | undefined }
  | { readonly type: "syslog"; readonly name: string; readonly host: string; readonly port: number; readonly transport: "udp" | "tcp" | "tls"; readonly facility: number; readonly ca: readonly string[] | undefined }
  | { readonly type: "command"; readonly name: string; readonly argv: readonly [string, ...(readonly string[])] };

/** What sending needs from around it. */
export interface SendContext {
  readonly timeoutMs: number;
  /** Name of this machine. */
  readonly host: string;
  readonly pid: number;
  readonly now: Date;
  readonly signal: AbortSignal;
}
