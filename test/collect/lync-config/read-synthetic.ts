import { defaultLimits } from "../../../src/collect/lync-config/limits.ts";
import type { ReadLimits } from "../../../src/collect/lync-config/limits.ts";
import { readLyncConfigurationFile } from "../../../src/collect/lync-config/read-file.ts";
import type { LyncConfigurationInput, SectionItems, SectionName } from "../../../src/collect/lync-config/types.ts";

/** Reads text or bytes as a file whose name says nothing. */
export function readSynthetic(content: string | Uint8Array, { limits = {}, path = "synthetic.bin" }: { readonly limits?: Partial<ReadLimits>; readonly path?: string } = {}): Promise<LyncConfigurationInput> {
  const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
  return readLyncConfigurationFile({ path, bytes }, { ...defaultLimits, ...limits });
}

/** The items of a section that must have been read. */
export function itemsOf<K extends SectionName>(input: Pick<LyncConfigurationInput, "sections">, name: K): readonly SectionItems[K][] {
  const section = input.sections[name];
  if (section.state !== "read") throw new Error(`${name} is unknown: ${section.reason}, ${section.detail}`);
  return section.items;
}

/** The only item of a section. */
export function onlyItem<K extends SectionName>(input: Pick<LyncConfigurationInput, "sections">, name: K): SectionItems[K] {
  const items = itemsOf(input, name);
  const [item] = items;
  if (item === undefined || items.length !== 1) throw new Error(`${name} has ${items.length} items`);
  return item;
}

/** A field that was read. */
export function known<T>(value: T): { readonly state: "known"; readonly value: T } {
  return { state: "known", value };
}
