import { expect, test } from "vitest";
import { parseCertificate, revocationStatus, validatePath } from "../../src/x509/index.ts";
import { crlPoints, dns, extendedKeyUsage, nameConstraints, NOW, policies, policyConstraints, rootCa, server, SERVER_AUTH, subCa, subjectAltName, uri, type Issued } from "./issue.ts";
import { crl, ocsp, scope } from "./revoke.ts";
import { randomNumbers } from "../random-numbers.ts";

const root = rootCa();
const ca = subCa(root, "CN=CA", [nameConstraints([dns("contoso.com")]), policies("1.2.3.4"), policyConstraints(0)]);
const leaf = server(ca, [subjectAltName(dns("um.contoso.com")), extendedKeyUsage(SERVER_AUTH), policies("1.2.3.4"), crlPoints({ names: [uri("http://crl.contoso.com/1.crl")] })], { serial: 77 });

/** One byte changed, removed, doubled or the tail cut off. */
function mutate(der: Uint8Array, next: () => number): Buffer {
  const at = Math.floor(next() * der.length);
  const [head, byte, tail] = [der.subarray(0, at), der[at] ?? 0, der.subarray(at + 1)];
  switch (Math.floor(next() * 5)) {
    case 0:
      return Buffer.concat([head, tail]);
    case 1:
      return Buffer.concat([head, Buffer.from([byte, byte]), tail]);
    case 2:
      return Buffer.from(head);
    default:
      return Buffer.concat([head, Buffer.from([byte ^ (1 + Math.floor(next() * 255))]), tail]);
  }
}

const judgeWith = (path: { leaf?: Uint8Array; ca?: Uint8Array; root?: Uint8Array }): ReturnType<typeof validatePath> =>
  validatePath({ leaf: path.leaf ?? leaf.der, intermediates: [path.ca ?? ca.der], anchors: [path.root ?? root.der], at: NOW, purpose: "serverAuth", peer: { dns: "um.contoso.com" } });

test("the unchanged path is good", async () => {
  expect((await judgeWith({})).ok).toBe(true);
});

// Whatever is signed must not be changeable; ECDSA signatures have no second encoding that DER allows.
test.each<readonly [string, "leaf" | "ca", Issued]>([["leaf", "leaf", leaf], ["CA", "ca", ca]])("no changed %s is accepted, whichever byte changes", async (_, role, original) => {
  const next = randomNumbers(1);
  for (let at = 0; at < original.der.length; at++) {
    const changed = Buffer.from(original.der);
    changed[at] = (changed[at] ?? 0) ^ (1 << Math.floor(next() * 8));
    expect((await judgeWith({ [role]: changed })).ok, `byte ${at}`).toBe(false);
    expect(() => parseCertificate(changed)).not.toThrow();
  }
});

test("random changes to leaf and CA never turn into acceptance", async () => {
  const next = randomNumbers(2);
  for (let round = 0; round < 600; round++) {
    const result = await judgeWith(round % 2 === 0 ? { leaf: mutate(leaf.der, next) } : { ca: mutate(ca.der, next) });
    expect(result.ok, `round ${round}`).toBe(false);
    expect(result.path).toEqual([]);
  }
});

test("random changes to a wrong path never mend it", async () => {
  const next = randomNumbers(3);
  const wrong = server(ca, [subjectAltName(dns("um.fabrikam.com"))]);
  for (let round = 0; round < 300; round++) expect((await judgeWith({ leaf: mutate(wrong.der, next) })).ok).toBe(false);
});

test("a changed anchor is another anchor, but never an accident", async () => {
  const next = randomNumbers(4);
  for (let round = 0; round < 300; round++) {
    const result = await judgeWith({ root: mutate(root.der, next) });
    expect(result.problems.some(({ code }) => code === "internal-error"), `round ${round}`).toBe(false);
  }
});

test("a changed CRL never says good for a revoked certificate, nor fails", async () => {
  const next = randomNumbers(5);
  const entries = [{ serial: 5 }, { serial: 77, reason: 1 }, { serial: 9, issuer: "CN=CA" }];
  const lists = [crl(ca, { entries }), crl(ca, { entries, scope: scope({ user: true, indirect: true }) })];
  for (let round = 0; round < 800; round++) {
    const changed = mutate(lists[round % 2] ?? lists[0] ?? Buffer.alloc(0), next);
    const answer = await revocationStatus({ crl: changed }, { certificate: leaf.der, issuer: ca.der, at: NOW });
    expect(answer.status, `round ${round}: ${answer.reason}`).toBe("unknown");
    expect(answer.reason).not.toContain("could not be judged");
  }
});

test("a changed OCSP answer never says good for a revoked certificate, nor fails", async () => {
  const next = randomNumbers(6);
  const responder = subCa(ca, "CN=Responder", [], { extensions: [extendedKeyUsage("1.3.6.1.5.5.7.3.9")] });
  const answer = ocsp(ca, { answers: [{ serial: 77, status: "revoked" }], signer: responder, attach: [responder] });
  for (let round = 0; round < 800; round++) {
    const judged = await revocationStatus({ ocsp: mutate(answer, next) }, { certificate: leaf.der, issuer: ca.der, at: NOW });
    expect(judged.status, `round ${round}`).not.toBe("good");
    expect(judged.reason).not.toContain("could not be judged");
  }
});

test("random bytes are nothing", async () => {
  const next = randomNumbers(7);
  for (let round = 0; round < 300; round++) {
    const junk = Buffer.from(Array.from({ length: 200 }, () => Math.floor(next() * 256)));
    junk[0] = 0x30;
    expect(parseCertificate(junk)).toHaveProperty("problem");
    expect((await judgeWith({ leaf: junk })).ok).toBe(false);
  }
});
