import type { RecordValue } from "../model/kinds.ts";
import { known, unknown, type Observation } from "../model/observation.ts";
import { validatePath } from "../x509/index.ts";
import { firstUnknown } from "./combine.ts";
import type { DerivedWorld } from "./world.ts";

type Certificate = RecordValue<"Certificate">;
type Verdict = RecordValue<"PathVerdict">;

/** Whose anchors judge the certificate of an endpoint: always the other side's. */
function judgeOf(side: string): "lync" | "exchange" {
  return side === "exchange" || side === "gateway" ? "lync" : "exchange";
}

function derOf(certificate: Certificate): Buffer {
  return Buffer.from(certificate.der, "base64");
}

async function judge(chain: readonly Certificate[], anchors: readonly Certificate[], at: Date, judgedBy: "lync" | "exchange", purpose: "serverAuth" | "clientAuth"): Promise<Observation<Verdict>> {
  const [leaf, ...intermediates] = chain;
  if (leaf === undefined) return unknown("malformed", "the server sent no certificate");
  const result = await validatePath({ leaf: derOf(leaf), intermediates: intermediates.map(derOf), anchors: anchors.map(derOf), at, purpose });
  const subjectOf = new Map([...chain, ...anchors].map((certificate) => [certificate.der, certificate.subject]));
  const path = result.path.map((der) => subjectOf.get(Buffer.from(der).toString("base64")) ?? "a certificate");
  return known({ judgedBy, purpose, ok: result.ok, problems: result.problems.map(({ code, severity, certificate, message }) => ({ code, severity, certificate, message })), path }, `chain as sent, judged by the ${judgedBy} side's anchors`);
}

/** The chain that each endpoint sent, judged as server and as client certificate by the anchors of the other side (key cert.mtls.both-ways). The name is judged by rules of its own. */
export async function derivePaths(world: DerivedWorld, at: Date): Promise<void> {
  for (const { id } of world.all("endpoint")) {
    const chain = world.read("endpoint", id, "chain");
    const side = world.read("endpoint", id, "side");
    const judgedBy = judgeOf(side.state === "known" ? side.value : "other");
    const anchors = world.read("trustAnchorSet", judgedBy, "certificates");
    const missing = firstUnknown([side, chain, anchors]);
    for (const [fact, purpose] of [["serverPath", "serverAuth"], ["clientPath", "clientAuth"]] as const) {
      const verdict = chain.state === "known" && anchors.state === "known" && missing === undefined ? await judge(chain.value, anchors.value, at, judgedBy, purpose) : (missing ?? unknown("not-collected", "the chain was not read"));
      world.state("endpoint", id, fact, verdict);
    }
  }
}
