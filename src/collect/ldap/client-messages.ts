import { isUtf8 } from "node:buffer";
import { BerReader, BindResponse, ExtendedResponse, PagedResultsControl, SearchEntry, SearchReference, SearchResponse } from "ldapts";
import type { AttributeValue } from "./client-contract.ts";
import { checkShape, responseTags, type Envelope } from "./client-shape.ts";

/** A result (RFC 4511, section 4.1.9) with what a search needs of it. */
export interface ResultMessage {
  readonly kind: "result";
  readonly messageId: number;
  readonly operation: number;
  readonly code: number;
  readonly matchedDn: string;
  readonly diagnostic: string;
  readonly referrals: readonly string[];
  /** Cookie of the paged results control; empty or undefined: no more pages. */
  readonly cookie: Buffer | undefined;
  /** Name of an extended response. */
  readonly oid: string | undefined;
}

/** One attribute of an entry as the server spelt it. */
export interface RawAttribute {
  /** Name with its options, such as `member;range=0-1499`. */
  readonly description: string;
  readonly values: readonly AttributeValue[];
}

/** An entry, before attribute names are interpreted. */
export interface EntryMessage {
  readonly kind: "entry";
  readonly messageId: number;
  readonly dn: string;
  readonly attributes: readonly RawAttribute[];
}

/** Where a part of the answer is to be asked for. */
export interface ReferenceMessage {
  readonly kind: "reference";
  readonly messageId: number;
  readonly urls: readonly string[];
}

/** A decoded response. */
export type ServerMessage = (ResultMessage | EntryMessage | ReferenceMessage | { readonly kind: "intermediate"; readonly messageId: number }) & {
  /** About how many bytes it takes up once it is decoded: empty values cost more than they weigh. */
  readonly cost: number;
};

const referralTag = 0xa3;
const valueSetTag = 0x31;
const octetStringTag = 0x04;
/** Memory for each element of a message, beside its bytes. */
const elementBytes = 100;

/** ldapts drops the URLs of a referral result, and with them the controls behind them. */
class SearchDone extends SearchResponse {
  readonly referrals: string[] = [];

  override parseMessage(reader: BerReader): void {
    super.parseMessage(reader);
    if (reader.peek() === referralTag) {
      reader.readSequence(referralTag);
      const end = reader.offset + reader.length;
      while (reader.offset < end) {
        this.referrals.push(reader.readString() ?? "");
      }
    }
  }
}

function readResult({ messageId, operation }: Envelope, reader: BerReader): ResultMessage {
  const message = operation === responseTags.bind ? new BindResponse({ messageId }) : operation === responseTags.extended ? new ExtendedResponse({ messageId }) : new SearchDone({ messageId });
  message.parse(reader, []);
  const paged = message.controls?.find((control) => control instanceof PagedResultsControl);
  return {
    kind: "result",
    messageId,
    operation,
    code: message.status,
    matchedDn: message.matchedDN,
    diagnostic: message.errorMessage,
    referrals: message instanceof SearchDone ? message.referrals : [],
    cookie: paged?.value?.cookie,
    oid: message instanceof ExtendedResponse ? message.oid : undefined,
  };
}

/**
 * ldapts decodes every value as text first and keeps bytes only where that fails, which makes the type of a binary attribute a matter of luck and costs an exception
 * for each GUID. Here the name decides. The shape check before has made sure that every read moves on.
 */
class TypedEntry extends SearchEntry {
  readonly typed: RawAttribute[] = [];
  readonly #isBinary: (description: string) => boolean;

  constructor(messageId: number, isBinary: (description: string) => boolean) {
    super({ messageId });
    this.#isBinary = isBinary;
  }

  override parseMessage(reader: BerReader): void {
    this.name = reader.readString() ?? "";
    reader.readSequence();
    const end = reader.offset + reader.length;
    while (reader.offset < end) {
      reader.readSequence();
      const description = reader.readString() ?? "";
      reader.readSequence(valueSetTag);
      this.typed.push({ description, values: this.#readValues(reader, this.#isBinary(description)) });
    }
  }

  #readValues(reader: BerReader, isBinary: boolean): readonly AttributeValue[] {
    const stop = reader.offset + reader.length;
    const values: AttributeValue[] = [];
    while (reader.offset < stop) {
      const bytes = reader.readString(octetStringTag, true) ?? Buffer.alloc(0);
      // Bytes are copied, so that a SID kept for the whole run does not keep the network chunk around it.
      values.push(isBinary || !isUtf8(bytes) ? Buffer.from(bytes) : bytes.toString("utf8"));
    }
    return values;
  }
}

function readOperation(envelope: Envelope, bytes: Buffer, isBinary: (messageId: number, description: string) => boolean): ResultMessage | EntryMessage | ReferenceMessage {
  const { messageId, operation } = envelope;
  const reader = new BerReader(bytes);
  reader.readSequence();
  reader.readInt();
  reader.readSequence();
  if (operation === responseTags.entry) {
    const message = new TypedEntry(messageId, (description) => isBinary(messageId, description));
    message.parse(reader, []);
    return { kind: "entry", messageId, dn: message.name, attributes: message.typed };
  }
  if (operation === responseTags.reference) {
    const message = new SearchReference({ messageId });
    message.parse(reader, []);
    return { kind: "reference", messageId, urls: message.uris };
  }
  return readResult(envelope, reader);
}

/** Decodes one framed message; undefined when it is malformed. `isBinary` decides by attribute description which values stay bytes. */
export function decodeMessage(bytes: Buffer, isBinary: (messageId: number, description: string) => boolean): ServerMessage | undefined {
  const envelope = checkShape(bytes);
  if (envelope === undefined) {
    return undefined;
  }
  const cost = bytes.length + envelope.elements * elementBytes;
  if (envelope.operation === responseTags.intermediate) {
    return { kind: "intermediate", messageId: envelope.messageId, cost };
  }
  try {
    return { ...readOperation(envelope, bytes, isBinary), cost };
  } catch {
    return undefined; // a control value that is no BER: the shape check does not look inside octet strings
  }
}
