import { describe, expect, it } from "vitest";
import { stateAttestations } from "../../src/app/attestations.ts";
import { attestationNames } from "../../src/model/attestations.ts";
import { createStore } from "../../src/snapshot/store.ts";

describe("attestations as facts", () => {
  const store = createStore(async () => undefined);
  store.subject({ kind: "deployment", id: "deployment", name: "the deployment" });
  stateAttestations([{ key: "clocks-are-right", value: false, by: "Ada", date: "2026-05-30" }], store);

  it("carry who stated them and when as their source", () => {
    expect(store.get("attestation", "clocks-are-right")?.facts["value"]).toEqual({ state: "known", value: false, source: "stated by Ada on 2026-05-30" });
  });

  it("are unknown where nobody stated them, and name the setting to add", () => {
    expect(store.get("attestation", "um-ports-open")?.facts["value"]).toMatchObject({ state: "unknown", reason: "not-collected", detail: expect.stringContaining("attestations in umpreflight.yaml: { key: um-ports-open, value: true") as string });
  });

  it("are all listed, stated or not", () => {
    expect(store.get("deployment", "deployment")?.facts["attestations"]).toMatchObject({ state: "known", value: attestationNames });
    expect(store.all("attestation")).toHaveLength(attestationNames.length);
  });
});
