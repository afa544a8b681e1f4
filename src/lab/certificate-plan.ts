import type { CertificateSpec, Deployment, Forest } from "./types.ts";

function isRoot(spec: CertificateSpec): boolean {
  return spec.ca && spec.issuer === spec.id;
}

function spare(id: string, commonName: string, dnsNames: readonly string[], issuer: string, usages: CertificateSpec["usages"]): CertificateSpec {
  return { id, commonName, dnsNames, issuer, ca: id === issuer, notBeforeDays: -40, notAfterDays: 365, usages, keyBits: 2048, digest: "sha256" };
}

/** Id of the certificate of a forest's domain controller. */
export function controllerCertificate(forest: Forest): string {
  return `dc:${forest.domainController}`;
}

/** Id of the client certificate that the lab writes to files: `client:scanner`, or the first one for client authentication only. */
export function clientCertificate(specs: readonly CertificateSpec[]): string {
  const fallback = specs.find(({ ca, usages }) => !ca && usages?.length === 1 && usages[0] === "clientAuth");
  return specs.some(({ id }) => id === "client:scanner") ? "client:scanner" : (fallback?.id ?? "client:scanner");
}

/** The certificates of a deployment, and those that a lab cannot do without: a root, one for each domain controller, one for the client. */
export function plannedCertificates({ certificates, forests }: Deployment): readonly CertificateSpec[] {
  const root = certificates.find(isRoot) ?? spare("ca:lab", "Lab Root CA", [], "ca:lab", undefined);
  const given = certificates.includes(root) ? certificates : [root, ...certificates];
  const has = (id: string) => given.some((spec) => spec.id === id);
  const controllers = forests
    .filter((forest) => !has(controllerCertificate(forest)))
    .map((forest) => spare(controllerCertificate(forest), forest.domainController, [forest.domainController, forest.realm], root.id, ["serverAuth", "clientAuth"]));
  const client = clientCertificate(given);
  const name = `scanner.${forests[0]?.realm ?? "lab.test"}`;
  return [...given, ...controllers, ...(has(client) ? [] : [spare(client, name, [name], root.id, ["clientAuth"])])];
}
