import { createHash } from "node:crypto";
import { lookAt } from "./detect-format.ts";
import { defaultLimits } from "./limits.ts";
import type { ReadLimits } from "./limits.ts";
import { readJsonFile } from "./read-json.ts";
import { readXmlFile } from "./read-xml.ts";
import { readZipFile } from "./read-zip.ts";
import { unreadable } from "./recognised-content.ts";
import type { LyncConfigurationFile, RecognisedContent } from "./recognised-content.ts";
import type { LyncConfigurationInput } from "./types.ts";

/**
 * Reads one file of Lync or Skype for Business configuration, whichever of the known formats it is in. Never throws for what is in the file: what cannot be
 * read is a problem and an unknown section.
 */
export async function readLyncConfigurationFile(file: LyncConfigurationFile, limits: ReadLimits = defaultLimits): Promise<LyncConfigurationInput> {
  const { format, sections, problems, exportedAt } = await recognise(file, limits);
  const sha256 = createHash("sha256").update(file.bytes).digest("hex");
  return { path: file.path, format, sha256, ...(exportedAt === undefined ? {} : { exportedAt }), problems, sections };
}

function recognise(file: LyncConfigurationFile, limits: ReadLimits): Promise<RecognisedContent> | RecognisedContent {
  if (file.bytes.length > limits.fileBytes) return unreadable("unrecognised", "unsupported", `The file is larger than ${limits.fileBytes} bytes and is not read.`);
  const look = lookAt(file.bytes);
  if (look.kind === "refused") return unreadable("unrecognised", "unsupported", look.why);
  if (look.kind === "zip") return readZipFile(file.bytes, limits);
  return look.kind === "xml" ? readXmlFile(file, limits) : readJsonFile(file.bytes, limits);
}
