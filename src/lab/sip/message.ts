/** A SIP request as far as an answer needs it; header values keep their order. */
export interface SipRequest {
  readonly method: string;
  /** Lower-case long name → values. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

/** What the next bytes of a connection are. */
export type SipInput =
  | { readonly kind: "incomplete" }
  | { readonly kind: "keep-alive"; readonly rest: Buffer }
  | { readonly kind: "request"; readonly request: SipRequest; readonly rest: Buffer }
  | { readonly kind: "malformed" };

/** First byte of a TLS client (RFC 8446 section 5.1), which is no letter of a SIP method. */
const tlsHandshake = 0x16;
const maxHeadBytes = 64 * 1024;
const maxBodyBytes = 1024 * 1024;
const compactNames: Readonly<Record<string, string>> = { v: "via", f: "from", t: "to", i: "call-id", l: "content-length", m: "contact", c: "content-type" };

function headersOf(lines: readonly string[]): ReadonlyMap<string, readonly string[]> | undefined {
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const at = line.indexOf(":");
    const given = line.slice(0, at).trim().toLowerCase();
    if (at < 1 || !/^[\w-]+$/u.test(given)) return undefined;
    const name = compactNames[given] ?? given;
    const values = headers.get(name) ?? [];
    headers.set(name, values);
    values.push(line.slice(at + 1).trim());
  }
  return headers;
}

/** Takes the next message off the bytes of a connection (RFC 3261 section 18.3; keep-alives: RFC 5626 section 3.5.1). */
export function readSip(bytes: Buffer): SipInput {
  if (bytes.length === 0 || bytes.equals(Buffer.from("\r\n")) || bytes.equals(Buffer.from("\r"))) return { kind: "incomplete" };
  if (bytes.subarray(0, 4).equals(Buffer.from("\r\n\r\n"))) return { kind: "keep-alive", rest: bytes.subarray(4) };
  if (bytes.subarray(0, 3).equals(Buffer.from("\r\n\r"))) return { kind: "incomplete" };
  if (bytes[0] === tlsHandshake) return { kind: "malformed" };
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return bytes.length > maxHeadBytes ? { kind: "malformed" } : { kind: "incomplete" };
  const [first = "", ...lines] = bytes.subarray(0, end).toString("utf8").replaceAll(/\r\n[ \t]+/gu, " ").split("\r\n");
  const [, method] = /^([A-Za-z]+) sips?:\S+ SIP\/2\.0$/u.exec(first) ?? [];
  const headers = headersOf(lines);
  if (method === undefined || headers === undefined) return { kind: "malformed" };
  const length = Number(headers.get("content-length")?.[0] ?? "0");
  if (!Number.isInteger(length) || length < 0 || length > maxBodyBytes) return { kind: "malformed" };
  if (bytes.length < end + 4 + length) return { kind: "incomplete" };
  return { kind: "request", request: { method, headers }, rest: bytes.subarray(end + 4 + length) };
}

const needed = ["via", "from", "to", "call-id", "cseq"];

function isWellFormed({ method, headers }: SipRequest): boolean {
  const all = needed.every((name) => (headers.get(name)?.[0] ?? "") !== "");
  return all && new RegExp(`^\\d{1,10}\\s+${method}$`, "u").test(headers.get("cseq")?.[0] ?? "");
}

function echoed({ headers }: SipRequest, tag: string, remote: { readonly address: string; readonly port: number }): readonly string[] {
  const [via = "", ...others] = headers.get("via") ?? [];
  const answered = via.replace(/;rport(?=;|$)/u, `;rport=${remote.port};received=${remote.address}`); // RFC 3581 section 4
  const to = headers.get("to")?.[0] ?? "";
  return [
    ...[answered, ...others].map((value) => `Via: ${value}`),
    ...["From", "Call-ID", "CSeq"].map((name) => `${name}: ${headers.get(name.toLowerCase())?.[0] ?? ""}`),
    `To: ${/;tag=/iu.test(to) ? to : `${to};tag=${tag}`}`,
  ];
}

/** How an endpoint answers. */
export interface SipManner {
  readonly product: string;
  readonly sipStatus?: number | undefined;
  readonly redirectsTo?: readonly string[] | undefined;
}

function optionsStatus({ sipStatus = 200, redirectsTo }: SipManner): string {
  if (redirectsTo !== undefined) return "302 Moved Temporarily";
  return sipStatus === 200 ? "200 OK" : `${sipStatus} Set So`;
}

/** Answers a request: 200, a redirection or the status that is set to OPTIONS, 400 where the request lacks what every request has, else 403; undefined for ACK, which has no answer. */
export function answerSip(request: SipRequest, manner: SipManner, tag: string, remote: { readonly address: string; readonly port: number }): Buffer | undefined {
  if (request.method === "ACK") return undefined;
  const wellFormed = isWellFormed(request);
  const status = wellFormed ? (request.method === "OPTIONS" ? optionsStatus(manner) : "403 Forbidden") : "400 Bad Request";
  const capabilities = status === "200 OK" ? ["Allow: INVITE, ACK, BYE, CANCEL, OPTIONS", "Accept: application/sdp"] : [];
  const contacts = status.startsWith("302") ? (manner.redirectsTo ?? []).map((target) => `Contact: <${target}>`) : [];
  const lines = [`SIP/2.0 ${status}`, ...echoed(request, tag, remote), `Server: ${manner.product}`, ...contacts, ...capabilities, "Content-Length: 0", "", ""];
  return Buffer.from(lines.join("\r\n"), "utf8");
}

/** Refuses what is no SIP request; the connection ends after it. */
export function refuseSip(product: string): Buffer {
  return Buffer.from(`SIP/2.0 400 Bad Request\r\nServer: ${product}\r\nContent-Length: 0\r\n\r\n`, "utf8");
}
