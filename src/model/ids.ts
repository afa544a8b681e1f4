/** A DNS view of the configuration. */
export type ViewName = "inside" | "outside";

/** A DNS name in the form that is compared and stored: lower case, without the trailing dot (RFC 4343). */
export function normalName(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith(".") ? lower.slice(0, -1) : lower;
}

/** Id of a dnsName or srvRecordSet subject. */
export function dnsId(view: ViewName, name: string): string {
  return `${view}/${normalName(name)}`;
}

/** Id of an endpoint subject. */
export function endpointId(host: string, port: number): string {
  return `${normalName(host)}:${port}`;
}

/** Id of a subject that there is one of. */
export const singletonId = { deployment: "deployment", lyncConfiguration: "lync-configuration" } as const;

/** Whether a text is an IPv4 or IPv6 address literal. */
export function isIpAddress(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) || (text.includes(":") && /^[0-9a-fA-F:.]+$/.test(text));
}
