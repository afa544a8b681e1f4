import type { Section } from "./field-types.ts";
import type {
  LyncAccessEdgeConfiguration,
  LyncDialPlan,
  LyncExUmContact,
  LyncHostedVoicemailPolicy,
  LyncHostingProvider,
  LyncMediaConfiguration,
  LyncPstnUsages,
  LyncPublicProvider,
  LyncReplicationStatus,
  LyncSimpleUrlConfiguration,
  LyncSipDomain,
  LyncTrunkConfiguration,
  LyncUcPhoneConfiguration,
  LyncVoicePolicy,
  LyncVoiceRoute,
  LyncVoicemailRerouting,
} from "./items.ts";
import type { Topology } from "./topology-types.ts";

/** What each section holds. */
export interface SectionItems {
  readonly dialPlans: LyncDialPlan;
  readonly mediaConfigurations: LyncMediaConfiguration;
  readonly voicePolicies: LyncVoicePolicy;
  readonly voiceRoutes: LyncVoiceRoute;
  readonly pstnUsages: LyncPstnUsages;
  readonly trunkConfigurations: LyncTrunkConfiguration;
  readonly hostingProviders: LyncHostingProvider;
  readonly publicProviders: LyncPublicProvider;
  readonly hostedVoicemailPolicies: LyncHostedVoicemailPolicy;
  readonly accessEdgeConfiguration: LyncAccessEdgeConfiguration;
  readonly ucPhoneConfigurations: LyncUcPhoneConfiguration;
  readonly voicemailRerouting: LyncVoicemailRerouting;
  readonly simpleUrls: LyncSimpleUrlConfiguration;
  readonly sipDomains: LyncSipDomain;
  readonly replicationStatus: LyncReplicationStatus;
  readonly exUmContacts: LyncExUmContact;
  readonly topology: Topology;
}

/** Name of a section. */
export type SectionName = keyof SectionItems;

/** Everything that one file, or all files together, say. */
export type LyncSections = { readonly [K in SectionName]: Section<SectionItems[K]> };

/** What a file turned out to be, decided by content. `clixml-bundle` also stands for plain Export-Clixml files of single cmdlets. */
export type LyncConfigurationFormat = "clixml-bundle" | "json-bundle" | "topology-xml" | "configuration-zip" | "element-xml" | "tbxml" | "unrecognised";

/** A sentence for the user about the file. An error means that something in it could not be read. */
export interface LyncConfigurationProblem {
  readonly severity: "error" | "warning";
  readonly message: string;
}

/** One file, read. `sha256` is of the bytes, in lower-case hex; `exportedAt` (ISO 8601, UTC) is what the file says about itself. */
export interface LyncConfigurationInput {
  readonly path: string;
  readonly format: LyncConfigurationFormat;
  readonly sha256: string;
  readonly exportedAt?: string;
  readonly problems: readonly LyncConfigurationProblem[];
  readonly sections: LyncSections;
}

/** Two or more inputs that say different things about one property; `value` is null where an input says that there is no value. */
export interface LyncDisagreement {
  readonly section: SectionName;
  readonly identity: string;
  /** Property of the item; `(item)` where one complete input has the item and another has not (values true and false). */
  readonly property: string;
  readonly values: readonly { readonly path: string; readonly value: unknown }[];
}

/** All inputs as one: for each section the best answer, the paths it came from (best first), and where inputs disagree. */
export interface MergedLyncConfiguration {
  readonly sections: LyncSections;
  readonly sources: Readonly<Record<SectionName, readonly string[]>>;
  readonly disagreements: readonly LyncDisagreement[];
}
