/** A file name as a URI reference (RFC 3986): relative ones stay relative, absolute ones of either system become `file:` URIs. */
export function fileUri(file: string): string {
  const path = file.toWellFormed().replaceAll("\\", "/");
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  if (/^[A-Za-z]:\//.test(path)) return `file:///${path.slice(0, 2)}${encoded.slice(encoded.indexOf("/"))}`;
  if (path.startsWith("//")) return `file:${encoded}`;
  return path.startsWith("/") ? `file://${encoded}` : encoded;
}

/** A link that may be shown as one: https or http, without credentials, normalized; undefined for anything else. */
export function webLink(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, username, password, href } = new URL(url);
  return (protocol === "https:" || protocol === "http:") && username === "" && password === "" ? href : undefined;
}
