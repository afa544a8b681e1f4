import { describe, expect, it } from "vitest";
import { createSipReader, writeOptions, type OptionsRequest, type SipReading } from "../../../src/collect/tls/sip-message.ts";

const request: OptionsRequest = { host: "um1.fabrikam.test", port: 5061, transport: "tls", sender: "lyncpool.contoso.test", mark: "abc123" };
const callId = "Call-ID: abc123@lyncpool.contoso.test";

function message(...lines: readonly string[]): string {
  return [...lines, "", ""].join("\r\n");
}

function read(text: string, chunkBytes = text.length): SipReading {
  const reader = createSipReader(request);
  const bytes = Buffer.from(text);
  let reading: SipReading = { state: "more" };
  for (let at = 0; at < bytes.length && reading.state === "more"; at += chunkBytes) reading = reader.read(bytes.subarray(at, at + chunkBytes));
  return reading;
}

const ok = message("SIP/2.0 200 OK", callId, "Server: RTC/5.0", "Content-Length: 0");

describe("an OPTIONS request", () => {
  it("has what RFC 3261 section 8.1.1 asks for", () => {
    expect(writeOptions(request).toString().split("\r\n")).toEqual([
      "OPTIONS sip:um1.fabrikam.test:5061;transport=tls SIP/2.0",
      "Via: SIP/2.0/TLS lyncpool.contoso.test;branch=z9hG4bKabc123;rport",
      "Max-Forwards: 70",
      "From: <sip:lyncpool.contoso.test>;tag=abc123",
      "To: <sip:um1.fabrikam.test:5061>",
      callId,
      "CSeq: 1 OPTIONS",
      "Contact: <sip:lyncpool.contoso.test;transport=tls>",
      "Accept: application/sdp",
      "User-Agent: umpreflight",
      "Content-Length: 0",
      "",
      "",
    ]);
  });

  it("brackets IPv6 addresses", () => {
    expect(writeOptions({ ...request, host: "2001:db8::1", transport: "tcp" }).toString()).toContain("OPTIONS sip:[2001:db8::1]:5061;transport=tcp SIP/2.0\r\nVia: SIP/2.0/TCP ");
  });
});

describe("an answer", () => {
  const answers: readonly (readonly [string, string, SipReading])[] = [
    ["with a server", ok, { state: "answer", answer: { status: 200, product: "RTC/5.0", targets: [] } }],
    ["with a user agent", message("SIP/2.0 404 Not Found", callId, "user-agent:  UM  ", "Content-Length: 0"), { state: "answer", answer: { status: 404, product: "UM", targets: [] } }],
    ["with no product", message("SIP/2.0 503 Service Unavailable", callId), { state: "answer", answer: { status: 503, product: undefined, targets: [] } }],
    ["with an empty product", message("SIP/2.0 200 OK", "Server:"), { state: "answer", answer: { status: 200, product: undefined, targets: [] } }],
    ["without a reason", message("SIP/2.0 200"), { state: "answer", answer: { status: 200, product: undefined, targets: [] } }],
    ["in compact form, with a body", `${message("SIP/2.0 488 No", "i: abc123@lyncpool.contoso.test", "l: 4", "Server: a")}body`, { state: "answer", answer: { status: 488, product: "a", targets: [] } }],
    ["with a folded header", message("SIP/2.0 200 OK", "Server: a", "  b", "\tc"), { state: "answer", answer: { status: 200, product: "a b c", targets: [] } }],
    ["after keep-alives", `\r\n\r\n\r\n${ok}`, { state: "answer", answer: { status: 200, product: "RTC/5.0", targets: [] } }],
    ["after a provisional one with a body", `${message("SIP/2.0 183 Progress", callId, "Content-Length: 2", "Server: wrong")}xx${ok}`, { state: "answer", answer: { status: 200, product: "RTC/5.0", targets: [] } }],
    ["after a request of the server", `${message("OPTIONS sip:lyncpool.contoso.test SIP/2.0", "Call-ID: 1", "Content-Length: 0")}${ok}`, { state: "answer", answer: { status: 200, product: "RTC/5.0", targets: [] } }],
    ["after one to somebody else", `${message("SIP/2.0 500 Error", "Call-ID: other")}${ok}`, { state: "answer", answer: { status: 200, product: "RTC/5.0", targets: [] } }],
    ["to somebody else only", message("SIP/2.0 500 Error", "Call-ID: other"), { state: "more" }],
    ["that stops in its headers", "SIP/2.0 200 OK\r\nServer: RTC", { state: "more" }],
    ["that stops in its body", `${message("SIP/2.0 200 OK", "Content-Length: 5")}abc`, { state: "more" }],
    ["of HTTP", message("HTTP/1.1 200 OK", "Content-Length: 0"), { state: "malformed", detail: "what the server answered is not SIP" }],
    ["of another version", message("SIP/3.0 200 OK"), { state: "malformed", detail: "what the server answered is not SIP" }],
    ["with a status that is none", message("SIP/2.0 999 Odd"), { state: "malformed", detail: "what the server answered is not SIP" }],
    ["with a negative length", message("SIP/2.0 200 OK", "Content-Length: -1"), { state: "malformed", detail: "the SIP answer has no valid Content-Length" }],
    ["with a length that is no number", message("SIP/2.0 200 OK", "Content-Length: 0x10"), { state: "malformed", detail: "the SIP answer has no valid Content-Length" }],
    ["with a boundless length", message("SIP/2.0 200 OK", "Content-Length: 9999999999"), { state: "malformed", detail: "the SIP answer announces 9999999999 bytes" }],
    ["with boundless headers", `SIP/2.0 200 OK\r\n${"X: y\r\n".repeat(4_000)}`, { state: "malformed", detail: "what the server answered is not SIP, or has endless headers" }],
    ["with no line end", "x".repeat(20_000), { state: "malformed", detail: "what the server answered is not SIP, or has endless headers" }],
    ["that never becomes final", message("SIP/2.0 100 Trying").repeat(20_000), { state: "malformed", detail: "the server sends without end, but no SIP answer" }],
    ["with a header named like a member of objects", message("SIP/2.0 200 OK", "__proto__: x", "constructor: y"), { state: "answer", answer: { status: 200, product: undefined, targets: [] } }],
  ];
  it.each(answers)("%s is read", (_case, text, reading) => {
    expect(read(text, 60_000)).toEqual(reading);
  });

  it.each(answers)("%s is read byte by byte", (_case, text, reading) => {
    const some = read(text, 1);
    // Byte by byte, what comes before a line end may show sooner that it is not SIP.
    expect(reading.state === "malformed" ? some.state : some).toEqual(reading.state === "malformed" ? "malformed" : reading);
  });

  it("has a product of bounded length", () => {
    const reading = read(message("SIP/2.0 200 OK", `Server: ${"x".repeat(10_000)}`));
    expect(reading.state === "answer" && reading.answer.product).toHaveLength(256);
  });

  it("costs little when its body drips", () => {
    const startedAt = performance.now();
    read(`${message("SIP/2.0 183 Progress", `X: ${"y".repeat(16_000)}`, "Content-Length: 60000")}${"b".repeat(59_999)}`, 1);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });
});
