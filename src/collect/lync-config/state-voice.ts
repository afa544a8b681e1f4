import { normalName } from "../../model/ids.ts";
import { known, unknown, type Observation } from "../../model/observation.ts";
import type { Observer } from "../../model/subject.ts";
import { checkDotnetPattern, type PatternSyntax } from "./dotnet-pattern.ts";
import { absent as absentField, known as knownField, unknown as unknownField } from "./field.ts";
import type { Field, Section } from "./field-types.ts";
import type { LyncPstnUsages, LyncTrunkConfiguration, LyncVoicePolicy, LyncVoiceRoute, LyncVoicemailRerouting } from "./items.ts";
import { changedField, fieldOf, requiredField, scopeField, sectionGap, type SourceText } from "./state-fields.ts";
import { stateSection } from "./state-objects.ts";

/** States the voice policies. */
export function stateVoicePolicies(observer: Observer, section: Section<LyncVoicePolicy>, source: SourceText): Observation<readonly string[]> {
  return stateSection(observer, "voicePolicy", section, source, (id, policy) => {
    observer.observe("voicePolicy", id, "identity", requiredField(policy.identity, source, "Identity"));
    observer.observe("voicePolicy", id, "scope", scopeField(policy.scope, source));
    observer.observe("voicePolicy", id, "pstnUsages", requiredField(policy.pstnUsages, source, "PstnUsages"));
  });
}

/** States each PSTN usage of the one object that holds them all. */
export function statePstnUsages(observer: Observer, section: Section<LyncPstnUsages>, source: SourceText): Observation<readonly string[]> {
  const gap = sectionGap(section, source);
  if (section.state === "unknown" || gap !== undefined) return gap ?? unknown("not-collected", "no PSTN usages were exported", source);
  const names: string[] = [];
  for (const { usages } of section.items) {
    const read = requiredField(usages, source, "Usage");
    if (read.state !== "known") return read;
    names.push(...read.value);
  }
  return known([...new Set(names)].map((name) => {
    const id = `pstnUsage/${name.toLowerCase()}`;
    observer.subject({ kind: "pstnUsage", id, name });
    observer.observe("pstnUsage", id, "name", known(name, source));
    return id;
  }), source);
}

/** The syntax of a route's pattern; a route without one matches nothing. */
function syntaxOf(pattern: Field<string>): Field<PatternSyntax> {
  if (pattern.state === "known") return checkDotnetPattern(pattern.value);
  return pattern.state === "absent" ? knownField({ valid: false, problem: "there is none" }) : pattern;
}

function problemOf(syntax: Field<PatternSyntax>): Field<string> {
  if (syntax.state !== "known") return unknownField("unsupported", syntax.state === "unknown" ? syntax.detail : "the pattern was not judged");
  return syntax.value.valid ? absentField : knownField(syntax.value.problem);
}

/** States the voice routes. */
export function stateVoiceRoutes(observer: Observer, section: Section<LyncVoiceRoute>, source: SourceText): Observation<readonly string[]> {
  return stateSection(observer, "voiceRoute", section, source, (id, route) => {
    const syntax = syntaxOf(route.numberPattern);
    observer.observe("voiceRoute", id, "identity", requiredField(route.identity, source, "Identity"));
    observer.observe("voiceRoute", id, "priority", requiredField(route.priority, source, "Priority"));
    observer.observe("voiceRoute", id, "numberPattern", fieldOf(route.numberPattern, source));
    observer.observe("voiceRoute", id, "patternSyntax", changedField(syntax, source, "NumberPattern", ({ valid }) => (valid ? "valid" : "invalid")));
    observer.observe("voiceRoute", id, "patternProblem", fieldOf(problemOf(syntax), source));
    observer.observe("voiceRoute", id, "pstnUsages", requiredField(route.pstnUsages, source, "PstnUsages"));
    observer.observe("voiceRoute", id, "gateways", changedField(route.pstnGateways, source, "PstnGatewayList", (names) => names.map((name) => normalName(name.replace(/^(?:service:)?PstnGateway:/i, "").trim()))));
  });
}

/** States the trunk configurations. */
export function stateTrunks(observer: Observer, section: Section<LyncTrunkConfiguration>, source: SourceText): Observation<readonly string[]> {
  return stateSection(observer, "trunkConfiguration", section, source, (id, trunk) => {
    observer.observe("trunkConfiguration", id, "identity", requiredField(trunk.identity, source, "Identity"));
    observer.observe("trunkConfiguration", id, "scope", scopeField(trunk.scope, source));
    observer.observe("trunkConfiguration", id, "srtpMode", requiredField(trunk.srtpMode, source, "SRTPMode"));
  });
}

/** States the voice mail rerouting configurations. */
export function stateReroutings(observer: Observer, section: Section<LyncVoicemailRerouting>, source: SourceText): Observation<readonly string[]> {
  return stateSection(observer, "voicemailRerouting", section, source, (id, rerouting) => {
    observer.observe("voicemailRerouting", id, "identity", requiredField(rerouting.identity, source, "Identity"));
    observer.observe("voicemailRerouting", id, "scope", scopeField(rerouting.scope, source));
    observer.observe("voicemailRerouting", id, "enabled", requiredField(rerouting.enabled, source, "Enabled"));
    observer.observe("voicemailRerouting", id, "autoAttendantNumber", fieldOf(rerouting.autoAttendantNumber, source));
    observer.observe("voicemailRerouting", id, "subscriberAccessNumber", fieldOf(rerouting.subscriberAccessNumber, source));
  });
}
