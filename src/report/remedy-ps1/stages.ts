import { areaOf } from "../order.ts";

/** One stage of the work: areas of rules that are mended together, in their order. */
interface Stage {
  readonly title: string;
  readonly areas: readonly string[];
}

/** What has to be right first stands first: Lync can only be told of dial plans that are there, and gateways want the certificates. */
const stages: readonly Stage[] = [
  { title: "Versions, forests, rights and the Exchange organisation", areas: ["version", "configuration", "forest", "permission", "organization", "exchange"] },
  { title: "Certificates and the services that use them", areas: ["certificate", "security", "startup", "endpoint", "server"] },
  { title: "Dial plans", areas: ["dial-plan", "mailbox-policy"] },
  { title: "Gateways", areas: ["gateway"] },
  { title: "Hunt groups and auto attendants", areas: ["hunt-group", "auto-attendant"] },
  { title: "DNS", areas: ["dns"] },
  { title: "Lync, its users, and everything else", areas: ["lync", "pool", "edge", "policy", "hosted", "cloud-voicemail", "contact", "user"] },
];

const ranks = new Map(stages.flatMap(({ areas }, stage) => areas.map((area, index) => [area, stage * 100 + index])));
const last = stages.length * 100 - 1;

/** Where the remedies of a rule stand: lower is earlier. Areas that are not known come last. */
export function remedyRank(rule: string): number {
  return ranks.get(areaOf(rule)) ?? last;
}

/** The title of the stage of a rank. */
export function stageTitle(rank: number): string {
  return stages[Math.floor(rank / 100)]?.title ?? "";
}
