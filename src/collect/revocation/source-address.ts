/** An address that a certificate names, as far as it can be followed. */
export type SourceAddress =
  | { readonly scheme: "http"; readonly url: URL }
  | { readonly scheme: "ldap"; readonly host: string | undefined; readonly dn: string; readonly attribute: string }
  | { readonly scheme: "unusable"; readonly why: string };

const maxUrlLength = 4096;
/** What AD CS publishes; a certificate cannot make us read anything else. */
const attributes: ReadonlySet<string> = new Set(["certificaterevocationlist", "deltarevocationlist", "authorityrevocationlist", "cacertificate"]);

function unusable(why: string): SourceAddress {
  return { scheme: "unusable", why };
}

/** LDAP URL (RFC 4516): `ldap://host/dn?attribute?base?filter`. The filter names the class of the object, which its attribute already tells. */
function ldapAddress(url: URL): SourceAddress {
  const [attribute = "", scope = ""] = url.search.slice(1).split("?");
  const name = attribute.split(";")[0] ?? "";
  if (!attributes.has(name.toLowerCase())) return unusable(`it asks for the attribute ${name === "" ? "(none)" : name}, which holds neither a list nor a certificate`);
  if (scope !== "" && scope.toLowerCase() !== "base") return unusable("it does not name one object (scope base)");
  try {
    const dn = decodeURIComponent(url.pathname.slice(1));
    return dn === "" ? unusable("it names no object") : { scheme: "ldap", host: url.hostname === "" ? undefined : decodeURIComponent(url.hostname).toLowerCase(), dn, attribute: name };
  } catch {
    return unusable("it is not encoded as an address must be");
  }
}

/** Reads an address of a CRL distribution point or of the authority information access. */
export function sourceAddress(text: string): SourceAddress {
  if (text.length > maxUrlLength) return unusable(`it is longer than ${maxUrlLength} characters`);
  if (!URL.canParse(text)) return unusable("it is no address");
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return unusable("it holds credentials");
  switch (url.protocol) {
    case "http:":
    case "https:":
      return { scheme: "http", url };
    case "ldap:":
    case "ldaps:":
      return ldapAddress(url);
    default:
      return unusable(`the scheme ${url.protocol} is not followed`);
  }
}

function rank(text: string): number {
  const address = sourceAddress(text);
  if (address.scheme === "http") return 0;
  return address.scheme === "ldap" ? (address.host === undefined ? 2 : 1) : 3;
}

/** Addresses in the order in which they are tried: http, then a named directory, then the directory of whoever asks. Otherwise their order stays. */
export function inOrderOfTrial(urls: readonly string[]): readonly string[] {
  return [...new Set(urls)].toSorted((a, b) => rank(a) - rank(b));
}
