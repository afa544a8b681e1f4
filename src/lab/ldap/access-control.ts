import type { Schema } from "./schema/schema.ts";
import type { Placeholders } from "./placeholders.ts";

/** One access control entry; GUIDs and SIDs are text. `flags` are those of [MS-DTYP] section 2.4.4.1. */
export interface Ace {
  readonly type: "allow" | "deny";
  readonly flags: number;
  readonly mask: number;
  readonly objectType: string | undefined;
  readonly inheritedObjectType: string | undefined;
  readonly sid: string;
}

/** Rights that reading asks for ([MS-ADTS] section 5.1.3.2). */
export const right = { listChildren: 0x4, readProperty: 0x10, readControl: 0x20000 } as const;

const flag = { objectInherit: 1, containerInherit: 2, noPropagate: 4, inheritOnly: 8, inherited: 16 } as const;
const flagNames: Readonly<Record<string, number>> = { OI: 1, CI: 2, NP: 4, IO: 8, ID: 16 };
const fullControl = 0xf01ff;
const rightNames: Readonly<Record<string, number>> = {
  CC: 0x1, DC: 0x2, LC: 0x4, SW: 0x8, RP: 0x10, WP: 0x20, DT: 0x40, LO: 0x80, CR: 0x100,
  SD: 0x10000, RC: 0x20000, WD: 0x40000, WO: 0x80000,
  // generic rights as the directory maps them ([MS-ADTS] section 5.1.3.2)
  GA: fullControl, GR: 0x20094, GW: 0x20028, GX: 0x20004,
};
const domainTrustees: Readonly<Record<string, number>> = { LA: 500, LG: 501, DA: 512, DU: 513, DG: 514, DC: 515, DD: 516, CA: 517, SA: 518, EA: 519, PA: 520 };
const otherTrustees: Readonly<Record<string, string>> = {
  WD: "S-1-1-0", CO: "S-1-3-0", AN: "S-1-5-7", ED: "S-1-5-9", PS: "S-1-5-10", AU: "S-1-5-11", SY: "S-1-5-18",
  BA: "S-1-5-32-544", BU: "S-1-5-32-545", AO: "S-1-5-32-548", RU: "S-1-5-32-554",
};

/** What an ACE of the data is resolved against. */
export interface AceContext {
  readonly forest: string;
  readonly domainSid: string;
  readonly schema: Schema;
  readonly placeholders: Placeholders;
}

function bits(text: string, names: Readonly<Record<string, number>>): number {
  if (/^0x[0-9a-f]+$/iu.test(text)) return Number(text);
  let sum = 0;
  for (const [name] of text.matchAll(/../gu)) {
    const bit = names[name];
    if (bit === undefined) throw new Error(`lab data: ${name} in an ACE is not known`);
    sum |= bit;
  }
  return sum;
}

function guidOf(text: string, { schema }: AceContext): string | undefined {
  if (text === "") return undefined;
  const [, kind, name = ""] = /^\{(attr|class|pset):(.+)\}$/u.exec(text) ?? [];
  const key = name.toLowerCase();
  const found = kind === undefined ? text.toLowerCase() : (kind === "attr" ? schema.attributes : kind === "class" ? schema.classes : schema.propertySets).get(key)?.guid;
  if (found === undefined) throw new Error(`lab data: ${text} in an ACE is not in the schema`);
  return found;
}

function trusteeOf(text: string, context: AceContext): string {
  const [, forest = context.forest, account] = /^\{(?:([\w-]+):)?([^{}]+)\}$/u.exec(text) ?? [];
  if (account !== undefined) {
    const sid = context.placeholders.sidOf(forest, account);
    if (sid === undefined) throw new Error(`lab data: forest ${forest} of an ACE is not there`);
    return sid;
  }
  const rid = domainTrustees[text];
  return rid === undefined ? (otherTrustees[text] ?? text) : `${context.domainSid}-${rid}`;
}

/** Parses one ACE in SDDL ([MS-DTYP] section 2.5.1.1) with the placeholders of Entry. @throws Error where the data are wrong. */
export function parseAce(sddl: string, context: AceContext): Ace {
  const [type = "", flags = "", rights = "", object = "", inherited = "", trustee = "", ...more] = sddl.replace(/^\(/u, "").replace(/\)$/u, "").split(";");
  if (!["A", "D", "OA", "OD"].includes(type) || trustee === "" || more.length > 0) throw new Error(`lab data: ACE ${sddl} is not understood`);
  return {
    type: type.endsWith("A") ? "allow" : "deny",
    flags: bits(flags, flagNames),
    mask: bits(rights, rightNames),
    objectType: guidOf(object, context),
    inheritedObjectType: guidOf(inherited, context),
    sid: trusteeOf(trustee, context),
  };
}

/** What a child of a class takes over from its parent's list ([MS-DTYP] section 2.5.3.4): inherit-only where the entry is for another class. */
export function inheritAces(parent: readonly Ace[], classGuid: string): readonly Ace[] {
  return parent.flatMap((ace): readonly Ace[] => {
    if ((ace.flags & flag.containerInherit) === 0) return [];
    const applies = ace.inheritedObjectType === undefined || ace.inheritedObjectType === classGuid;
    const ends = (ace.flags & flag.noPropagate) !== 0;
    if (ends) return applies ? [{ ...ace, flags: flag.inherited }] : [];
    const kept = ace.flags & (flag.objectInherit | flag.containerInherit);
    return [{ ...ace, flags: kept | flag.inherited | (applies ? 0 : flag.inheritOnly) }];
  });
}

/** Puts denials before grants, as every tool that writes a list does. */
export function canonicalOrder(aces: readonly Ace[]): readonly Ace[] {
  return [...aces.filter((ace) => ace.type === "deny"), ...aces.filter((ace) => ace.type === "allow")];
}

/** Whether the list gives these SIDs a right, on the whole object or on one of the GUIDs (an attribute and its property set): the first entry that speaks of it decides. */
export function isGranted(aces: readonly Ace[], sids: ReadonlySet<string>, wanted: number, guids: readonly (string | undefined)[] = []): boolean {
  const decisive = aces.find(
    (ace) => (ace.flags & flag.inheritOnly) === 0 && (ace.mask & wanted) === wanted && sids.has(ace.sid) && (ace.objectType === undefined || guids.includes(ace.objectType)),
  );
  return decisive?.type === "allow";
}
