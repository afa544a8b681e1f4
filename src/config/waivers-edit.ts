import { isSeq, parseDocument } from "yaml";
import { ConfigError } from "../model/errors.ts";
import { parseWaivers } from "./waivers-file.ts";

/** A waiver to be added. `subject` is the exact id. */
export interface NewWaiver {
  readonly id?: string;
  readonly rule: string;
  readonly subject: string;
  readonly kind?: string;
  readonly reason: string;
  readonly owner: string;
  readonly ticket?: string;
  readonly expires: string;
  readonly unknown?: true;
}

const beginning = "# yaml-language-server: $schema=node_modules/umpreflight/reports/schemas/waivers.schema.json\nversion: 1\nwaivers: []\n";

/**
 * The text of a waivers file with one waiver more; comments and order stay. `text` undefined begins a file.
 * @throws ConfigError when the file, or what it would become, cannot be used
 */
export function addWaiver(file: string, text: string | undefined, waiver: NewWaiver): string {
  const before = text ?? beginning;
  parseWaivers(file, before);
  const document = parseDocument(before, { schema: "core" });
  const list = document.get("waivers");
  if (!isSeq(list)) throw new ConfigError("waivers-file", "waivers is no list", { position: { file } });
  list.flow = false;
  list.add(document.createNode(waiver));
  const after = document.toString({ lineWidth: 0 });
  parseWaivers(file, after);
  return after;
}
