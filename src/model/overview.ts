import type { Reference } from "./finding.ts";
import type { FactValue } from "./kinds.ts";
import type { SubjectRef } from "./subject.ts";

/**
 * What a report tells beside its findings: the deployment process of the profile, the gateway matrix, the map of the deployment and its certificates. It holds
 * what was seen, never an outcome: outcomes come from the findings when a report is rendered, so that a waiver or a comparison shows everywhere alike.
 */
export interface Overview {
  /** Missing in reports of older versions. */
  readonly process?: ProcessView;
  readonly matrix: GatewayMatrix;
  readonly map: DeploymentMap;
  readonly certificates: CertificateList;
}

/** The deployment process of a profile, in the order of the documents. */
export interface ProcessView {
  /** Name of the process, such as `On-premises Unified Messaging`. */
  readonly title: string;
  /** What the process was cut to: products and versions as they were found, and where. */
  readonly detected: readonly DetectedProduct[];
  readonly phases: readonly ProcessPhase[];
}

/** A product that was found, or of which could not be told which version it is. */
export interface DetectedProduct {
  /** Such as `Exchange Server` or `Front End pool`. */
  readonly product: string;
  readonly subject: SubjectRef;
  /** Such as `Exchange 2013 CU23 (15.0.1497)`; undefined where it is not known. */
  readonly version?: string;
  /** What it was told from, or why it could not be told. */
  readonly detail: string;
}

/** One phase of a process. */
export interface ProcessPhase {
  /** Stable: `certificates`, `sip-dial-plan`. */
  readonly id: string;
  readonly title: string;
  /** What is done in it, in one or two sentences. */
  readonly summary: string;
  /** Groups and roles that may do it. */
  readonly who: readonly string[];
  /** Rules behind it; the worst outcome of their findings is the phase's. */
  readonly rules: readonly string[];
  /** Keys of the catalogue that belong to it and that no rule covers. */
  readonly notObservable: readonly string[];
  /** Where it is documented. */
  readonly references?: readonly Reference[];
}

/** Which gateway, hunt group and pilot identifier each pool has in each SIP dial plan. */
export interface GatewayMatrix {
  readonly rows: readonly GatewayMatrixRow[];
  /** What kept the matrix from being complete. */
  readonly notRead: readonly string[];
}

/** One pool in one dial plan. What could not be read is named in `notRead`. */
export interface GatewayMatrixRow {
  readonly pool: SubjectRef;
  readonly dialPlan: SubjectRef;
  /** Forest of the dial plan. */
  readonly forest: string;
  readonly gateways: readonly GatewayMatrixCell[];
  /** Whether those are known to be all. */
  readonly gatewaysRead: boolean;
  /** Why this row is not known as a whole. */
  readonly notRead: readonly string[];
}

/** A hunt group that links a gateway to the dial plan of the row. */
export interface GatewayMatrixHuntGroup {
  readonly huntGroup: SubjectRef;
  readonly pilot?: string;
  /** False: whether it has a pilot identifier was not read. */
  readonly pilotRead: boolean;
}

/** One gateway of a pool with its hunt groups in the dial plan of the row. What is undefined was not read. */
export interface GatewayMatrixCell {
  readonly gateway: SubjectRef;
  readonly huntGroups: readonly GatewayMatrixHuntGroup[];
  /** Whether those are known to be all. */
  readonly huntGroupsRead: boolean;
  readonly status?: FactValue<"umIpGateway", "status">;
  readonly outcalls?: boolean;
  readonly messageWaiting?: boolean;
}

/** What a node of the map stands for. */
export const mapNodeKinds = ["forest", "dial-plan", "gateway", "hunt-group", "auto-attendant", "exchange-server", "pool", "edge-pool", "pstn-gateway", "provider", "sip-domain"] as const;
/** One of {@link mapNodeKinds}. */
export type MapNodeKind = (typeof mapNodeKinds)[number];

/** One thing on the map. */
export interface MapNode {
  /** Unique in the map. */
  readonly id: string;
  readonly kind: MapNodeKind;
  readonly label: string;
  /** Second line, such as a version. */
  readonly detail?: string;
  /** Id of the node that it lies in, such as its forest. */
  readonly parent?: string;
  /** Subjects whose findings colour it; the first is itself. None where it is known by name only. */
  readonly subjects: readonly SubjectRef[];
  /** How many things of its kind it stands for, where they are too many to be drawn one by one. */
  readonly count?: number;
}

/** One relation on the map. */
export interface MapEdge {
  readonly from: string;
  readonly to: string;
  /** What it says, such as `trusts`, `serves`, `hunt group`. */
  readonly label: string;
  /** Whether it holds in the other direction, too. */
  readonly bothWays?: boolean;
  /** Subjects whose findings colour it. */
  readonly subjects: readonly SubjectRef[];
}

/** The deployment as a graph; no layout. */
export interface DeploymentMap {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
  /** What kept the map from being complete, and what was left out of it because there is too much. */
  readonly notShown: readonly string[];
}

/** A certificate that was met, and where. Dates are ISO 8601. */
export interface MetCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** dNSName and iPAddress entries. */
  readonly names: readonly string[];
  readonly serialNumber: string;
  readonly thumbprint: string;
  readonly sha256: string;
  /** Such as `RSA 2048`. */
  readonly key: string;
  readonly signature: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** Whole days until it expires, negative once it has. */
  readonly daysLeft: number;
  /** `host:port` of the endpoints that send it. */
  readonly presentedBy: readonly string[];
  /** Sides that have it among their trusted roots. */
  readonly trustedBy: readonly FactValue<"trustAnchorSet", "side">[];
  /** Revocation status as it was when the snapshot was taken; `not-checked` for roots that nobody sends. */
  readonly status: FactValue<"certificateStatus", "status"> | "unknown" | "not-checked";
  /** What decided the status, or why it is unknown. */
  readonly statusReason: string;
}

/** The certificates of a snapshot, soonest to expire first, and what kept the list from being complete. */
export interface CertificateList {
  readonly at: string;
  readonly certificates: readonly MetCertificate[];
  readonly notRead: readonly string[];
}
