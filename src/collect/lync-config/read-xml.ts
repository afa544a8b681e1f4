import { isBundle, readBundle, readPlainObjects } from "./bundle.ts";
import { createClixmlConverter } from "./clixml.ts";
import { refuseRoot } from "./detect-format.ts";
import { createDocItemCollector } from "./doc-item-set.ts";
import { unknown } from "./field.ts";
import type { ReadLimits } from "./limits.ts";
import type { PowerShellValue } from "./powershell-value.ts";
import { unreadable } from "./recognised-content.ts";
import type { LyncConfigurationFile, RecognisedContent } from "./recognised-content.ts";
import { unknownSections } from "./sections.ts";
import { docItemContent } from "./read-zip.ts";
import { storeContent } from "./store-content.ts";
import { isStoreElement, readStoredDocument } from "./store-xml.ts";
import { flagAttribute } from "./topology-attributes.ts";
import { setTopology, takeSipDomains } from "./topology-section.ts";
import { builderShape, publishedShape } from "./topology-shapes.ts";
import type { TopologyShape } from "./topology-shapes.ts";
import type { LyncConfigurationFormat } from "./types.ts";
import { outermost } from "./xml-element.ts";
import type { XmlElement } from "./xml-element.ts";
import { readXmlBytes, slices } from "./xml-bytes.ts";

/** Reads an XML file of whichever kind its root element says. */
export async function readXmlFile({ path, bytes }: LyncConfigurationFile, limits: ReadLimits): Promise<RecognisedContent> {
  const converter = createClixmlConverter(limits.clixmlValues);
  const values: PowerShellValue[] = [];
  const docItems = createDocItemCollector(limits);
  const outcome = await readXmlBytes(slices(bytes), limits, (root, child) => {
    if (root.local === "DocItemSet") return docItems.take(child);
    if (root.local !== "Objs") return "keep";
    const value = converter.convert(child);
    if (value === undefined) return { refusal: `it has more than ${limits.clixmlValues} values` };
    values.push(value);
    return "taken";
  });
  if (!outcome.ok) return unreadable(formatOfRoot(outcome.rootLocal), outcome.reason, `The file looks like XML, but ${outcome.detail}.`);
  const { root } = outcome;
  switch (formatOfRoot(root.local)) {
    case "clixml-bundle":
      return { format: "clixml-bundle", ...readClixml(values, limits) };
    case "topology-xml":
      return topologyContent("topology-xml", publishedShape(root), unknown("not-collected", "a topology file does not say whether it is published"));
    case "configuration-zip":
      return docItemContent(docItems);
    case "element-xml":
      return { format: "element-xml", ...storeContent([readStoredDocument(root)], { isWholeStore: false, damage: [] }) };
    case "tbxml":
      return builderContent(root);
    default:
      return unreadable("unrecognised", "unsupported", refuseRoot(root.local, path));
  }
}

function formatOfRoot(local: string | undefined): LyncConfigurationFormat {
  if (local === undefined) return "unrecognised";
  if (local === "Objs") return "clixml-bundle";
  if (local === "Topology") return "topology-xml";
  if (local === "DocItemSet") return "configuration-zip";
  if (local === "TopologyBuilder") return "tbxml";
  return isStoreElement(local) ? "element-xml" : "unrecognised";
}

function readClixml(values: readonly PowerShellValue[], limits: ReadLimits): Omit<RecognisedContent, "format"> {
  const bundles = values.filter(isBundle);
  const [bundle] = bundles;
  if (bundle === undefined) return readPlainObjects(values, limits);
  if (values.length === 1) return readBundle(bundle, limits);
  const message = "The CLIXML file holds a bundle and something else; one bundle alone is expected.";
  return { sections: unknownSections("malformed", message), problems: [{ severity: "error", message }] };
}

function topologyContent(format: LyncConfigurationFormat, shape: TopologyShape, isPublished: Parameters<typeof setTopology>[2]): RecognisedContent {
  const sections = unknownSections("not-collected", "a topology does not hold it");
  setTopology(sections, shape, isPublished);
  takeSipDomains(sections);
  return { format, sections, problems: [] };
}

/** A Topology Builder file is a design: it counts as published only where it says so. */
function builderContent(root: XmlElement): RecognisedContent {
  const [partial] = outermost(root, ({ local }) => local === "PartialTopology");
  if (partial === undefined) return unreadable("tbxml", "malformed", "The Topology Builder file holds no topology.");
  const isPublished = flagAttribute(partial, "IsPublished");
  const content = topologyContent("tbxml", builderShape(partial), isPublished);
  if (isPublished.state === "known" && isPublished.value) return content;
  return { ...content, problems: [{ severity: "warning", message: "The Topology Builder file is a design that may not be published." }] };
}
