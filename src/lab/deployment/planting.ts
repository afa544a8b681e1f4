import type { CertificateSpec, DnsRecord, EndpointSpec } from "../types.ts";
import { certificateSpecs } from "./certificate-specs.ts";
import { endpointSpecs } from "./endpoint-specs.ts";
import { gatewayDn } from "./exchange-plans.ts";
import { contoso, fabrikam } from "./forests.ts";
import type { Change } from "./mutations.ts";
import { organizationDn } from "./plans.ts";
import type { PlanSpec } from "./plans.ts";

/** Sets the values of an attribute in the Exchange forest; none remove it. */
export function inExchange(dn: string, name: string, ...values: readonly (string | Uint8Array)[]): Change {
  return { kind: "setAttribute", forest: fabrikam.name, dn, name, values };
}

/** Sets the values of an attribute in the Lync forest; none remove it. */
export function inLync(dn: string, name: string, ...values: readonly (string | Uint8Array)[]): Change {
  return { kind: "setAttribute", forest: contoso.name, dn, name, values };
}

/** Makes a certificate of the healthy deployment anew with some properties changed. */
export function certificate(id: string, changes: Partial<CertificateSpec>): Change {
  const spec = certificateSpecs().find((one) => one.id === id);
  if (spec === undefined) throw new Error(`no certificate ${id}`);
  return { kind: "replaceCertificate", certificate: { ...spec, ...changes } };
}

/** Adds a certificate like one of the healthy deployment, under an id of its own. */
export function furtherCertificate(id: string, like: string, changes: Partial<CertificateSpec> = {}): Change {
  const spec = certificateSpecs().find((one) => one.id === like);
  if (spec === undefined) throw new Error(`no certificate ${like}`);
  return { kind: "replaceCertificate", certificate: { ...spec, ...changes, id } };
}

/** Changes how an endpoint of the healthy deployment speaks TLS. */
export function endpointTls(host: string, port: number, changes: Partial<NonNullable<EndpointSpec["tls"]>>): Change {
  const spec = endpointSpecs().find((one) => one.host === host && one.port === port);
  if (spec?.tls === undefined) throw new Error(`no TLS endpoint ${host}:${port}`);
  return { kind: "setEndpoint", host, port, endpoint: { tls: { ...spec.tls, ...changes } } };
}

/** Stops an endpoint: connections are refused. */
export function endpointStopped(host: string, port: number): Change {
  return { kind: "setEndpoint", host, port, endpoint: undefined };
}

/** Replaces the records of a name and type in a view; each is given in the words of a zone file. */
export function dns(view: "inside" | "outside", type: DnsRecord["type"], name: string, ...records: readonly string[]): Change {
  return { kind: "setDns", view, name, type, data: records.map((words) => words.split(" ")) };
}

/** Removes the records of a name and type from a view. */
export function dnsRemoved(view: "inside" | "outside", type: DnsRecord["type"], name: string): Change {
  return { kind: "removeDns", view, name, type };
}

/** Changes properties of an object of the Lync configuration, or adds it. */
export function configuration(noun: string, identity: string, patch: Readonly<Record<string, unknown>> | undefined): Change {
  return { kind: "setLyncConfiguration", noun, identity, patch };
}

/** DN of the hunt group of a dial plan below a gateway. */
export function huntGroupDn(gateway: string, plan: PlanSpec): string {
  return `CN=${plan.name},${gatewayDn(gateway)}`;
}

/** DN of an Exchange server object. */
export function serverDn(name: string): string {
  return `CN=${name},CN=Servers,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,${organizationDn}`;
}

/** DN of the UM call router settings of an Exchange server. */
export function callRouterDn(name: string): string {
  return `CN=UMCallRouterSettings,CN=SIP,CN=Protocols,${serverDn(name)}`;
}
