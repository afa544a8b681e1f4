import { factOf } from "../../model/fact-read.ts";
import type { FactName, FactValue } from "../../model/kinds.ts";
import { absent, known, type Observation } from "../../model/observation.ts";
import type { Subject } from "../../model/subject.ts";
import { chained, derivedSource, mapped } from "../combine.ts";
import { eumAddresses } from "./eum-address.ts";
import { lineUri } from "./line-uri.ts";
import { voiceMailSettings } from "./voice-mail-settings.ts";

/** Bits of msRTCSIP-OptionFlags. Two more, 0x400 and 0x800, are named by one source only. */
const optionBits = [
  [0x1, "publicIm"],
  [0x10, "remoteCallControl"],
  [0x40, "anonymousMeetings"],
  [0x80, "enterpriseVoice"],
  [0x100, "enhancedPresence"],
  [0x200, "remoteCallControlDual"],
] as const;

/** A fact of a user. */
export function userFact<F extends FactName<"user">>(user: Subject, fact: F): Observation<FactValue<"user", F>> {
  return factOf(user, "user", fact);
}

/** Derived facts of a user. */
export type UserFacts = Readonly<Record<string, Observation>>;

/** Those that follow from its own attributes. */
export type OwnFacts = Readonly<Record<"options" | "sipName" | "eumAddresses" | "line" | "hostedByExchange" | "hostedByLync" | "oddVoiceMailSettings" | "voiceMailRoute", Observation>>;

function optional<T>(value: T | undefined): Observation<T> {
  return value === undefined ? absent(derivedSource) : known(value, derivedSource);
}

/** What follows from the attributes of one account alone. */
export function ownFacts(user: Subject): OwnFacts {
  const settings = mapped(userFact(user, "voiceMailSettings"), voiceMailSettings);
  return {
    options: mapped(userFact(user, "optionFlags"), (flags) => optionBits.flatMap(([bit, name]) => ((flags & bit) === 0 ? [] : [name]))),
    sipName: mapped(userFact(user, "sipAddress"), (address) => address.toLowerCase().replace(/^sip:/, "")),
    eumAddresses: eumAddresses(userFact(user, "eumPrimary"), userFact(user, "eumSecondary")),
    line: mapped(userFact(user, "lineUri"), lineUri),
    hostedByExchange: chained(settings, ({ exchange }) => optional(exchange)),
    hostedByLync: chained(settings, ({ lync }) => optional(lync)),
    oddVoiceMailSettings: mapped(settings, ({ odd }) => odd),
    voiceMailRoute: mapped(settings, ({ route }) => route),
  };
}
