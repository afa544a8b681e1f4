import type { RecordValue } from "../../../model/kinds.ts";
import { known, unknown, type Observation } from "../../../model/observation.ts";
import type { Entry } from "../client-contract.ts";
import { bytes } from "../client-entry.ts";
import { parseSecurityDescriptor, type Ace, type SecurityDescriptor } from "../security-descriptor.ts";
import { failureOf } from "./observe-entry.ts";
import type { Reader } from "./reader.ts";

const flags = { containerInherit: 0x2, noPropagate: 0x4, inheritOnly: 0x8, inherited: 0x10 } as const;

/** The security descriptor of an entry that was read with it; undefined where the account may not read it or it is malformed. */
export function descriptorOf(entry: Entry): SecurityDescriptor | undefined {
  const raw = bytes(entry, "nTSecurityDescriptor");
  return raw.state === "value" ? parseSecurityDescriptor(raw.value) : undefined;
}

function aceRecord(ace: Ace): RecordValue<"Ace"> | undefined {
  if ((ace.effect !== "allow" && ace.effect !== "deny") || ace.sid === undefined) return undefined;
  return {
    allow: ace.effect === "allow",
    trusteeSid: ace.sid,
    mask: ace.mask,
    ...(ace.objectType === undefined ? {} : { objectType: ace.objectType }),
    ...(ace.inheritedObjectType === undefined ? {} : { inheritedObjectType: ace.inheritedObjectType }),
    containerInherit: (ace.flags & flags.containerInherit) !== 0,
    inheritOnly: (ace.flags & flags.inheritOnly) !== 0,
    noPropagate: (ace.flags & flags.noPropagate) !== 0,
    inherited: (ace.flags & flags.inherited) !== 0,
  };
}

/** The DACL of an object in stored order. Entries whose effect depends on what cannot be seen make it unknown. */
export async function acesOf(reader: Reader, dn: string): Promise<Observation<readonly RecordValue<"Ace">[]>> {
  const read = await reader.client.readEntry(dn, ["objectClass", "nTSecurityDescriptor"], { sdFlags: true });
  if (!read.ok) return failureOf(read.failure, reader.source);
  const descriptor = descriptorOf(read.value);
  if (descriptor === undefined) return unknown("denied", `the account may not read the permissions of ${dn}`, reader.source);
  if (descriptor.dacl === undefined) return unknown("unsupported", `${dn} has no DACL: everybody may do everything`, reader.source);
  if (descriptor.dacl.some(({ effect, isConditional }) => effect === "unknown" || isConditional)) return unknown("unsupported", `${dn} has conditional access control entries`, reader.source);
  return known(descriptor.dacl.flatMap((ace) => aceRecord(ace) ?? []), reader.source);
}
