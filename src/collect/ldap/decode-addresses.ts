/** An item of proxyAddresses: `SMTP:`, `sip:`, `EUM:` …; upper-case prefix means primary. */
export interface ProxyAddress {
  /** Lower case. */
  readonly type: string;
  readonly primary: boolean;
  readonly address: string;
}

/** The body of an EUM proxy address. */
export interface EumAddress {
  /** Digits, or a SIP address when it contains `@`. */
  readonly extension: string;
  readonly phoneContext: string;
  readonly isSip: boolean;
}

/** A line URI of a Lync user or contact. */
export type LineUri =
  | { readonly kind: "tel"; readonly number: string; readonly isGlobal: boolean; readonly digits: string; readonly extension: string | undefined; readonly parameters: ReadonlyMap<string, string> }
  | { readonly kind: "sip"; readonly uri: string };

/** Splits an item of proxyAddresses; undefined when it has no prefix. */
export function decodeProxyAddress(text: string): ProxyAddress | undefined {
  const colon = text.indexOf(":");
  const type = text.slice(0, Math.max(0, colon));
  return /^[A-Za-z][A-Za-z0-9-]{0,19}$/.test(type) ? { type: type.toLowerCase(), primary: type === type.toUpperCase(), address: text.slice(colon + 1) } : undefined;
}

const phoneContextMark = ";phone-context=";

/** Splits `<extension>;phone-context=<context>` at the last mark, as Exchange does: a SIP address may hold one itself. Undefined when a part is missing. */
export function decodeEumAddress(body: string): EumAddress | undefined {
  const at = body.toLowerCase().lastIndexOf(phoneContextMark);
  const extension = body.slice(0, Math.max(0, at));
  const phoneContext = body.slice(at + phoneContextMark.length);
  return at <= 0 || phoneContext === "" ? undefined : { extension, phoneContext, isSip: extension.includes("@") };
}

/** The FQDN of a server, lower case, from the values of `networkAddress`; undefined without exactly one `ncacn_ip_tcp` value. */
export function fqdnOfNetworkAddress(values: readonly string[]): string | undefined {
  const names = new Set(values.flatMap((value) => /^ncacn_ip_tcp:(.+)$/i.exec(value)?.[1]?.toLowerCase() ?? []));
  const [name] = names;
  return names.size === 1 ? name : undefined;
}

const telNumber = /^(\+?)([\d().\- ]+)$/;

/** A line URI: `tel:+14255550100;ext=100` (RFC 3966) or a `sip:` URI of remote call control; undefined when it is neither. */
export function decodeLineUri(text: string): LineUri | undefined {
  const trimmed = text.trim();
  if (/^sips?:/i.test(trimmed)) {
    return { kind: "sip", uri: trimmed };
  }
  if (!/^tel:/i.test(trimmed) || trimmed.length > 1024) {
    return undefined;
  }
  const [number = "", ...rest] = trimmed.slice(4).split(";");
  const match = telNumber.exec(number);
  const digits = (match?.[2] ?? "").replace(/\D/g, "");
  if (match === null || digits === "") {
    return undefined;
  }
  const parameters = new Map(rest.map((item) => [item.split("=", 1)[0]?.toLowerCase() ?? "", item.includes("=") ? item.slice(item.indexOf("=") + 1) : ""]));
  const extension = parameters.get("ext");
  return { kind: "tel", number, isGlobal: match[1] === "+", digits, extension: extension === "" ? undefined : extension, parameters };
}
