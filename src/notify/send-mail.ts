import { createTransport } from "nodemailer";
import type { Digest } from "../model/digest.ts";
import type { ReadyChannel, SendContext } from "./channel.ts";
import { digestHtml, digestText, headline } from "./digest-text.ts";

type Smtp = Extract<ReadyChannel, { type: "smtp" }>;

/** The domain of an address, for the Message-ID. */
function domainOf(address: string): string {
  return /@([A-Za-z0-9.-]+)>?\s*$/.exec(address)?.[1] ?? "umpreflight.invalid";
}

/**
 * Sends a digest as a mail with text and HTML. Its Message-ID is the same however often it is sent: a mail server that took it before can know it again.
 * @throws Error where the server does not take it for every recipient
 */
export async function sendMail(channel: Smtp, digest: Digest, { timeoutMs, host: ownName }: SendContext): Promise<void> {
  const { host, port, security, user, password, from, to, ca, name } = channel;
  const transport = createTransport({
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    name: ownName,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    tls: { minVersion: "TLSv1.2", ...(ca === undefined ? {} : { ca: [...ca] }) },
    // Texts of directories never name files or addresses to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === undefined || password === undefined ? {} : { auth: { user, pass: password } }),
  });
  try {
    const { rejected } = await transport.sendMail({
      from,
      to: [...to],
      subject: headline(digest),
      text: digestText(digest),
      html: digestHtml(digest),
      messageId: `<${digest.id}.${name}@${domainOf(from)}>`,
      // No vacation answers (RFC 3834).
      headers: { "Auto-Submitted": "auto-generated" },
    });
    // The others have it: sent again, it would come twice to them.
    if (rejected.length > 0 && rejected.length === to.length) throw new Error("the server refused every recipient");
  } finally {
    transport.close();
  }
}
