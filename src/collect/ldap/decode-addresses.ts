/** An item of proxyAddresses: `SMTP:`, `sip:`, `EUM:` …; upper-case prefix means primary. */
export interface ProxyAddress {
  /** Lower case. */
  readonly type: string;
  readonly primary: boolean;
  readonly address: string;
}

/** Splits an item of proxyAddresses; undefined when it has no prefix. */
export function decodeProxyAddress(text: string): ProxyAddress | undefined {
  const colon = text.indexOf(":");
  const type = text.slice(0, Math.max(0, colon));
  return /^[A-Za-z][A-Za-z0-9-]{0,19}$/.test(type) ? { type: type.toLowerCase(), primary: type === type.toUpperCase(), address: text.slice(colon + 1) } : undefined;
}

/** The FQDN of a server, lower case, from the values of `networkAddress`; undefined without exactly one `ncacn_ip_tcp` value. */
export function fqdnOfNetworkAddress(values: readonly string[]): string | undefined {
  const names = new Set(values.flatMap((value) => /^ncacn_ip_tcp:(.+)$/i.exec(value)?.[1]?.toLowerCase() ?? []));
  const [name] = names;
  return names.size === 1 ? name : undefined;
}
