import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import type { CertificateSpec } from "./types.ts";

/**
 * Private RSA keys in PKCS#8 PEM by what they are for. Making them is what takes the time of a start, so certificates share: every root has its own, all
 * issuing authorities of a size have one, and all others of a size have one. A pool can be handed to the next lab.
 */
export type KeyPool = ReadonlyMap<string, string>;

const generate = promisify(generateKeyPair);

function purposeOf(spec: CertificateSpec): string {
  const owner = spec.ca ? (spec.issuer === spec.id ? spec.id : "issuing") : "leaf";
  return `${owner}/${spec.keyBits}`;
}

/** Makes the keys that these certificates need beyond those of `earlier`. */
export async function makeKeys(specs: readonly CertificateSpec[], earlier: KeyPool = new Map()): Promise<KeyPool> {
  const needed = new Map(specs.map((spec) => [purposeOf(spec), spec.keyBits] as const));
  const made = await Promise.all(
    [...needed]
      .filter(([purpose]) => !earlier.has(purpose))
      .map(async ([purpose, modulusLength]) => {
        const { privateKey } = await generate("rsa", { modulusLength, privateKeyEncoding: { type: "pkcs8", format: "pem" }, publicKeyEncoding: { type: "spki", format: "pem" } });
        return [purpose, privateKey] as const;
      }),
  );
  return new Map([...earlier, ...made]);
}

/** The key of a certificate. @throws Error where the pool was made for others */
export function keyFor(keys: KeyPool, spec: CertificateSpec): string {
  const key = keys.get(purposeOf(spec));
  if (key === undefined) throw new Error(`lab: no key for ${spec.id}`);
  return key;
}
