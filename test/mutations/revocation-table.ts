import type { Change } from "../../src/lab/deployment/mutations.ts";
import { certificate } from "../../src/lab/deployment/planting.ts";
import type { CertificateSpec } from "../../src/lab/types.ts";
import { mutation, type Mutation } from "./mutation.ts";
import { fails, turns, warns } from "./outcome-changes.ts";

const um = (changes: Partial<CertificateSpec>): Change => certificate("server:ex2.fabrikam.test", changes);
const authority = (changes: Partial<CertificateSpec>): Change => certificate("ca:fabrikam-issuing", changes);

/** Revocation lists, and what is on them. */
export const revocationTable: readonly Mutation[] = [
  mutation("um-revoked", "EX2's certificate is revoked", [um({ revoked: "listed" })], fails("certificate/revocation", "CN=ex2.fabrikam.test")),
  mutation(
    "um-revoked-in-delta",
    "EX2's certificate is revoked by the newest delta",
    [authority({ deltaUrls: ["http://pki.contoso.test/crl/fabrikam-issuing+.crl"] }), um({ revoked: "in-delta" })],
    fails("certificate/revocation", "CN=ex2.fabrikam.test"),
  ),
  mutation("authority-revoked", "The issuing authority of the Exchange side is revoked", [authority({ revoked: "listed" })], fails("certificate/revocation", "CN=Fabrikam Issuing CA 1")),
  mutation(
    "list-stale",
    "The revocation list of the Exchange side is past its date",
    [authority({ list: "stale" })],
    warns("certificate/revocation", "CN=cas1.fabrikam.test", "CN=ex1.fabrikam.test", "CN=ex2.fabrikam.test", "CN=mbx1.fabrikam.test"),
    warns("certificate/revocation-list", "CN=cas1.fabrikam.test", "CN=ex1.fabrikam.test", "CN=ex2.fabrikam.test", "CN=mbx1.fabrikam.test"),
  ),
  mutation(
    "list-missing",
    "The revocation list of the Exchange side is nowhere",
    [authority({ list: "none" })],
    turns("pass", "unknown", "certificate/revocation", "CN=cas1.fabrikam.test", "CN=ex1.fabrikam.test", "CN=ex2.fabrikam.test", "CN=mbx1.fabrikam.test"),
    warns("certificate/revocation-list", "CN=cas1.fabrikam.test", "CN=ex1.fabrikam.test", "CN=ex2.fabrikam.test", "CN=mbx1.fabrikam.test"),
  ),
  mutation(
    "list-of-stranger",
    "The revocation list of the Exchange side is signed by somebody else",
    [authority({ list: "other-signer" })],
    warns("certificate/revocation", "CN=cas1.fabrikam.test", "CN=ex1.fabrikam.test", "CN=ex2.fabrikam.test", "CN=mbx1.fabrikam.test"),
  ),
  mutation(
    "um-no-list",
    "EX2's certificate names neither list nor responder",
    [um({ crlUrls: undefined })],
    turns("pass", "not-applicable", "certificate/revocation", "CN=ex2.fabrikam.test"),
    turns("pass", "not-applicable", "certificate/revocation-list", "CN=ex2.fabrikam.test"),
  ),
];
