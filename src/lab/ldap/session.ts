import { type TlsClient } from "../net/accept-tls.ts";
import { authenticate, authenticateCertificate } from "./authenticate.ts";
import type { ForestService, PortKind } from "./forest-service.ts";
import type { Identity } from "./membership.ts";
import type { Directory, Node } from "./node.ts";
import { type Reader, readerFor } from "./reader.ts";
import type { BindRequest } from "./request.ts";
import { type Result, resultCode, success } from "./response.ts";

/** A paged search under way: what is still to be sent. */
export interface Page {
  readonly question: string;
  readonly nodes: readonly Node[];
}

/** Who a connection is and what it has under way. */
export interface Session {
  readonly service: ForestService;
  readonly kind: PortKind;
  client: TlsClient | undefined;
  encrypted: boolean;
  identity: Identity | undefined;
  reader: { readonly directory: Directory; readonly reader: Reader } | undefined;
  readonly pages: Map<string, Page>;
  nextCookie: number;
}

/** A connection of nobody. */
export function newSession(service: ForestService, kind: PortKind): Session {
  return { service, kind, client: undefined, encrypted: false, identity: undefined, reader: undefined, pages: new Map(), nextCookie: 1 };
}

function isIdentity(outcome: Identity | Result): outcome is Identity {
  return "sids" in outcome;
}

function become(session: Session, outcome: Identity | Result): Result {
  session.pages.clear();
  session.reader = undefined;
  session.identity = isIdentity(outcome) ? outcome : undefined;
  return isIdentity(outcome) ? success : outcome;
}

/** On LDAPS a trusted client certificate is the identity at once, without a bind ([MS-ADTS] section 5.1.1.2); one of nobody leaves the connection anonymous. */
export function identifyByCertificate(session: Session): void {
  const { client, service, kind } = session;
  if (kind.secure && client?.certificate !== undefined && client.trusted) become(session, authenticateCertificate(service.directory, client.certificate, service.now()));
}

function external(session: Session): Result {
  const { client, service, kind } = session;
  if (!session.encrypted) return { code: resultCode.inappropriateAuthentication, text: "EXTERNAL needs TLS" };
  const refusal = { code: resultCode.invalidCredentials, text: "80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 57, v3839" };
  if (client?.certificate === undefined || !client.trusted) return refusal;
  // [MS-ADTS] section 5.1.1.2: only after StartTLS; which error it is on LDAPS is not documented
  if (kind.secure) return { code: resultCode.authMethodNotSupported, text: "00002027: LdapErr: DSID-0C090591, comment: EXTERNAL bind is not allowed on this port, data 0, v3839" };
  return become(session, authenticateCertificate(service.directory, client.certificate, service.now()));
}

/** Handles a bind; any that does not succeed leaves the connection anonymous (RFC 4511 section 4.2.1). */
export function bind(session: Session, request: BindRequest): Result {
  const { service } = session;
  if (request.version < 2 || request.version > 3) return { code: resultCode.protocolError, text: "version not supported" };
  if (request.mechanism !== undefined) {
    if (request.mechanism === "EXTERNAL") return external(session);
    return { code: resultCode.authMethodNotSupported, text: "00002027: LdapErr: DSID-0C090591, comment: Invalid Authentication method, data 0, v3839" };
  }
  const password = request.password ?? "";
  if (password === "") {
    become(session, success);
    return success; // without a password a bind is anonymous, whatever its name
  }
  if (service.requireSecureBinds && !session.encrypted) {
    const text = "00002028: LdapErr: DSID-0C09023C, comment: The server requires binds to turn on integrity checking if SSL\\TLS are not already active on the connection, data 0, v3839";
    return become(session, { code: resultCode.strongerAuthRequired, text });
  }
  return become(session, authenticate(service.directory, request.name, password, service.now()));
}

/** What the session may read; undefined for nobody. Rights are decided anew when the directory was swapped; groups stay those of the bind, as in a logon token. */
export function readerOf(session: Session): Reader | undefined {
  const { directory } = session.service;
  if (session.identity === undefined) return undefined;
  if (session.reader?.directory !== directory) session.reader = { directory, reader: readerFor(directory, session.identity) };
  return session.reader.reader;
}
