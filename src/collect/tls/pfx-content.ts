import { pbkdf2Sync } from "node:crypto";
import forge from "node-forge";

/** What a PKCS#12 file holds, or why it does not open. */
export type PfxContent =
  | { readonly ok: true; /** PKCS#8 DER. */ readonly keys: readonly Uint8Array[]; /** DER. */ readonly certificates: readonly Uint8Array[] }
  | { readonly ok: false; readonly fault: "malformed" | "no-mac" | "not-opened"; readonly detail: string };

const { asn1, pki, pkcs12, pkcs5, util } = forge;
const { oids } = pki;
/** A native derivation cannot be cut off; this many rounds take a few seconds. Common are 2,000 to 600,000. */
const maxRounds = 10_000_000;

/**
 * Gives forge a PBKDF2 that encodes passwords in UTF-8, as OpenSSL and .NET do (forge cuts characters to a byte), at native speed. Alters forge for the
 * whole thread: call it in the worker only.
 */
export function correctKeyDerivation(): void {
  const derive = (password: string, salt: string, rounds: number, keyBytes: number, digest: { readonly algorithm: string } | undefined): string => {
    if (rounds > maxRounds) throw new Error(`the file asks for ${rounds} rounds of key derivation`);
    return pbkdf2Sync(password, Buffer.from(salt, "latin1"), rounds, keyBytes, digest?.algorithm ?? "sha1").toString("latin1");
  };
  Object.assign(pkcs5, { pbkdf2: derive });
}

function derOf(node: forge.asn1.Asn1): Uint8Array {
  return new Uint8Array(Buffer.from(asn1.toDer(node).getBytes(), "latin1"));
}

/** forge leaves a bag that it cannot interpret, such as an EC key, as plain ASN.1. */
function keyOf(bag: forge.pkcs12.Bag): Uint8Array[] {
  if (bag.key !== undefined && bag.key !== null) return [derOf(pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(bag.key)))];
  return bag.asn1 === undefined ? [] : [derOf(bag.asn1)];
}

function certificateOf(bag: forge.pkcs12.Bag): Uint8Array[] {
  if (bag.cert !== undefined && bag.cert !== null) return [derOf(pki.certificateToAsn1(bag.cert))];
  return bag.asn1 === undefined ? [] : [derOf(bag.asn1)];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown cause";
}

/** Opens a PKCS#12 file (RFC 7292), old Windows exports with RC2 and 3DES included. A file without a MAC is refused: anybody could have altered it. */
export function readPfx(file: Uint8Array, passphrase: string): PfxContent {
  let root: forge.asn1.Asn1;
  try {
    root = asn1.fromDer(util.createBuffer(Buffer.from(file).toString("latin1")), true); // strict: no value cut short
  } catch (error) {
    return { ok: false, fault: "malformed", detail: messageOf(error) };
  }
  if (!Array.isArray(root.value) || root.value.length < 2) return { ok: false, fault: "malformed", detail: "not a PKCS#12 structure" };
  if (root.value.length < 3) return { ok: false, fault: "no-mac", detail: "the file has no MAC" };
  try {
    const opened = pkcs12.pkcs12FromAsn1(root, false, passphrase);
    const bags = opened.safeContents.flatMap(({ safeBags }) => safeBags);
    const keyTypes: readonly (string | undefined)[] = [oids["pkcs8ShroudedKeyBag"], oids["keyBag"]];
    return {
      ok: true,
      keys: bags.flatMap((bag) => (keyTypes.includes(bag.type) ? keyOf(bag) : [])),
      certificates: bags.flatMap((bag) => (bag.type === oids["certBag"] ? certificateOf(bag) : [])),
    };
  } catch (error) {
    return { ok: false, fault: "not-opened", detail: messageOf(error) };
  }
}
