import { once } from "node:events";
import type { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import yauzl from "yauzl";
import type { Entry, ZipFile } from "yauzl";
import { excerpt } from "./field.ts";
import type { ReadLimits } from "./limits.ts";

/** A zip that is damaged, encrypted or out of bounds; `message` is the rest of a sentence that begins with the file. */
export class ZipRefusal extends Error {
  readonly reason: "malformed" | "unsupported";
  constructor(reason: "malformed" | "unsupported", message: string) {
    super(message);
    this.reason = reason;
  }
}

/** One entry to read: its name is for telling entries apart only and never becomes a path. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

const cutOff = "its zip archive is cut off or damaged";

/**
 * Hands the entries that `wanted` names to `read`, one after the other and unpacked as they are read. Throws a ZipRefusal where the archive is damaged,
 * encrypted, too large or too densely packed; sizes are those really unpacked, not those that the archive claims.
 */
export async function readZipEntries(bytes: Uint8Array, limits: ReadLimits, wanted: (name: string) => boolean, read: (entry: ZipEntry) => Promise<void>): Promise<void> {
  const budget = { left: limits.unpackedBytes };
  const zip = await openZip(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (zip.entryCount > limits.zipEntries) throw new ZipRefusal("unsupported", `its zip archive has more than ${limits.zipEntries} entries`);
  for (let entry = await nextEntry(zip); entry !== undefined; entry = await nextEntry(zip)) {
    // With decodeStrings off the name is a Buffer, whatever the type says.
    const name = Buffer.from(entry.fileName as unknown as Uint8Array).toString("utf8");
    if (!wanted(name)) continue;
    checkClaims(entry, name, limits);
    const stream = await openEntry(zip, entry);
    try {
      await read({ name, bytes: measured(stream, entry, budget, limits) });
    } finally {
      stream.destroy();
    }
  }
}

function openZip(buffer: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(buffer, { lazyEntries: true, decodeStrings: false }, (error, zip) => {
      if (error) reject(new ZipRefusal("malformed", cutOff));
      else {
        // Errors are waited for in nextEntry; one that comes at another time must not end the process.
        zip.on("error", () => {});
        resolve(zip);
      }
    });
  });
}

async function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  const stop = new AbortController();
  const entry = once(zip, "entry", { signal: stop.signal }).then(([found]) => found as Entry);
  const end = once(zip, "end", { signal: stop.signal }).then(() => undefined);
  try {
    zip.readEntry();
    return await Promise.race([entry, end]);
  } catch {
    throw new ZipRefusal("malformed", cutOff);
  } finally {
    stop.abort();
    await Promise.allSettled([entry, end]);
  }
}

function checkClaims(entry: Entry, name: string, limits: ReadLimits): void {
  if (entry.isEncrypted()) throw new ZipRefusal("unsupported", `its entry ${excerpt(name)} is encrypted`);
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) throw new ZipRefusal("unsupported", `its entry ${excerpt(name)} is packed by a method other than deflate`);
  if (entry.uncompressedSize > limits.unpackedBytes) throw new ZipRefusal("unsupported", `its entry ${excerpt(name)} unpacks to more than ${limits.unpackedBytes} bytes`);
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(new ZipRefusal("malformed", cutOff));
      else resolve(stream);
    });
  });
}

/** Counts what really comes out, and checks the CRC at the end, which yauzl leaves to its callers. */
async function* measured(stream: Readable, entry: Entry, budget: { left: number }, limits: ReadLimits): AsyncGenerator<Uint8Array> {
  const harmlessBytes = 1024 * 1024;
  let [size, checksum] = [0, 0];
  const chunks = stream[Symbol.asyncIterator]();
  for (let next = await nextChunk(chunks); next !== undefined; next = await nextChunk(chunks)) {
    size += next.length;
    budget.left -= next.length;
    if (budget.left < 0) throw new ZipRefusal("unsupported", `its zip archive unpacks to more than ${limits.unpackedBytes} bytes`);
    if (size > harmlessBytes && size > limits.unpackRatio * entry.compressedSize) throw new ZipRefusal("unsupported", `its zip archive is packed more than ${limits.unpackRatio} to 1`);
    checksum = crc32(next, checksum);
    yield next;
  }
  if (checksum !== entry.crc32) throw new ZipRefusal("malformed", "its zip archive is damaged (wrong checksum)");
}

/** Only errors of the stream mean a damaged archive; what a reader throws passes through. */
async function nextChunk(chunks: AsyncIterator<unknown>): Promise<Uint8Array | undefined> {
  try {
    const { done, value } = await chunks.next();
    return done === true ? undefined : (value as Uint8Array);
  } catch {
    throw new ZipRefusal("malformed", cutOff);
  }
}
