import type { X509Certificate } from "node:crypto";
import { textKey } from "./distinguished-name.ts";
import { type Identity, identityOf } from "./membership.ts";
import { type Directory, type Node, numberValue, textValue } from "./node.ts";
import { type Result, resultCode } from "./response.ts";

const disabled = 0x2;
const lockout = 0x10;
const never = 0x7fffffffffffffffn;
const epochOffsetMs = 11_644_473_600_000n; // from 1601 to 1970

function refused(data: string): Result {
  return { code: resultCode.invalidCredentials, text: `80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data ${data}, v3839` };
}

/** The refusal of an unknown name, a wrong password or a certificate that belongs to nobody. */
const wrongCredentials: Result = refused("52e");

function one(directory: Directory, attribute: string, value: string): Node | undefined {
  const [node] = directory.index(attribute).get(value.toLowerCase()) ?? [];
  return node;
}

/** The account that a bind name means: a distinguished name, `DOMAIN\account`, `account@domain` or a user principal name. */
function accountByName(directory: Directory, name: string): Node | undefined {
  const [, domain, account] = /^([^\\=]+)\\([^\\]+)$/u.exec(name) ?? [];
  if (account !== undefined) return domain?.toLowerCase() === directory.netbios.toLowerCase() ? one(directory, "samaccountname", account) : undefined;
  if (name.includes("=")) return directory.byKey.get(textKey(name));
  const byPrincipal = one(directory, "userprincipalname", name);
  const [user = "", realm] = name.split("@");
  const implicit = realm?.toLowerCase() === directory.realm || realm?.toLowerCase() === directory.netbios.toLowerCase();
  return byPrincipal ?? (implicit ? one(directory, "samaccountname", user) : undefined);
}

/** Why an account may not log on although its password is right, as the code of the diagnostic text; undefined when it may. */
function impediment(node: Node, now: number): string | undefined {
  const control = numberValue(node, "useraccountcontrol") ?? 0;
  if ((control & disabled) !== 0) return "533";
  const expires = BigInt(textValue(node, "accountexpires") ?? "0");
  if (expires !== 0n && expires < never && expires / 10_000n - epochOffsetMs <= BigInt(now)) return "701";
  return textValue(node, "pwdlastset") === "0" ? "773" : undefined;
}

function isLocked(node: Node): boolean {
  return ((numberValue(node, "useraccountcontrol") ?? 0) & lockout) !== 0 || (numberValue(node, "lockouttime") ?? 0) !== 0;
}

/** Checks name and password of a simple bind. A lockout is told whatever the password, the rest only to who knows it. */
export function authenticate(directory: Directory, name: string, password: string, now: number): Identity | Result {
  const node = accountByName(directory, name);
  const account = node === undefined ? undefined : textValue(node, "samaccountname");
  const expected = account === undefined ? undefined : directory.passwords.get(account.toLowerCase());
  if (node === undefined || expected === undefined) return wrongCredentials;
  if (isLocked(node)) return refused("775");
  if (password !== expected) return wrongCredentials;
  const why = impediment(node, now);
  return why === undefined ? identityOf(directory, node) : refused(why);
}

function certificateNames(certificate: X509Certificate): readonly string[] {
  const alternative = (certificate.subjectAltName ?? "").split(", ").map((name) => name.replace(/^(?:DNS|email):/u, ""));
  const common = /^CN=(.+)$/mu.exec(certificate.subject)?.[1];
  return [...alternative, ...(common === undefined ? [] : [common])].filter((name) => name !== "");
}

/** Finds the account of a trusted client certificate: one of its names is the account's, its principal name or its host name. */
export function authenticateCertificate(directory: Directory, certificate: X509Certificate, now: number): Identity | Result {
  for (const name of certificateNames(certificate)) {
    const node = accountByName(directory, name) ?? one(directory, "samaccountname", name) ?? one(directory, "dnshostname", name);
    if (node === undefined) continue;
    if (!node.classes.has("user")) continue;
    const why = isLocked(node) ? "775" : impediment(node, now);
    return why === undefined ? identityOf(directory, node) : refused(why);
  }
  return wrongCredentials;
}
