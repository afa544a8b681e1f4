import { readFileSync } from "node:fs";
import { validateXML } from "xmllint-wasm";

/** What libxml2 finds wrong with documents by a schema (XSD), as sentences with the number of the document. */
export async function schemaProblems(schema: URL | string, ...documents: readonly string[]): Promise<readonly string[]> {
  const { errors } = await validateXML({
    schema: { fileName: "schema.xsd", contents: readFileSync(schema, "utf8") },
    xml: documents.map((contents, at) => ({ fileName: `${at}.xml`, contents })),
    initialMemoryPages: 1024,
    maxMemoryPages: 8192,
  });
  return errors.map(({ message, loc }) => `${loc?.fileName ?? ""}:${loc?.lineNumber ?? ""} ${message}`);
}
