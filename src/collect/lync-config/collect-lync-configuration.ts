import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { CollectContext, Collector } from "../../model/collector.ts";
import { singletonId } from "../../model/ids.ts";
import { known, unknown, type Observation } from "../../model/observation.ts";
import type { ReportTarget } from "../../model/report.ts";
import { defaultLimits } from "./limits.ts";
import { mergeLyncConfiguration } from "./merge.ts";
import { readLyncConfigurationFile } from "./read-file.ts";
import { stateAccessEdge, stateDialPlans, stateHostedPolicies, stateHostingProviders, stateMedia, statePhones } from "./state-objects.ts";
import { statePstnGateways, statePublicProviders, stateReplicas, stateSimpleUrls } from "./state-edge.ts";
import { sipDomainNames, stateTopology } from "./state-topology.ts";
import { statePstnUsages, stateReroutings, stateTrunks, stateVoicePolicies, stateVoiceRoutes } from "./state-voice.ts";
import type { LyncConfigurationInput, LyncDisagreement, MergedLyncConfiguration, SectionName } from "./types.ts";

/** The files to read. */
export interface LyncConfigurationRequest {
  readonly paths: readonly string[];
}

const id = singletonId.lyncConfiguration;
const listFacts = [
  "inputs", "dialPlans", "mediaConfigurations", "voicePolicies", "pstnUsages", "voiceRoutes", "trunkConfigurations", "voicemailReroutings", "hostingProviders", "publicProviders",
  "hostedVoicemailPolicies", "accessEdge", "replicas", "simpleUrls", "phoneConfigurations", "topologyPools", "pstnGateways", "configuredSipDomains", "disagreements",
] as const;

async function readInput(path: string): Promise<LyncConfigurationInput | string> {
  try {
    const { size } = await stat(path);
    if (size > defaultLimits.fileBytes) return `${path} has ${size} bytes, more than the ${defaultLimits.fileBytes} that are read`;
    return await readLyncConfigurationFile({ path, bytes: await readFile(path) });
  } catch (error) {
    return `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function stateDisagreements(disagreements: readonly LyncDisagreement[], context: CollectContext): readonly string[] {
  return disagreements.map(({ section, identity, property, values }) => {
    const own = `${section}/${identity}/${property}`;
    const source = values.map(({ path }) => basename(path)).join(", ");
    context.observer.subject({ kind: "inputDisagreement", id: own, name: `${section} ${identity} ${property}` });
    context.observer.observe("inputDisagreement", own, "section", known(section, source));
    context.observer.observe("inputDisagreement", own, "identity", known(identity, source));
    context.observer.observe("inputDisagreement", own, "property", known(property, source));
    context.observer.observe("inputDisagreement", own, "values", known(values.map(({ path, value }) => ({ source: basename(path), value: value === null ? "no value" : typeof value === "string" ? value : JSON.stringify(value) })), source));
    return own;
  });
}

/** What is said of a section when no file has it: which files were looked at. */
function explained(list: Observation<readonly string[]>, names: string): Observation<readonly string[]> {
  return list.state === "unknown" && list.reason === "not-collected" ? unknown("not-collected", `${list.detail} (read: ${names})`) : list;
}

function stateMerged(merged: MergedLyncConfiguration, inputs: readonly LyncConfigurationInput[], context: CollectContext): void {
  const { observer } = context;
  const { sections } = merged;
  const names = inputs.map(({ path }) => basename(path)).join(", ");
  const source = (section: SectionName): string => `Lync configuration ${merged.sources[section].map((path) => basename(path)).join(", ") || names}`;
  const state = (fact: (typeof listFacts)[number], list: Observation<readonly string[]>): void => observer.observe("lyncConfiguration", id, fact, explained(list, names));
  state("inputs", known(inputs.map(({ path, format }) => `${basename(path)} (${format})`), "configuration"));
  state("dialPlans", stateDialPlans(observer, sections.dialPlans, source("dialPlans")));
  state("mediaConfigurations", stateMedia(observer, sections.mediaConfigurations, source("mediaConfigurations")));
  state("voicePolicies", stateVoicePolicies(observer, sections.voicePolicies, source("voicePolicies")));
  state("pstnUsages", statePstnUsages(observer, sections.pstnUsages, source("pstnUsages")));
  state("voiceRoutes", stateVoiceRoutes(observer, sections.voiceRoutes, source("voiceRoutes")));
  state("trunkConfigurations", stateTrunks(observer, sections.trunkConfigurations, source("trunkConfigurations")));
  state("voicemailReroutings", stateReroutings(observer, sections.voicemailRerouting, source("voicemailRerouting")));
  state("publicProviders", statePublicProviders(observer, sections.publicProviders, source("publicProviders")));
  state("replicas", stateReplicas(observer, sections.replicationStatus, source("replicationStatus")));
  state("simpleUrls", stateSimpleUrls(observer, sections.simpleUrls, source("simpleUrls")));
  state("hostingProviders", stateHostingProviders(observer, sections.hostingProviders, source("hostingProviders")));
  state("hostedVoicemailPolicies", stateHostedPolicies(observer, sections.hostedVoicemailPolicies, source("hostedVoicemailPolicies")));
  state("accessEdge", stateAccessEdge(observer, sections.accessEdgeConfiguration, source("accessEdgeConfiguration")));
  state("phoneConfigurations", statePhones(observer, sections.ucPhoneConfigurations, source("ucPhoneConfigurations")));
  state("topologyPools", stateTopology(observer, sections.topology, source("topology")));
  state("pstnGateways", statePstnGateways(observer, sections.topology, source("topology")));
  state("configuredSipDomains", sipDomainNames(sections.sipDomains, source("sipDomains")));
  state("disagreements", known(stateDisagreements(merged.disagreements, context), "Lync configuration"));
}

/** Reads the Lync / Skype for Business configuration from files. Without any file all of it is unknown (not-collected). */
export const collectLyncConfiguration: Collector<LyncConfigurationRequest> = async ({ paths }, context) => {
  const { observer } = context;
  observer.subject({ kind: "lyncConfiguration", id, name: "Lync configuration" });
  if (paths.length === 0) {
    const missing = unknown("not-collected", "no Lync configuration file is configured; bin/Export-LyncConfiguration.ps1 makes one");
    for (const fact of listFacts) observer.observe("lyncConfiguration", id, fact, missing);
    return [{ kind: "lync-configuration", name: "files", status: "not-read", problems: [missing.detail] }];
  }
  const read = await Promise.all(paths.map(readInput));
  const inputs = read.filter((input) => typeof input !== "string");
  if (inputs.length === 0) {
    const unread = unknown("not-collected", read.filter((input) => typeof input === "string").join("; "));
    for (const fact of listFacts) observer.observe("lyncConfiguration", id, fact, unread);
  } else stateMerged(mergeLyncConfiguration(inputs), inputs, context);
  return read.map((input, at): ReportTarget => {
    const name = basename(paths[at] ?? "");
    if (typeof input === "string") return { kind: "lync-configuration", name, status: "not-read", problems: [input] };
    const problems = input.problems.map(({ message }) => message);
    return { kind: "lync-configuration", name, status: input.format === "unrecognised" ? "not-read" : problems.length === 0 ? "read" : "partly-read", problems };
  });
};
