import { textStart } from "./decode-text.ts";
import { excerpt } from "./field.ts";

/** What the first bytes say a file is. `why` of something refused is a whole sentence with the way out. */
export type FirstLook = { readonly kind: "zip" | "xml" | "json" } | { readonly kind: "refused"; readonly why: string };

const advice = "Export the configuration with Export-LyncConfiguration.ps1, or give the output of Get-CsTopology -AsXml or Export-CsConfiguration.";

/** Looks at the first bytes only; a file's name says nothing. */
export function lookAt(bytes: Uint8Array): FirstLook {
  if (bytes.length === 0) return { kind: "refused", why: "The file is empty." };
  const [p, k, third, fourth] = bytes;
  if (p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6))) return { kind: "zip" };
  const start = textStart(bytes, 4096).trimStart();
  if (start.startsWith("<")) return { kind: "xml" };
  if (/^[{[]/.test(start)) return { kind: "json" };
  return { kind: "refused", why: refusal(start, bytes) };
}

function refusal(start: string, bytes: Uint8Array): string {
  if (/^#TYPE\s/.test(start) || /^"[^"\n]*"(?:,"[^"\n]*")+\s*$/m.test(start) || /^"?Identity"?[,;\t]/i.test(start)) {
    return `The file is CSV, which loses lists and nested objects. ${advice}`;
  }
  if (/^(?:\w+ {0,60}: .*\r?\n){2}/.test(start) || /^Identity\s+:/.test(start)) return `The file is text as Format-List shows it, which cuts values off. ${advice}`;
  const bare = /^(?:[\t\n\r -~\u00a0-\uffff]){4,}/.test(start) && !start.includes("\ufffd");
  const met = bare ? `it begins with "${excerpt(start.slice(0, 40))}"` : `its first bytes are ${Buffer.from(bytes.subarray(0, 16)).toString("hex")}`;
  return `The format is not known: ${met}. ${advice}`;
}

/** The sentence for XML whose root element nobody reads. Control Panel's voice export (.vcfg) has no documented format. */
export function refuseRoot(local: string, path: string): string {
  if (/\.vcfg$/i.test(path) || /voice.*config/i.test(local)) {
    return `The file looks like a voice configuration exported from the Control Panel (.vcfg, root element ${excerpt(local)}), whose format is not documented. ${advice}`;
  }
  return `The format is not known: the root element is ${excerpt(local)}. ${advice}`;
}

/** The sentence for JSON that is no bundle. */
export const refuseJson = `The file is JSON but no bundle of Export-LyncConfiguration.ps1 (it has no schemaVersion). ${advice}`;
