import type { SecretReference } from "./secret-reference.ts";
import type { DriftState } from "./drift.ts";
import type { Retention } from "./history.ts";

/** Formats that a webhook can be sent. */
export type WebhookFormat = "json" | "teams" | "slack";

/** An HTTP address to post to. The address often holds a token, so it may be a secret. */
export interface WebhookChannel {
  readonly type: "webhook";
  readonly name: string;
  readonly url: string | SecretReference;
  readonly format: WebhookFormat;
  /** Value of the Authorization header. */
  readonly authorization?: SecretReference;
  readonly ca?: readonly string[];
}

/** A mail server. */
export interface SmtpChannel {
  readonly type: "smtp";
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly security: "tls" | "starttls" | "none";
  readonly user?: string;
  readonly password?: SecretReference;
  readonly from: string;
  readonly to: readonly string[];
  readonly ca?: readonly string[];
}

/** A syslog receiver (RFC 5424 over RFC 5426, 6587 or 5425). */
export interface SyslogChannel {
  readonly type: "syslog";
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly transport: "udp" | "tcp" | "tls";
  readonly facility: number;
  readonly ca?: readonly string[];
}

/** A program that is given the digest as JSON on its standard input. No shell is involved. */
export interface CommandChannel {
  readonly type: "command";
  readonly name: string;
  readonly argv: readonly [string, ...(readonly string[])];
}

/** Where what changed is said. */
export type Channel = WebhookChannel | SmtpChannel | SyslogChannel | CommandChannel;

/** Hours in which nothing is sent; what is to be said waits until they end. Local time, `HH:MM`. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** What is said, when and where. */
export interface Notifications {
  /** Runs in a row that a finding must stand, or be away, before it is told. */
  readonly flapGuard: number;
  readonly quietHours?: QuietHours;
  readonly states: readonly DriftState[];
  readonly channels: readonly Channel[];
}

/** What umpreflight.yaml says on drift. Paths are absolute. */
export interface DriftConfig {
  readonly waivers?: string;
  readonly history?: string;
  readonly retention: Retention;
  readonly notifications: Notifications;
}
