import type { Change } from "../../src/lab/deployment/mutations.ts";

/** Changes as JSON text; bytes are written as `{ "base64": "..." }`. */
export function changesToJson(changes: readonly Change[]): string {
  // a Buffer has turned itself into an object before the replacer sees it, hence the look at the holder
  const replace = function (this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
    const raw = this[key];
    return raw instanceof Uint8Array ? { base64: Buffer.from(raw).toString("base64") } : value;
  };
  return `${JSON.stringify(changes, replace, 2)}\n`;
}

function isBytes(value: unknown): value is { readonly base64: string } {
  return typeof value === "object" && value !== null && "base64" in value && typeof value.base64 === "string";
}

/** Reads what changesToJson wrote. In `setAttribute` JSON cannot say undefined: leaving `values` out means it. Throws where the text is not a list. */
export function changesFromJson(text: string): readonly Change[] {
  const changes: unknown = JSON.parse(text, (_key, value: unknown) => (isBytes(value) ? new Uint8Array(Buffer.from(value.base64, "base64")) : value));
  if (!Array.isArray(changes)) throw new Error("not a list of changes");
  return changes as readonly Change[];
}
