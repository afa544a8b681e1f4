import { ProtocolError, elements, integerOf, onlyElement } from "./ber.ts";
import type { Control } from "./request.ts";

/** Object identifiers of the controls that the server takes. */
export const controlOid = {
  paged: "1.2.840.113556.1.4.319",
  descriptorFlags: "1.2.840.113556.1.4.801",
  extendedDn: "1.2.840.113556.1.4.529",
  domainScope: "1.2.840.113556.1.4.1339",
  showDeleted: "1.2.840.113556.1.4.417",
  showRecycled: "1.2.840.113556.1.4.2064",
  showDeactivatedLinks: "1.2.840.113556.1.4.2065",
  searchOptions: "1.2.840.113556.1.4.1340",
} as const;

/** What the controls of a search ask for. */
export interface SearchControls {
  readonly page: { readonly size: number; readonly cookie: Buffer } | undefined;
  /** Parts of the security descriptor wanted; undefined without the control. */
  readonly descriptorParts: number | undefined;
  /** Names with GUID and SID before them, in hexadecimal or as text. */
  readonly extendedDn: "hex" | "text" | undefined;
  readonly withoutReferences: boolean;
}

function flagOf(control: Control | undefined, otherwise: number): number {
  return control?.value === undefined || control.value.length === 0 ? otherwise : integerOf(elements(onlyElement(control.value).body)[0]);
}

function page(control: Control | undefined): SearchControls["page"] {
  if (control === undefined) return undefined;
  const [size, cookie] = elements(onlyElement(control.value ?? Buffer.alloc(0)).body);
  if (cookie === undefined) throw new ProtocolError("page without cookie");
  return { size: integerOf(size), cookie: cookie.body };
}

/** Reads the controls of a search. @throws ProtocolError */
export function searchControls(controls: readonly Control[]): SearchControls {
  const find = (oid: string) => controls.find((control) => control.oid === oid);
  const flags = find(controlOid.descriptorFlags);
  const extended = find(controlOid.extendedDn);
  return {
    page: page(find(controlOid.paged)),
    descriptorParts: flags === undefined ? undefined : flagOf(flags, 0) & 15,
    extendedDn: extended === undefined ? undefined : flagOf(extended, 0) === 1 ? "text" : "hex",
    withoutReferences: find(controlOid.domainScope) !== undefined,
  };
}

/** A critical control that the server does not know (RFC 4511 section 4.1.11), or undefined. */
export function unknownCritical(controls: readonly Control[]): Control | undefined {
  const known: readonly string[] = Object.values(controlOid);
  return controls.find(({ critical, oid }) => critical && !known.includes(oid));
}
