import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { known, unknown } from "../../src/model/observation.ts";
import type { Subject } from "../../src/model/subject.ts";
import { readSnapshot } from "../../src/snapshot/reader.ts";
import { writeSnapshot } from "../../src/snapshot/writer.ts";

const header = { tool: "umpreflight test", startedAt: "2026-01-01T00:00:00.000Z", profile: "on-premises" };
const end = { finishedAt: "2026-01-01T00:00:01.000Z", complete: true, reasons: [], targets: [] };
const forest: Subject = { kind: "forest", id: "contoso.test", name: "contoso.test", facts: { roles: known(["lync"], "configuration"), trusts: unknown("denied", "no right") } };

function user(at: number): Subject {
  return { id: `u${at}`, name: `user ${at} "<\u001b[31m>`, kind: "user", facts: { umEnabled: known(at % 2 === 0, "directory") } };
}

describe("a snapshot file", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "umpreflight-snapshot-"));
    path = join(folder, "run.snapshot.gz");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function write(users: number): Promise<void> {
    const writer = await writeSnapshot(path, header);
    for (let at = 0; at < users; at += 1) await writer.mass(user(at));
    await writer.finish([forest], end);
  }

  it("comes back as it was written, mass subjects one by one", async () => {
    await write(5_000);
    const snapshot = await readSnapshot(path);
    expect(snapshot).toMatchObject({ complete: true, reasons: [], massSubjects: 5_000, header: { profile: "on-premises" } });
    expect(snapshot.subjects.all("forest")).toEqual([forest]);
    const ids: string[] = [];
    for await (const subject of snapshot.mass()) ids.push(subject.id);
    expect(ids).toHaveLength(5_000);
    expect(ids[4_999]).toBe("u4999");
  });

  it("has its final name only when it is whole", async () => {
    const writer = await writeSnapshot(path, header);
    await writer.mass(user(1));
    expect(existsSync(path)).toBe(false);
    await writer.finish([forest], end);
    expect(existsSync(path)).toBe(true);
    expect(existsSync(`${path}.partial`)).toBe(false);
  });

  it("is readable by nobody else, whoever put something at its place before", async () => {
    const elsewhere = join(folder, "elsewhere");
    writeFileSync(elsewhere, "untouched");
    symlinkSync(elsewhere, `${path}.partial`);
    await write(1);
    expect(readFileSync(elsewhere, "utf8")).toBe("untouched");
    writeFileSync(`${path}.partial`, "", { mode: 0o666 });
    await write(1);
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it("leaves nothing behind when it is given up", async () => {
    const writer = await writeSnapshot(path, header);
    await writer.mass(user(1));
    await writer.abandon();
    expect(existsSync(`${path}.partial`)).toBe(false);
  });

  it.each([1, 10, 40])("is incomplete when %i bytes are missing at its end", async (missing) => {
    await write(100);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.length - missing));
    const snapshot = await readSnapshot(path);
    // gzip's own trailer is 8 bytes: without a part of it the text may be whole, and then the digest says so
    expect(snapshot.complete || snapshot.reasons.length > 0).toBe(true);
    if (missing > 8) expect(snapshot.complete).toBe(false);
  });

  it("is incomplete without its last line", async () => {
    await write(3);
    const lines = gunzipSync(readFileSync(path)).toString("utf8").trimEnd().split("\n");
    writeFileSync(path, gzipSync(`${lines.slice(0, -1).join("\n")}\n`));
    const snapshot = await readSnapshot(path);
    expect(snapshot.complete).toBe(false);
    expect(snapshot.reasons).toEqual(["The snapshot is cut off: its last line is missing."]);
  });

  it("is incomplete when a fact was altered", async () => {
    await write(3);
    const text = gunzipSync(readFileSync(path)).toString("utf8").replace('"lync"', '"exchange"');
    writeFileSync(path, gzipSync(text));
    const snapshot = await readSnapshot(path);
    expect(snapshot.complete).toBe(false);
    expect(snapshot.reasons.join()).toContain("altered");
  });

  it("says of a run that was interrupted that it is incomplete", async () => {
    const writer = await writeSnapshot(path, header);
    await writer.finish([forest], { ...end, complete: false, reasons: ["The run was interrupted."] });
    expect(await readSnapshot(path)).toMatchObject({ complete: false, reasons: ["The run was interrupted."] });
  });

  it.each([
    ["no gzip", Buffer.from("hello")],
    ["another file", gzipSync("hello\n")],
    ["JSON of something else", gzipSync('{"a":1}\n')],
    ["nothing", gzipSync("")],
  ])("refuses %s", async (_, bytes) => {
    writeFileSync(path, bytes);
    await expect(readSnapshot(path)).rejects.toMatchObject({ name: "SnapshotError", code: "snapshot-format" });
  });

  it("refuses a later format", async () => {
    writeFileSync(path, gzipSync('{"umpreflight":"snapshot","version":99}\n'));
    await expect(readSnapshot(path)).rejects.toMatchObject({ code: "snapshot-version" });
  });

  it("refuses a file that is not there, and a folder that cannot be written", async () => {
    await expect(readSnapshot(join(folder, "none"))).rejects.toMatchObject({ code: "snapshot-read" });
    await expect(writeSnapshot(join(folder, "none", "x"), header)).rejects.toMatchObject({ code: "snapshot-write" });
  });

  it("counts lines that it does not understand instead of dropping them silently", async () => {
    await write(0);
    const lines = gunzipSync(readFileSync(path)).toString("utf8").split("\n");
    lines.splice(1, 0, '{"kind":"forest","id":"x","name":"x","facts":{"roles":{"state":"known"}}}', '{"kind":"constructor","id":"x","name":"x","facts":{}}', "{");
    writeFileSync(path, gzipSync(lines.join("\n")));
    expect((await readSnapshot(path)).reasons.join()).toContain("3 line(s)");
  });

  /** Lines with a digest that fits, as somebody makes them who means harm. */
  function forge(lines: readonly unknown[], trailer: Readonly<Record<string, unknown>> = {}): void {
    const text = [{ umpreflight: "snapshot", version: 1, ...header }, ...lines].map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
    const last = { trailer: true, ...end, subjects: lines.length, massSubjects: 0, digest: createHash("sha256").update(text).digest("hex"), ...trailer };
    writeFileSync(path, gzipSync(`${text}${JSON.stringify(last)}\n`));
  }

  it("takes a value that a fact cannot have for malformed: what is worked out from it would count as read", async () => {
    forge([{ kind: "exchangeServer", id: "s", name: "s", facts: { dialPlans: known("plan", "directory"), fqdn: known("s.test", "directory") } }]);
    const snapshot = await readSnapshot(path);
    expect(snapshot.complete).toBe(true);
    expect(snapshot.subjects.get("exchangeServer", "s")?.facts).toMatchObject({ dialPlans: { state: "unknown", reason: "malformed" }, fqdn: { state: "known" } });
  });

  it.each<[string, readonly unknown[]]>([
    ["a fact that is worked out from others", [{ kind: "exchangeContainer", id: "c", name: "c", facts: { missingGrants: known([], "forged") } }]],
    ["a second line about a subject", [forest, { ...forest, facts: {} }]],
    ["a reason that there is not", [{ ...forest, facts: { trusts: { state: "unknown", reason: "toString", detail: "x" } } }]],
    ["a reason without a sentence", [{ ...forest, facts: { trusts: { state: "unknown", reason: "denied" } } }]],
    ["a source that is no text", [{ ...forest, facts: { roles: { state: "known", value: [], source: {} } } }]],
    ["a mass subject that would not be found again", [{ id: "u", kind: "user", name: "u", facts: {} }]],
  ])("is incomplete with %s", async (_, lines) => {
    forge(lines);
    const snapshot = await readSnapshot(path);
    expect(snapshot).toMatchObject({ complete: false, massSubjects: 0, reasons: ["1 line(s) of the snapshot could not be understood."] });
    expect(snapshot.subjects.get("forest", "contoso.test")?.facts["roles"] ?? forest.facts["roles"]).toEqual(forest.facts["roles"]);
  });

  it.each([{ reasons: 5 }, { targets: [{ kind: "directory" }] }, { finishedAt: null }, { complete: "yes" }])("is cut off with the last line %j", async (trailer) => {
    forge([forest], trailer);
    const snapshot = await readSnapshot(path);
    expect(snapshot.complete).toBe(false);
    expect(snapshot.reasons.join()).toContain("cut off");
  });

  it("is not made whole by a second last line", async () => {
    forge([forest], { complete: false });
    const text = gunzipSync(readFileSync(path)).toString("utf8");
    const last = text.trimEnd().split("\n").at(-1) ?? "";
    writeFileSync(path, gzipSync(`${text}${last.replace('"complete":false', '"complete":true')}\n`));
    expect((await readSnapshot(path)).complete).toBe(false);
  });

  it("refuses a header without its texts", async () => {
    writeFileSync(path, gzipSync('{"umpreflight":"snapshot","version":1,"tool":"x","startedAt":{},"profile":"on-premises"}\n'));
    await expect(readSnapshot(path)).rejects.toMatchObject({ code: "snapshot-format" });
  });

  it("gives a line without end up in linear time", async () => {
    writeFileSync(path, gzipSync(`${JSON.stringify({ umpreflight: "snapshot", version: 1, ...header })}\n${"a".repeat(66 * 1024 * 1024)}`, { level: 1 }));
    const started = performance.now();
    expect((await readSnapshot(path)).reasons.join()).toContain("longer than any subject");
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it("says so when mass subjects are gone since it was read", async () => {
    await write(3);
    const snapshot = await readSnapshot(path);
    await write(2);
    const all = async (): Promise<void> => {
      for await (const subject of snapshot.mass()) expect(subject.kind).toBe("user");
    };
    await expect(all()).rejects.toMatchObject({ code: "snapshot-changed" });
  });
});
