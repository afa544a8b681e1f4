import type { KindName } from "../../model/kinds.ts";
import { known, unknown, type Observation } from "../../model/observation.ts";
import type { Observer } from "../../model/subject.ts";
import type { Field, Section } from "./field-types.ts";
import type { LyncAccessEdgeConfiguration, LyncDialPlan, LyncHostedVoicemailPolicy, LyncHostingProvider, LyncMediaConfiguration, LyncUcPhoneConfiguration, NormalizationRule } from "./items.ts";
import { changedField, configurationId, configurationName, fieldOf, nameField, requiredField, scopeField, sectionGap, type SourceText } from "./state-fields.ts";

interface Identified {
  readonly identity: Field<string>;
}

/** States one section: makes each object known, lets `state` tell its facts, and returns the list of all as a fact. */
export function stateSection<T extends Identified>(observer: Observer, kind: KindName, section: Section<T>, source: SourceText, state: (id: string, item: T) => void): Observation<readonly string[]> {
  const items = section.state === "read" ? section.items : [];
  const ids = items.map((item, at) => {
    const id = configurationId(kind, item.identity, at);
    observer.subject({ kind, id, name: configurationName(item.identity, at) });
    state(id, item);
    return id;
  });
  return sectionGap(section, source) ?? known(ids, source);
}

function normalizationRules(field: LyncDialPlan["normalizationRules"], source: SourceText): Observation<readonly { readonly name: string; readonly pattern: string; readonly translation: string; readonly internalExtension: boolean }[]> {
  const rules = requiredField(field, source, "NormalizationRules");
  if (rules.state !== "known") return rules;
  const read = rules.value.map(({ name, pattern, translation, isInternalExtension }: NormalizationRule) =>
    pattern.state === "known" && translation.state !== "unknown"
      ? { name: name.state === "known" ? name.value : "", pattern: pattern.value, translation: translation.state === "known" ? translation.value : "", internalExtension: isInternalExtension.state === "known" && isInternalExtension.value }
      : undefined,
  );
  const whole = read.filter((rule) => rule !== undefined);
  return whole.length === read.length ? known(whole, source) : unknown("truncated", "a normalisation rule was not exported whole", source);
}

/** States the dial plans. */
export function stateDialPlans(observer: Observer, section: Section<LyncDialPlan>, source: SourceText): Observation<readonly string[]> {
  return stateSection(observer, "lyncDialPlan", section, source, (id, plan) => {
    observer.observe("lyncDialPlan", id, "identity", requiredField(plan.identity, source, "Identity"));
    observer.observe("lyncDialPlan", id, "scope", scopeField(plan.scope, source));
    observer.observe("lyncDialPlan", id, "simpleName", requiredField(plan.simpleName, source, "SimpleName"));
    observer.observe("lyncDialPlan", id, "normalizationRules", normalizationRules(plan.normalizationRules, source));
  });
}

/** States the media configurations. */
export function stateMedia(observer: Observer, section: Section<LyncMediaConfiguration>, source: SourceText): Observation<readonly string[]> {
  return stateSection(observer, "mediaConfiguration", section, source, (id, media) => {
    observer.observe("mediaConfiguration", id, "identity", requiredField(media.identity, source, "Identity"));
    observer.observe("mediaConfiguration", id, "scope", scopeField(media.scope, source));
    observer.observe("mediaConfiguration", id, "encryptionLevel", requiredField(media.encryptionLevel, source, "EncryptionLevel"));
  });
}

/** States the hosting providers. */
export function stateHostingProviders(observer: Observer, section: Section<LyncHostingProvider>, source: SourceText): Observation<readonly string[]> {
  return stateSection(observer, "hostingProvider", section, source, (id, provider) => {
    observer.observe("hostingProvider", id, "identity", requiredField(provider.identity, source, "Identity"));
    observer.observe("hostingProvider", id, "proxyFqdn", nameField(provider.proxyFqdn, source, "ProxyFqdn"));
    observer.observe("hostingProvider", id, "enabled", requiredField(provider.enabled, source, "Enabled"));
    observer.observe("hostingProvider", id, "sharedAddressSpace", requiredField(provider.enabledSharedAddressSpace, source, "EnabledSharedAddressSpace"));
    observer.observe("hostingProvider", id, "hostsOcsUsers", requiredField(provider.hostsOcsUsers, source, "HostsOCSUsers"));
    observer.observe("hostingProvider", id, "isLocal", requiredField(provider.isLocal, source, "IsLocal"));
    observer.observe("hostingProvider", id, "verificationLevel", requiredField(provider.verificationLevel, source, "VerificationLevel"));
    observer.observe("hostingProvider", id, "autodiscoverUrl", fieldOf(provider.autodiscoverUrl, source));
  });
}

/** States the hosted voice mail policies. */
export function stateHostedPolicies(observer: Observer, section: Section<LyncHostedVoicemailPolicy>, source: SourceText): Observation<readonly string[]> {
  return stateSection(observer, "hostedVoicemailPolicy", section, source, (id, policy) => {
    const organizations = fieldOf(policy.organization, source);
    observer.observe("hostedVoicemailPolicy", id, "identity", requiredField(policy.identity, source, "Identity"));
    observer.observe("hostedVoicemailPolicy", id, "scope", scopeField(policy.scope, source));
    observer.observe("hostedVoicemailPolicy", id, "destination", fieldOf(policy.destination, source));
    observer.observe("hostedVoicemailPolicy", id, "organizations", organizations.state === "known" ? known(organizations.value.split(",").map((name) => name.trim()).filter((name) => name !== ""), source) : organizations.state === "absent" ? known([], source) : organizations);
  });
}

/** States the Access Edge configuration. */
export function stateAccessEdge(observer: Observer, section: Section<LyncAccessEdgeConfiguration>, source: SourceText): Observation<readonly string[]> {
  return stateSection(observer, "accessEdgeConfiguration", section, source, (id, edge) => {
    observer.observe("accessEdgeConfiguration", id, "identity", requiredField(edge.identity, source, "Identity"));
    observer.observe("accessEdgeConfiguration", id, "allowFederatedUsers", requiredField(edge.allowFederatedUsers, source, "AllowFederatedUsers"));
    observer.observe("accessEdgeConfiguration", id, "allowOutsideUsers", requiredField(edge.allowOutsideUsers, source, "AllowOutsideUsers"));
    observer.observe("accessEdgeConfiguration", id, "enablePartnerDiscovery", fieldOf(edge.enablePartnerDiscovery, source));
    observer.observe("accessEdgeConfiguration", id, "routingMethod", changedField(edge.routingMethod, source, "RoutingMethod", (value) => (value === "UseDnsSrvRouting" ? "UseDnsSrvRouting" : /defaultroute/i.test(value) ? "DefaultRoute" : undefined)));
  });
}

/** States the UC phone configurations. */
export function statePhones(observer: Observer, section: Section<LyncUcPhoneConfiguration>, source: SourceText): Observation<readonly string[]> {
  return stateSection(observer, "phoneConfiguration", section, source, (id, phone) => {
    observer.observe("phoneConfiguration", id, "identity", requiredField(phone.identity, source, "Identity"));
    observer.observe("phoneConfiguration", id, "scope", scopeField(phone.scope, source));
    observer.observe("phoneConfiguration", id, "sipSecurityMode", requiredField(phone.sipSecurityMode, source, "SIPSecurityMode"));
  });
}
