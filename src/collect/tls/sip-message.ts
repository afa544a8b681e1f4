import { createByteBuffer } from "./byte-buffer.ts";
import { hostText } from "./address.ts";
import { sipTargets, type SipTarget } from "./sip-target.ts";

/** Names and random marks of an OPTIONS request. */
export interface OptionsRequest {
  readonly host: string;
  readonly port: number;
  readonly transport: "tls" | "tcp";
  /** Host name of the sender. */
  readonly sender: string;
  /** Random text of letters and digits that makes branch, tag and Call-ID unique (RFC 3261 section 8.1.1). */
  readonly mark: string;
}

/** The Call-ID of the request with this mark. */
function callIdOf(request: OptionsRequest): string {
  return `${request.mark}@${request.sender}`;
}

/** Writes an OPTIONS request (RFC 3261 sections 8.1.1 and 11.1). */
export function writeOptions(request: OptionsRequest): Buffer {
  const { host, port, transport, sender, mark } = request;
  const target = `${hostText(host)}:${port}`;
  return Buffer.from(
    [
      `OPTIONS sip:${target};transport=${transport} SIP/2.0`,
      `Via: SIP/2.0/${transport.toUpperCase()} ${hostText(sender)};branch=z9hG4bK${mark};rport`,
      "Max-Forwards: 70",
      `From: <sip:${hostText(sender)}>;tag=${mark}`,
      `To: <sip:${target}>`,
      `Call-ID: ${callIdOf(request)}`,
      "CSeq: 1 OPTIONS",
      `Contact: <sip:${hostText(sender)};transport=${transport}>`,
      "Accept: application/sdp",
      "User-Agent: umpreflight",
      "Content-Length: 0",
      "",
      "",
    ].join("\r\n"),
    "latin1",
  );
}

/** A final answer. */
export interface SipAnswer {
  readonly status: number;
  /** Server or else User-Agent, where the answer has one. */
  readonly product: string | undefined;
  /** Where a 3xx answer sends the caller: its Contacts (RFC 3261 section 8.1.3.4). */
  readonly targets: readonly SipTarget[];
}

/** What reading has come to. */
export type SipReading = { readonly state: "more" } | { readonly state: "answer"; readonly answer: SipAnswer } | { readonly state: "malformed"; readonly detail: string };

/** Reads the answer to one request from a stream. */
export interface SipReader {
  /** Takes the next bytes. */
  read(chunk: Buffer): SipReading;
  /** Whether part of a message is waiting for its rest. */
  isInside(): boolean;
}

const maxHeadBytes = 16 * 1024;
const maxBodyBytes = 64 * 1024;
const maxTotalBytes = 256 * 1024;
const maxProductLength = 256;
const compactNames: Readonly<Record<string, string>> = { i: "call-id", l: "content-length", m: "contact" };
const more: SipReading = { state: "more" };

function malformed(detail: string): SipReading {
  return { state: "malformed", detail };
}

/** The first value of each header, and all of Contact, by lower-case long name; folded lines are joined (RFC 3261 section 7.3.1). */
function headersOf(lines: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const at = line.indexOf(":");
    const given = line.slice(0, Math.max(at, 0)).trim().toLowerCase();
    const name = Object.hasOwn(compactNames, given) ? (compactNames[given] ?? given) : given;
    const before = headers.get(name);
    const value = line.slice(at + 1).trim();
    if (before === undefined) headers.set(name, value);
    else if (name === "contact") headers.set(name, `${before}, ${value}`);
  }
  return headers;
}

interface Head {
  readonly status: number | undefined;
  readonly headers: ReadonlyMap<string, string>;
  readonly bodyBytes: number;
}

/** Reads start line and headers; text says what is wrong. A request has no status. */
function parseHead(text: string): Head | string {
  const [first = "", ...lines] = text.replaceAll(/\r\n[ \t]+/gu, " ").split("\r\n");
  const [, digits] = /^SIP\/2\.0 ([1-6]\d\d)(?: |$)/iu.exec(first) ?? [];
  if (digits === undefined && !/^[A-Z]+ \S+ SIP\/2\.0$/u.test(first)) return "what the server answered is not SIP";
  const headers = headersOf(lines);
  const length = headers.get("content-length") ?? "0"; // it must be there on a stream; where it is not there is no body
  if (!/^\d{1,10}$/u.test(length)) return "the SIP answer has no valid Content-Length";
  if (Number(length) > maxBodyBytes) return `the SIP answer announces ${length} bytes`;
  return { status: digits === undefined ? undefined : Number(digits), headers, bodyBytes: Number(length) };
}

/** Makes a reader for the answer to `request`. Keep-alives, provisional answers, requests of the server and answers to others' requests are passed over. */
export function createSipReader(request: OptionsRequest): SipReader {
  const pending = createByteBuffer(maxHeadBytes + maxBodyBytes + 4);
  let total = 0;
  let needed = 0; // bytes of a message whose body is on its way

  const take = (): SipReading | "next" => {
    const bytes = pending.bytes();
    if (bytes.length < needed) return more;
    if (bytes[0] === 0x0d && (bytes[1] === 0x0a || bytes.length === 1)) { // RFC 3261 section 7.5, keep-alives of RFC 5626
      if (bytes.length === 1) return more;
      pending.drop(2);
      return "next";
    }
    const end = bytes.subarray(0, maxHeadBytes + 4).indexOf("\r\n\r\n");
    const lineEnd = bytes.indexOf("\r\n");
    if (lineEnd > 0 && end < 0 && !/SIP\/2\.0/iu.test(bytes.toString("latin1", 0, Math.min(lineEnd, maxHeadBytes)))) return malformed("what the server answered is not SIP");
    if (end < 0) return bytes.length > maxHeadBytes ? malformed("what the server answered is not SIP, or has endless headers") : more;
    const head = parseHead(bytes.toString("utf8", 0, end));
    if (typeof head === "string") return malformed(head);
    needed = end + 4 + head.bodyBytes;
    if (bytes.length < needed) return more;
    pending.drop(needed);
    needed = 0;
    const callId = head.headers.get("call-id") ?? callIdOf(request);
    if (head.status === undefined || head.status < 200 || callId !== callIdOf(request)) return "next";
    const product = head.headers.get("server") ?? head.headers.get("user-agent");
    const targets = head.status >= 300 && head.status < 400 ? sipTargets(head.headers.get("contact") ?? "", request.transport) : [];
    return { state: "answer", answer: { status: head.status, product: product === undefined || product === "" ? undefined : product.slice(0, maxProductLength), targets } };
  };

  return {
    isInside: () => pending.bytes().length > 0,
    read(chunk) {
      total += chunk.length;
      if (total > maxTotalBytes || !pending.add(chunk)) return malformed("the server sends without end, but no SIP answer");
      for (;;) {
        if (pending.bytes().length === 0) return more;
        const taken = take();
        if (taken !== "next") return taken;
      }
    },
  };
}
