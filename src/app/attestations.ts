import { attestationKeys, attestationNames, type Attestation, type AttestationName } from "../model/attestations.ts";
import { singletonId } from "../model/ids.ts";
import { known, unknown } from "../model/observation.ts";
import type { Observer } from "../model/subject.ts";

const source = "configuration";

function howToState(key: AttestationName): string {
  return `nobody has stated it; whoever knows adds to attestations in umpreflight.yaml: { key: ${key}, value: true, by: NAME, date: YYYY-MM-DD }`;
}

/** States every key that can be attested: what somebody stated with name and date as its source, the others as not collected. */
export function stateAttestations(attestations: readonly Attestation[], observer: Observer): void {
  for (const key of attestationNames) {
    const stated = attestations.find((one) => one.key === key);
    observer.subject({ kind: "attestation", id: key, name: key });
    observer.observe("attestation", key, "key", known(key, source));
    observer.observe("attestation", key, "statement", known(attestationKeys[key].statement, source));
    const missing = unknown("not-collected", howToState(key), source);
    const by = stated === undefined ? source : `stated by ${stated.by} on ${stated.date}`;
    observer.observe("attestation", key, "value", stated === undefined ? missing : known(stated.value, by));
    observer.observe("attestation", key, "by", stated === undefined ? missing : known(stated.by, by));
    observer.observe("attestation", key, "date", stated === undefined ? missing : known(stated.date, by));
  }
  observer.observe("deployment", singletonId.deployment, "attestations", known(attestationNames, source));
}
