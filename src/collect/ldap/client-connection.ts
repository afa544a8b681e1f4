import type { Socket } from "node:net";
import { AbandonRequest, UnbindRequest } from "ldapts";
import type { ClientLimits, Outcome, ReadFailure } from "./client-contract.ts";
import { failed } from "./client-contract.ts";
import { failureOfResult, failureOfSocketError } from "./client-failure.ts";
import type { Framer } from "./client-framing.ts";
import { createFramer } from "./client-framing.ts";
import type { EntryMessage, ResultMessage } from "./client-messages.ts";
import { decodeMessage } from "./client-messages.ts";
import { responseTags } from "./client-shape.ts";

/** A request of ldapts: anything that can write itself. */
interface WritableMessage {
  messageId: number;
  write(): Buffer;
}

/** Everything that came back for one request. */
export interface Response {
  readonly result: ResultMessage;
  readonly entries: readonly EntryMessage[];
  readonly references: readonly string[];
  /** About how many bytes all of it takes up. */
  readonly cost: number;
}

/** A request, the operation tag that answers it, and which attributes of its entries stay bytes. */
export interface Exchange {
  readonly message: WritableMessage;
  readonly answer: number;
  readonly isBinary?: (description: string) => boolean;
  /** When it fires, the request is abandoned (RFC 4511, section 4.11) and its answer dropped. */
  readonly signal?: AbortSignal;
}

/** What a connection is bounded by. */
export interface ConnectionOptions {
  readonly server: string;
  readonly limits: ClientLimits;
  readonly operationTimeoutMs: number;
}

interface Pending {
  readonly exchange: Exchange;
  readonly entries: EntryMessage[];
  readonly references: string[];
  cost: number;
  settle(outcome: Outcome<Response>): void;
}

const closeGraceMs = 500;
const abandoned: ReadFailure = { reason: "not-collected", code: "client:abandoned", detail: "the answer was no longer wanted" };

/**
 * Requests and responses over one socket that is already connected and, where wanted, encrypted. It never connects by itself: a lost connection is lost,
 * and its first failure answers every later request. (ldapts' own Client connects anew in silence, without TLS after StartTLS and without bind; see client.md.)
 */
export class LdapConnection {
  readonly #socket: Socket;
  readonly #options: ConnectionOptions;
  readonly #framer: Framer;
  readonly #pending = new Map<number, Pending>();
  readonly #waiting: (() => void)[] = [];
  readonly #closed: Promise<void>;
  #active = 0;
  #lastId = 1; // 1 was StartTLS, if that was asked for
  #failure: ReadFailure | undefined;

  constructor(socket: Socket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#framer = createFramer(options.limits.maxMessageBytes);
    const gone = (): void => this.fail({ reason: "unreachable", code: "net:CLOSED", detail: `${options.server} closed the connection` });
    this.#closed = socket.closed ? Promise.resolve() : new Promise((resolve) => socket.once("close", () => resolve()));
    socket.on("error", (error) => this.fail(failureOfSocketError(error, options.server)));
    socket.once("end", gone).once("close", gone);
    if (socket.destroyed) {
      gone();
    }
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
  }

  /** Why the connection is of no use any more. */
  get failure(): ReadFailure | undefined {
    return this.#failure;
  }

  /** Gives the connection up: every request under way and every later one fails with the first reason given. */
  fail(failure: ReadFailure): void {
    if (this.#failure !== undefined) {
      return;
    }
    this.#giveUp(failure);
    this.#socket.destroy();
  }

  #giveUp(failure: ReadFailure): void {
    this.#failure = failure;
    for (const pending of this.#pending.values()) {
      pending.settle(failed(failure));
    }
    for (const resume of this.#waiting.splice(0)) {
      resume();
    }
  }

  /** Sends a request once fewer than `maxConcurrent` are under way, and collects its answer within the operation's time. */
  async request(exchange: Exchange): Promise<Outcome<Response>> {
    if (this.#active >= this.#options.limits.maxConcurrent && this.#failure === undefined) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#active += 1;
    }
    try {
      return await this.#exchange(exchange);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#active -= 1;
      } else {
        next(); // hands its place over
      }
    }
  }

  /** Says goodbye (UnbindRequest, which has no answer) and closes; a server that does not react is cut off. */
  async close(): Promise<void> {
    if (this.#failure === undefined) {
      this.#giveUp({ reason: "not-collected", code: "client:closed", detail: `the connection to ${this.#options.server} was closed by us` });
      this.#socket.end(new UnbindRequest({ messageId: this.#nextId() }).write());
    }
    const cutOff = setTimeout(() => this.#socket.destroy(), closeGraceMs);
    await this.#closed;
    clearTimeout(cutOff);
  }

  #nextId(): number {
    this.#lastId = this.#lastId >= 0x7fffffff ? 2 : this.#lastId + 1;
    return this.#lastId;
  }

  async #exchange(exchange: Exchange): Promise<Outcome<Response>> {
    if (this.#failure !== undefined) {
      return failed(this.#failure);
    }
    if (exchange.signal?.aborted === true) {
      return failed(abandoned);
    }
    const { message, signal } = exchange;
    message.messageId = this.#nextId();
    const { messageId } = message;
    const bytes = message.write();
    const { promise, resolve } = Promise.withResolvers<Outcome<Response>>();
    const { operationTimeoutMs, server } = this.#options;
    // A server that has not answered by now is not trusted to answer the next request either.
    const timer = setTimeout(() => this.fail({ reason: "timeout", code: "client:operation-timeout", detail: `${server} did not answer a request within ${operationTimeoutMs} ms` }), operationTimeoutMs);
    const abandon = (): void => {
      this.#socket.write(new AbandonRequest({ messageId: this.#nextId(), abandonId: messageId }).write());
      resolve(failed(abandoned));
    };
    signal?.addEventListener("abort", abandon, { once: true });
    this.#pending.set(messageId, { exchange, entries: [], references: [], cost: 0, settle: resolve });
    this.#socket.write(bytes);
    return promise.finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abandon);
      this.#pending.delete(messageId);
    });
  }

  #malformed(problem: string): void {
    this.fail({ reason: "malformed", code: "client:malformed", detail: `${this.#options.server} ${problem}` });
  }

  #receive(chunk: Buffer): void {
    if (this.#failure !== undefined) {
      return;
    }
    const { messages, error } = this.#framer.push(chunk);
    for (const message of messages) {
      if (this.#failure === undefined) {
        this.#dispatch(message);
      }
    }
    switch (error) {
      case undefined:
        return;
      case "not-ldap":
        this.#malformed("sends something that is not LDAP");
        return;
      case "too-long":
        this.#malformed(`announces a message of more than ${this.#options.limits.maxMessageBytes} bytes`);
    }
  }

  #dispatch(bytes: Buffer): void {
    const message = decodeMessage(bytes, (messageId, description) => this.#pending.get(messageId)?.exchange.isBinary?.(description) ?? false);
    if (message === undefined) {
      this.#malformed("sends a malformed LDAP message");
      return;
    }
    if (message.messageId === 0) {
      this.#unsolicited(message.kind === "result" ? message : undefined);
      return;
    }
    const pending = this.#pending.get(message.messageId);
    if (pending === undefined) {
      if (message.messageId > this.#lastId) {
        this.#malformed("answers a request that was not sent");
      }
      return; // the rest of an abandoned answer
    }
    pending.cost += message.cost;
    if (pending.cost > this.#options.limits.maxResponseBytes) {
      this.fail({ reason: "truncated", code: "client:too-much", detail: `${this.#options.server} sends more than ${this.#options.limits.maxResponseBytes} bytes for one request` });
      return;
    }
    switch (message.kind) {
      case "entry":
        pending.entries.push(message);
        return;
      case "reference":
        pending.references.push(...message.urls.slice(0, 1000));
        return;
      case "intermediate":
        return;
      case "result":
        if (message.operation === pending.exchange.answer) {
          pending.settle({ ok: true, value: { result: message, entries: pending.entries, references: pending.references, cost: pending.cost } });
        } else {
          this.#malformed("answers with another kind of response than was asked for");
        }
    }
  }

  /** Message id 0 is for notices of disconnection (RFC 4511, section 4.4.1). */
  #unsolicited(result: ResultMessage | undefined): void {
    if (result?.operation === responseTags.extended && result.code !== 0) {
      this.fail({ ...failureOfResult(result), detail: `${this.#options.server} ends the connection: ${failureOfResult(result).detail}` });
    }
  }
}
