import { hexOf } from "./der-values.ts";
import type { PointName } from "./extensions-access.ts";
import type { GeneralName } from "./general-name.ts";

/** A comparison key of a general name. */
export function generalNameKey(name: GeneralName): string {
  switch (name.kind) {
    case "dns":
    case "email":
      return `${name.kind} ${name.value.toLowerCase()}`;
    case "uri":
      return `uri ${name.value}`;
    case "directory":
      return `directory ${name.name.key}`;
    case "ip":
      return `ip ${hexOf(name.bytes)}`;
    case "other":
    case "x400":
    case "edi":
    case "registeredId":
      return `${name.kind} ${hexOf(name.raw)}`;
  }
}

/** Comparison keys of a point name; a relative name is completed with the name it is relative to. */
export function pointKeys(name: PointName, base: string): readonly string[] {
  if (name.kind === "full") return name.names.map(generalNameKey);
  const rdn = `${name.canonical.length}:${name.canonical}`;
  return [`directory ${base === "" ? rdn : `${base}/${rdn}`}`];
}
