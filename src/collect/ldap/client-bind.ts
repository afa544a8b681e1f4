import { BindRequest } from "ldapts";
import type { LdapConnection } from "./client-connection.ts";
import type { DirectoryTarget, Outcome, ReadFailure } from "./client-contract.ts";
import { failed } from "./client-contract.ts";
import { failureOfResult } from "./client-failure.ts";
import { responseTags } from "./client-shape.ts";

const operationsError = 1;

/** Why these credentials must not be used with this target at all; asked before anything connects. */
export function refuseCredentials(target: DirectoryTarget): ReadFailure | undefined {
  const { credentials, host } = target;
  if (credentials.kind === "external") {
    return target.security === "plaintext" ? { reason: "unsupported", code: "client:external-needs-tls", detail: `SASL EXTERNAL to ${host} needs TLS: the client certificate is the credential` } : undefined;
  }
  if (target.security === "plaintext" && !target.allowPlaintextBind) {
    return { reason: "denied", code: "client:plaintext-bind", detail: `the password is not sent to ${host} over an unencrypted connection unless the configuration allows it` };
  }
  // RFC 4513, section 5.1.2: a name with an empty password succeeds as anonymous, and then nothing is visible.
  if (credentials.password === "" || credentials.user === "") {
    return { reason: "denied", code: "client:empty-credentials", detail: `an empty user name or password for ${host} would be an anonymous bind` };
  }
  return undefined;
}

/** Authenticates a fresh connection. */
export async function bind(connection: LdapConnection, target: DirectoryTarget): Promise<Outcome<undefined>> {
  const { credentials } = target;
  const message =
    credentials.kind === "simple" ? new BindRequest({ messageId: 0, dn: credentials.user, password: credentials.password }) : new BindRequest({ messageId: 0, mechanism: "EXTERNAL" });
  const outcome = await connection.request({ message, answer: responseTags.bind });
  if (!outcome.ok) {
    return outcome;
  }
  const { result } = outcome.value;
  if (result.code === 0) {
    return { ok: true, value: undefined };
  }
  const failure = failureOfResult(result);
  // A server that cannot start a mechanism answers operationsError (seen with EXTERNAL on Samba): it is there all the same.
  return failed(result.code === operationsError ? { ...failure, reason: "unsupported" } : failure);
}
