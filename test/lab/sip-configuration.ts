import type { Deployment, EndpointSpec } from "../../src/lab/types.ts";
import { fileName } from "./pki.ts";

/** A listening socket: one address and port, and the endpoint that answers there. */
export interface Listener {
  readonly address: string;
  readonly endpoint: EndpointSpec;
}

/** Addresses of a name inside the deployment, CNAMEs followed. */
export function addressesOf(deployment: Deployment, name: string): readonly string[] {
  const records = deployment.dns.filter((record) => record.name.toLowerCase() === name.toLowerCase() && (record.type === "A" || record.type === "CNAME"));
  const ofView = records.filter((record) => record.view !== "outside");
  return [...new Set((ofView.length > 0 ? ofView : records).flatMap((record) => (record.type === "A" ? record.data : record.data.flatMap((target) => addressesOf(deployment, target)))))];
}

/**
 * One listener per address and port. A server's own name comes before a name that several share (a pool, `sip.<domain>`), so such a name answers with the
 * endpoints of its members: a mistake at a pool has to be planted at the members too. Names without an address listen nowhere.
 */
export function listenersOf(deployment: Deployment, hostAddresses: ReadonlyMap<string, readonly string[]>): readonly Listener[] {
  const found = new Map<string, Listener>();
  const byFewest = deployment.endpoints.map((endpoint) => ({ endpoint, addresses: hostAddresses.get(endpoint.host) ?? addressesOf(deployment, endpoint.host) })).toSorted((one, other) => one.addresses.length - other.addresses.length);
  for (const { endpoint, addresses } of byFewest) {
    for (const address of addresses) {
      const key = `${address}:${endpoint.port}`;
      if (!found.has(key)) found.set(key, { address, endpoint });
    }
  }
  return [...found.values()];
}

function socketName({ address, endpoint }: Listener): string {
  return `${address}:${endpoint.port}`;
}

/** Name of the file with the chain that an endpoint sends, and of that with the issuers it accepts. */
export function bundleName(listener: Listener, what: "chain" | "anchors"): string {
  return `${fileName(socketName(listener))}.${what}.pem`;
}

/** Text that may stand between quotes in kamailio.cfg and in a header. */
function quoted(text: string): string {
  return text.replaceAll(/["\\\r\n]/g, "");
}

/**
 * kamailio.cfg: a socket per listener; OPTIONS are answered with the product of the endpoint, anything else is refused. There is one reader (tcp_children): readers share the
 * state of OpenSSL 3 without locks, and two of them refuse good certificates now and then.
 */
export function kamailioConfiguration(listeners: readonly Listener[], directory: string): string {
  const answer = (listener: Listener): string =>
    [
      `	if ($Ri == "${listener.address}" && $Rp == ${listener.endpoint.port}) {`,
      listener.endpoint.sip ? `		append_to_reply("Server: ${quoted(listener.endpoint.product)}\\r\\n");` : "		drop;",
      ...(listener.endpoint.redirectsTo === undefined ? [] : [...listener.endpoint.redirectsTo.map((target) => `		append_to_reply("Contact: <${quoted(target)}>\\r\\n");`), `		sl_send_reply("302", "Moved Temporarily");`, "		exit;"]),
      ...(listener.endpoint.sipStatus === undefined ? [] : [`		sl_send_reply("${listener.endpoint.sipStatus}", "Set So");`, "		exit;"]),
      "	}",
    ].join("\n");
  return `#!KAMAILIO
debug=1
log_stderror=yes
children=1
tcp_children=1
tcp_connection_lifetime=60
tcp_max_connections=512
auto_aliases=no
dns=no
rev_dns=no
server_signature=no
disable_tcp=no
enable_tls=yes
${listeners.map((listener) => `listen=${listener.endpoint.tls === undefined ? "tcp" : "tls"}:${socketName(listener)}`).join("\n")}
loadmodule "pv.so"
loadmodule "sl.so"
loadmodule "siputils.so"
loadmodule "textops.so"
loadmodule "tls.so"
modparam("tls", "config", "${directory}/tls.cfg")
modparam("tls", "low_mem_threshold1", 0)
modparam("tls", "low_mem_threshold2", 0)

request_route {
${listeners.map(answer).join("\n")}
	if (is_method("OPTIONS")) {
		append_to_reply("Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, REFER, NOTIFY\\r\\n");
		append_to_reply("Accept: application/sdp\\r\\n");
		sl_send_reply("200", "OK");
		exit;
	}
	sl_send_reply("403", "Only OPTIONS here");
}
`;
}

/** tls.cfg: certificate, accepted issuers and version of each TLS listener. */
export function tlsConfiguration(listeners: readonly Listener[], lab: string): string {
  const section = (listener: Listener): string => {
    const { tls } = listener.endpoint;
    if (tls === undefined) return "";
    const yes = (value: boolean): string => (value ? "yes" : "no");
    return `[server:${socketName(listener)}]
method = ${tls.maxVersion === "TLSv1.3" ? "TLSv1.2+" : tls.maxVersion}
verify_certificate = ${yes(tls.clientCertificate !== "none")}
require_certificate = ${yes(tls.clientCertificate === "required")}
certificate = ${lab}/sip/${bundleName(listener, "chain")}
private_key = ${lab}/pki/${fileName(tls.certificate)}.key
${tls.clientCertificate === "none" ? "" : `ca_list = ${lab}/sip/${bundleName(listener, "anchors")}\n`}`;
  };
  const [first] = listeners.filter((listener) => listener.endpoint.tls !== undefined);
  const fallback = first === undefined ? "" : section(first).replace(/^\[server:[^\]]+\]/, "[server:default]");
  return `${fallback}\n${listeners.map(section).join("\n")}\n[client:default]\nverify_certificate = yes\nrequire_certificate = yes\n`;
}
