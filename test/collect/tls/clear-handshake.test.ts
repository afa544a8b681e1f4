import { describe, expect, it } from "vitest";
import { watchHandshake, type ClearHandshake } from "../../../src/collect/tls/clear-handshake.ts";

function record(type: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type, 3, 3, payload.length >> 8, payload.length & 255]), payload]);
}

function message(type: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type, 0, body.length >> 8, body.length & 255]), body]);
}

function hello(version: number, extensions = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(38);
  head.writeUInt16BE(version, 0);
  const length = Buffer.from([0, extensions.length]);
  return message(2, Buffer.concat([head, ...(extensions.length > 0 ? [length, extensions] : [])]));
}

function list(...certificates: readonly string[]): Buffer {
  const entries = Buffer.concat(certificates.flatMap((text) => [Buffer.from([0, 0, text.length]), Buffer.from(text)]));
  return message(11, Buffer.concat([Buffer.from([0, 0, entries.length]), entries]));
}

function watch(...chunks: readonly Buffer[]): Readonly<ClearHandshake> {
  const watcher = watchHandshake();
  for (const chunk of chunks) watcher.watch(chunk);
  return watcher.seen;
}

const flight = Buffer.concat([hello(0x0303), list("leaf", "issuer"), message(13, Buffer.from([1])), message(14, Buffer.alloc(0))]);

describe("the clear part of a handshake", () => {
  it("is read from one record", () => {
    expect(watch(record(22, flight))).toEqual({ answered: "tls", protocol: "TLSv1.2", certificates: [Buffer.from("leaf"), Buffer.from("issuer")], certificateRequested: true, helloDone: true });
  });

  it("is the same however it is cut into records and chunks", () => {
    const whole = watch(record(22, flight));
    for (const size of [1, 3, 7, 50]) {
      const parts = Array.from({ length: Math.ceil(flight.length / size) }, (_unused, index) => flight.subarray(index * size, (index + 1) * size));
      const wire = Buffer.concat(parts.map((part) => record(22, part)));
      expect(watch(wire)).toEqual(whole);
      expect(watch(...Array.from(wire, (byte) => Buffer.from([byte])))).toEqual(whole);
    }
  });

  it("has the version of TLS 1.3 in an extension", () => {
    expect(watch(record(22, hello(0x0303, Buffer.from([0, 51, 0, 1, 9, 0, 43, 0, 2, 3, 4]))))).toMatchObject({ protocol: "TLSv1.3", certificateRequested: false });
  });

  it("ends where encryption begins", () => {
    expect(watch(record(22, hello(0x0302)), record(20, Buffer.from([1])), record(22, message(13, Buffer.from([1]))))).toMatchObject({ protocol: "TLSv1.1", certificateRequested: false });
  });

  it.each([
    ["is not there", [], { answered: "nothing" }],
    ["is text", [Buffer.from("HTTP/1.1 400 Bad Request\r\n")], { answered: "other" }],
    ["is of another record version", [Buffer.from([22, 2, 0, 0, 1])], { answered: "other" }],
    ["is only an alert", [record(21, Buffer.from([2, 70]))], { answered: "tls", protocol: undefined }],
    ["is a hello cut short", [record(22, message(2, Buffer.from([3, 3])))], { answered: "tls", protocol: undefined }],
    ["is a hello of an unknown version", [record(22, hello(0x7f00))], { protocol: undefined }],
    ["has a list that is longer than its message", [record(22, Buffer.concat([hello(0x0303), message(11, Buffer.from([0, 0, 9, 0, 0, 1, 1]))]))], { protocol: "TLSv1.2", certificates: undefined }],
    ["has a certificate that is longer than its list", [record(22, message(11, Buffer.from([0, 0, 4, 0, 9, 9, 1])))], { certificates: undefined }],
    ["has a list that ends inside a length", [record(22, message(11, Buffer.from([0, 0, 2, 0, 0])))], { certificates: undefined }],
    ["has extensions that run over its end", [record(22, hello(0x0303, Buffer.from([0, 43, 255, 255])))], { protocol: "TLSv1.2" }],
  ])("that %s gives no more than was said", (_case, chunks, seen) => {
    expect(watch(...chunks)).toMatchObject(seen);
  });

  it("does not swell with what is announced or sent without end", () => {
    const watcher = watchHandshake();
    watcher.watch(record(22, Buffer.concat([Buffer.from([2, 255, 255, 255]), Buffer.alloc(1_000)])));
    for (let count = 0; count < 1_000; count += 1) watcher.watch(record(22, Buffer.alloc(16_000)));
    expect(watcher.seen).toMatchObject({ answered: "tls", protocol: undefined });
    expect(watch(Buffer.from([22, 3, 3, 255, 255]), Buffer.alloc(1_000_000))).toMatchObject({ answered: "tls", protocol: undefined });
  });
});
