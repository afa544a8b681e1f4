import type { Socket } from "node:net";
import { acceptTls } from "../net/accept-tls.ts";
import { type Answers, answersTo } from "../net/answers.ts";
import type { Fault } from "../net/fault.ts";
import { answerSearch, notBound } from "./answer-search.ts";
import { ProtocolError, encode, splitMessage } from "./ber.ts";
import { unknownCritical } from "./controls.ts";
import type { ForestService, PortKind } from "./forest-service.ts";
import { type Operation, type Request, decodeRequest } from "./request.ts";
import { type Result, answerTag, encodeDisconnection, encodeResult, resultCode, success } from "./response.ts";
import { type Session, bind, identifyByCertificate, newSession, readerOf } from "./session.ts";
import { assertionKey, nodeByName, valueKey } from "./values.ts";

const startTlsOid = "1.3.6.1.4.1.1466.20037";
const whoAmIOid = "1.3.6.1.4.1.4203.1.11.3";
const modifyPasswordOid = "1.3.6.1.4.1.4203.1.11.1";
const unwilling: Result = { code: resultCode.unwillingToPerform, text: "0000209A: SvcErr: DSID-031A1236, problem 5003 (WILL_NOT_PERFORM), data 0" };

/** Claims a message of two gigabytes and begins it. */
function oversize(answer: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff]), answer]);
}

function answerTagOf(operation: Operation): number {
  switch (operation.type) {
    case "bind":
      return answerTag.bind;
    case "search":
      return answerTag.searchDone;
    case "compare":
      return answerTag.compare;
    case "write":
      return operation.response;
    case "extended":
    case "unbind":
    case "abandon":
      return answerTag.extended;
    default:
      return operation satisfies never;
  }
}

function compare(session: Session, operation: Operation & { type: "compare" }): Result {
  const reader = readerOf(session);
  const { directory } = session.service;
  if (reader === undefined) return notBound;
  const node = nodeByName(directory, operation.dn);
  const type = directory.schema.attributes.get(operation.attribute.toLowerCase());
  if (node === undefined || !reader.canSee(node)) return { code: resultCode.noSuchObject, text: "" };
  const values = type === undefined || !reader.canRead(node, type) ? undefined : node.attributes.get(type.name.toLowerCase())?.values;
  if (type === undefined || values === undefined) return { code: resultCode.noSuchAttribute, text: "" };
  const wanted = assertionKey(directory, type, operation.value);
  return { code: values.some((value) => valueKey(type, value) === wanted) ? resultCode.compareTrue : resultCode.compareFalse, text: "" };
}

function extended(session: Session, id: number, operation: Operation & { type: "extended" }): Buffer {
  if (operation.oid === whoAmIOid) {
    const name = session.identity === undefined ? "" : `u:${session.identity.name}`;
    return encodeResult(id, answerTag.extended, success, [encode(0x8b, name)]);
  }
  if (operation.oid === modifyPasswordOid) session.service.writes += 1;
  return encodeResult(id, answerTag.extended, { code: resultCode.protocolError, text: "0000203D: LdapErr: DSID-0C090EBA, comment: Unknown extended request OID, data 0, v3839" });
}

function* answersOf(session: Session, { id, operation, controls }: Request): Generator<Buffer> {
  if (unknownCritical(controls) !== undefined) {
    yield encodeResult(id, answerTagOf(operation), { code: resultCode.unavailableCriticalExtension, text: "00000057: LdapErr: DSID-0C09046B, comment: Error processing control, data 0, v3839" });
    return;
  }
  switch (operation.type) {
    case "bind":
      yield encodeResult(id, answerTag.bind, bind(session, operation));
      return;
    case "search":
      yield* answerSearch(session, id, operation, controls);
      return;
    case "compare":
      yield encodeResult(id, answerTag.compare, compare(session, operation));
      return;
    case "extended":
      yield extended(session, id, operation);
      return;
    case "write":
      session.service.writes += 1;
      yield encodeResult(id, operation.response, unwilling);
      return;
    case "unbind":
    case "abandon":
      return;
  }
}

interface Wire {
  readonly socket: Socket;
  readonly transport: Socket;
  readonly fault: () => Fault | undefined;
}

function handle(session: Session, wire: Wire, answers: Answers, message: Buffer): "go on" | "stop" {
  const request = decodeRequest(message);
  if (request.operation.type === "unbind") {
    wire.socket.end();
    return "stop";
  }
  if (request.operation.type === "extended" && request.operation.oid === startTlsOid && !session.encrypted) {
    answers.send(encodeResult(request.id, answerTag.extended, success, [encode(0x8a, startTlsOid)]));
    if (!answers.spoilt()) secure(session, wire);
    return "stop";
  }
  for (const answer of answersOf(session, request)) {
    if (answers.spoilt()) break;
    answers.send(answer);
  }
  return "go on";
}

function converse(session: Session, wire: Wire): void {
  const { socket } = wire;
  const answers = answersTo({ ...wire, oversize });
  let pending = Buffer.alloc(0);
  const read = (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    try {
      for (let next = splitMessage(pending); next !== undefined; next = splitMessage(pending)) {
        pending = Buffer.from(next.rest);
        if (handle(session, wire, answers, next.message) === "stop") {
          socket.off("data", read);
          return;
        }
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      socket.end(encodeDisconnection(resultCode.protocolError, error.message));
      return;
    }
    if (socket.writableNeedDrain) {
      // whoever does not read its answers gets no more of them
      socket.pause();
      socket.once("drain", () => socket.resume());
    }
  };
  socket.on("data", read);
}

/** After StartTLS the identity stays what it was ([MS-ADTS] section 5.1.1.2). */
function secure(session: Session, { socket: transport, fault }: Wire): void {
  acceptTls(transport, session.service.tls, (socket, client) => {
    session.encrypted = true;
    session.client = client;
    identifyByCertificate(session);
    converse(session, { socket, transport, fault });
  });
}

/** Serves one connection to a domain controller. */
export function serveLdap(transport: Socket, service: ForestService, kind: PortKind, fault: () => Fault | undefined): void {
  const session = newSession(service, kind);
  const wire: Wire = { socket: transport, transport, fault };
  if (kind.secure) secure(session, wire);
  else converse(session, wire);
}
