import type { RecordValue } from "../../model/kinds.ts";
import { known, type Observation } from "../../model/observation.ts";
import { chained } from "../combine.ts";

type EumAddress = RecordValue<"EumAddress">;

const contextMark = ";phone-context=";

/** Takes an EUM address apart at its last phone context, as Exchange does; a SIP extension is one with an @. */
function eumAddress(address: string, primary: boolean): EumAddress {
  const at = address.toLowerCase().lastIndexOf(contextMark);
  const extension = (at < 0 ? address : address.slice(0, at)).toLowerCase();
  const form = extension.includes("@") ? "sip" : /^\d+$/.test(extension) ? "digits" : "other";
  return { address, primary, extension, phoneContext: at < 0 ? "" : address.slice(at + contextMark.length), form };
}

/** The EUM addresses of an account, primary ones first. */
export function eumAddresses(primary: Observation<readonly string[]>, secondary: Observation<readonly string[]>): Observation<readonly EumAddress[]> {
  return chained(primary, (first) => chained(secondary, (second) => known([...first.map((one) => eumAddress(one, true)), ...second.map((one) => eumAddress(one, false))], secondary.state === "known" ? secondary.source : "")));
}
