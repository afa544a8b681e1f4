import type { SecretReference } from "../model/secret-reference.ts";
import type { DriftState } from "../model/drift.ts";
import type { Channel, DriftConfig, QuietHours, SmtpChannel, SyslogChannel, WebhookFormat } from "../model/notification.ts";

/** A channel as the file states it: its name and exactly one kind. */
export interface RawChannel {
  readonly name: string;
  readonly webhook?: { readonly url: string | SecretReference; readonly format?: WebhookFormat; readonly authorization?: SecretReference; readonly ca?: readonly string[] };
  readonly smtp?: Pick<SmtpChannel, "host" | "from" | "to"> & Partial<SmtpChannel>;
  readonly syslog?: Pick<SyslogChannel, "host"> & Partial<Omit<SyslogChannel, "facility">> & { readonly facility?: string };
  readonly command?: readonly string[];
}

/** The parts of umpreflight.yaml on drift. */
export interface RawDrift {
  readonly waivers?: string;
  readonly history?: { readonly file: string; readonly keepDays?: number; readonly keepRuns?: number };
  readonly notifications?: { readonly flapGuard?: number; readonly quietHours?: QuietHours; readonly states?: readonly DriftState[]; readonly channels: readonly RawChannel[] };
}

/** What the loader lends: absolute paths, secrets with them, and where to say what is wrong. */
export interface DriftWork {
  readonly path: (relative: string) => string;
  readonly secret: (reference: SecretReference) => SecretReference;
  readonly complain: (pointer: string, message: string, hint?: string) => void;
}

/** Facilities of syslog by number (RFC 5424, table 1). */
const facilities = ["kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp", "audit", "alert", "clock", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7"];
const ports = { smtp: { tls: 465, starttls: 587, none: 25 }, syslog: { udp: 514, tcp: 514, tls: 6514 } } as const;
const defaultStates: readonly DriftState[] = ["new", "changed", "unknown-now", "fixed", "gone"];

/** What umpreflight.yaml says on drift, checked and with defaults. */
export function driftOf(raw: RawDrift, work: DriftWork): DriftConfig {
  const { waivers, history, notifications } = raw;
  const seen = new Set<string>();
  const channels = (notifications?.channels ?? []).flatMap((channel, at) => {
    if (seen.has(channel.name)) work.complain(`/notifications/channels/${at}/name`, `${channel.name} stands twice.`);
    seen.add(channel.name);
    return channelOf(channel, `/notifications/channels/${at}`, work) ?? [];
  });
  if (channels.length > 0 && history === undefined) work.complain("/notifications", "notifications need a history: what changed is known only from it, and messages wait in it.", "Add history: { file: umpreflight-history.db }.");
  return {
    retention: { days: history?.keepDays ?? 400, runs: history?.keepRuns ?? 60 },
    notifications: { flapGuard: notifications?.flapGuard ?? 1, states: notifications?.states ?? defaultStates, channels, ...(notifications?.quietHours === undefined ? {} : { quietHours: notifications.quietHours }) },
    ...(waivers === undefined ? {} : { waivers: work.path(waivers) }),
    ...(history === undefined ? {} : { history: work.path(history.file) }),
  };
}

function channelOf(raw: RawChannel, pointer: string, work: DriftWork): Channel | undefined {
  const { name, webhook, smtp, syslog, command } = raw;
  const kinds = [webhook, smtp, syslog, command].filter((kind) => kind !== undefined).length;
  if (kinds !== 1) work.complain(pointer, "a channel has exactly one of webhook, smtp, syslog and command.");
  const ca = (files: readonly string[] | undefined): { readonly ca?: readonly string[] } => (files === undefined ? {} : { ca: files.map(work.path) });
  if (webhook !== undefined) {
    const { url, format, authorization } = webhook;
    if (typeof url === "string") checkUrl(url, `${pointer}/webhook/url`, work);
    return { type: "webhook", name, url: typeof url === "string" ? url : work.secret(url), format: format ?? "json", ...(authorization === undefined ? {} : { authorization: work.secret(authorization) }), ...ca(webhook.ca) };
  }
  if (smtp !== undefined) return smtpOf(name, smtp, pointer, work);
  if (syslog !== undefined) {
    const transport = syslog.transport ?? "udp";
    return { type: "syslog", name, host: syslog.host, transport, port: syslog.port ?? ports.syslog[transport], facility: facilities.indexOf(syslog.facility ?? "local0"), ...ca(syslog.ca) };
  }
  const [program, ...rest] = command ?? [];
  return program === undefined ? undefined : { type: "command", name, argv: [program, ...rest] };
}

function smtpOf(name: string, raw: NonNullable<RawChannel["smtp"]>, pointer: string, work: DriftWork): SmtpChannel {
  const { host, from, to, user, password } = raw;
  const security = raw.security ?? "starttls";
  if ((user === undefined) !== (password === undefined)) work.complain(`${pointer}/smtp`, "user and password belong together.");
  if (security === "none" && password !== undefined) work.complain(`${pointer}/smtp/security`, "a password is not sent over an unencrypted connection.", "Use tls or starttls.");
  return {
    type: "smtp", name, host, from, to, security,
    port: raw.port ?? ports.smtp[security],
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password: work.secret(password) }),
    ...(raw.ca === undefined ? {} : { ca: raw.ca.map(work.path) }),
  };
}

function checkUrl(url: string, pointer: string, { complain }: DriftWork): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !["http:", "https:"].includes(parsed.protocol)) complain(pointer, `${JSON.stringify(url)} is no http or https address.`);
  else if (parsed.username !== "" || parsed.password !== "") complain(pointer, "a password does not stand in the address.", "Name where it is found: url: { env: NAME }, or authorization: { env: NAME }.");
}
