import { escapeXml } from "./synthetic-clixml.ts";

/** A hand-made AnchoredXml document in the store's shape; items come as their Key's content and their payload. */
export function syntheticAnchored(scopeClass: string, element: string, area: string, ...items: readonly { readonly key?: string; readonly payload: string }[]): string {
  const list = items.map(({ key = "", payload }) => `<Item><Key>${key}</Key><Value Signature="00000000-0000-0000-0000-000000000002">${payload}</Value></Item>`).join("");
  return `<AnchoredXml xmlns="urn:schema:Microsoft.Rtc.Management.ScopeFramework.2008" SchemaWriteVersion="1"><Key ScopeClass="${scopeClass}"><SchemaId Namespace="urn:schema:Microsoft.Rtc.Management.${area}.2008" ElementName="${element}" /><AuthorityId Class="Host" InstanceId="00000000-0000-0000-0000-000000000000" /></Key><Dictionary Count="${items.length}">${list}</Dictionary></AnchoredXml>`;
}

/** A DocItemSet around payloads; `escaped` carries them as text. */
export function syntheticDocItemSet(payloads: readonly string[], escaped = false): string {
  const item = (payload: string, index: number): string => `<DocItem Name="urn:synthetic:${index}"><Data>${escaped ? escapeXml(payload) : payload}</Data></DocItem>`;
  return `<?xml version="1.0" encoding="utf-8"?><DocItemSet xmlns="urn:synthetic:unverified">${payloads.map(item).join("")}</DocItemSet>`;
}
