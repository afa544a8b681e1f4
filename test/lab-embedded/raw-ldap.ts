import { once } from "node:events";
import { type Socket, connect } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import { type Element, elements, encode, integer, integerOf, octets, onlyElement, sequence, splitMessage, textOf } from "../../src/lab/ldap/ber.ts";

/** One message of a server: its number, the tag of its operation and its parts, and encoded controls. */
export interface Reply {
  readonly id: number;
  readonly tag: number;
  readonly parts: readonly Element[];
  readonly controls: readonly Element[];
}

/** A client that sends what it is told and hides nothing of the answers. */
export interface RawLdap {
  readonly socket: Socket;
  /** Sends an operation and waits for the answer that ends it; the entries and references come first. */
  readonly ask: (operation: Buffer, controls?: readonly Buffer[]) => Promise<readonly Reply[]>;
  readonly close: () => void;
}

/** What a search or other operation ended with. */
export interface Ended {
  readonly code: number;
  readonly text: string;
  readonly entries: readonly { readonly dn: string; readonly attributes: ReadonlyMap<string, readonly Buffer[]> }[];
  readonly references: readonly string[];
  readonly cookie: Buffer | undefined;
  readonly last: Reply;
}

function reply(message: Buffer): Reply {
  const [id, operation, controls] = elements(onlyElement(message).body);
  if (operation === undefined) throw new Error("no operation");
  return { id: integerOf(id), tag: operation.tag, parts: elements(operation.body), controls: controls === undefined ? [] : elements(controls.body) };
}

function overSocket(socket: Socket): RawLdap {
  let pending = Buffer.alloc(0);
  const replies: Reply[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const check of waiting) check();
  };
  socket.on("data", (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    for (let next = splitMessage(pending); next !== undefined; next = splitMessage(pending)) {
      pending = Buffer.from(next.rest);
      replies.push(reply(next.message));
    }
    wake();
  });
  let closed = false;
  socket.on("error", () => undefined);
  socket.on("close", () => {
    closed = true;
    wake();
  });
  let id = 0;
  return {
    socket,
    close: () => socket.destroy(),
    ask: async (operation, controls = []) => {
      id += 1;
      const own = id;
      socket.write(controls.length === 0 ? sequence(integer(own), operation) : sequence(integer(own), operation, encode(0xa0, ...controls)));
      return new Promise((resolve, reject) => {
        const check = () => {
          const mine = replies.filter((answer) => answer.id === own);
          const last = mine.at(-1)?.tag;
          const whole = last !== undefined && last !== 0x64 && last !== 0x73;
          if (!whole && !closed) return;
          waiting.delete(check);
          if (whole) resolve(mine);
          else reject(new Error("connection closed"));
        };
        waiting.add(check);
        check();
      });
    },
  };
}

export async function rawLdap(port: number): Promise<RawLdap> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  return overSocket(socket);
}

export async function rawLdaps(port: number, options: ConnectionOptions, over?: Socket): Promise<RawLdap> {
  const socket = connectTls(over === undefined ? { host: "127.0.0.1", port, ...options } : { socket: over, ...options });
  await once(socket, "secureConnect");
  return overSocket(socket);
}

/** Encodes an extended request. */
export const extended = (oid: string): Buffer => encode(0x77, encode(0x80, oid));
/** Encodes a simple bind. */
export const simpleBind = (name: string, password: string): Buffer => encode(0x60, integer(3), octets(name), encode(0x80, password));
/** Encodes a SASL bind without credentials. */
export const saslBind = (mechanism: string): Buffer => encode(0x60, integer(3), octets(""), encode(0xa3, octets(mechanism)));
/** Encodes a presence filter. */
export const present = (attribute: string): Buffer => encode(0x87, attribute);
/** Encodes an equality filter. */
export const equal = (attribute: string, value: string | Buffer): Buffer => encode(0xa3, octets(attribute), octets(value));

/** Encodes a control. */
export function control(oid: string, value?: Buffer, critical = false): Buffer {
  return sequence(octets(oid), ...(critical ? [encode(0x01, Buffer.from([0xff]))] : []), ...(value === undefined ? [] : [octets(value)]));
}

/** Encodes the control of a paged search. */
export const page = (size: number, cookie: Buffer = Buffer.alloc(0)): Buffer => control("1.2.840.113556.1.4.319", sequence(integer(size), octets(cookie)));

/** What a search may be given besides its base. */
export interface Search {
  readonly scope?: "base" | "one" | "sub";
  readonly filter?: Buffer;
  readonly attributes?: readonly string[];
  readonly sizeLimit?: number;
  readonly typesOnly?: boolean;
}

/** Encodes a search. */
export function searchOf(base: string, { scope = "sub", filter = present("objectClass"), attributes = ["1.1"], sizeLimit = 0, typesOnly = false }: Search = {}): Buffer {
  const level = { base: 0, one: 1, sub: 2 }[scope];
  const fixed = [octets(base), integer(level, 0x0a), integer(0, 0x0a), integer(sizeLimit), integer(0), encode(0x01, Buffer.from([typesOnly ? 0xff : 0]))];
  return encode(0x63, ...fixed, filter, sequence(...attributes.map(octets)));
}

/** Reads the answers of one operation. */
export function ended(replies: readonly Reply[]): Ended {
  const last = replies.at(-1);
  if (last === undefined) throw new Error("no answer");
  const entries = replies.filter(({ tag }) => tag === 0x64).map(({ parts: [dn, list] }) => {
    const attributes = elements(list?.body ?? Buffer.alloc(0)).map((attribute) => {
      const [name, values] = elements(attribute.body);
      return [textOf(name), elements(values?.body ?? Buffer.alloc(0)).map(({ body }) => body)] as const;
    });
    return { dn: textOf(dn), attributes: new Map(attributes) };
  });
  const references = replies.filter(({ tag }) => tag === 0x73).map(({ parts }) => textOf(parts[0]));
  const paged = last.controls.map(({ body }) => elements(body)).find(([oid]) => textOf(oid) === "1.2.840.113556.1.4.319");
  const cookie = paged === undefined ? undefined : elements(onlyElement(paged[1]?.body ?? Buffer.alloc(0)).body)[1]?.body;
  return { code: integerOf(last.parts[0]), text: textOf(last.parts[2]), entries, references, cookie, last };
}

/** Asks and reads in one. */
export async function outcome(client: RawLdap, operation: Buffer, controls: readonly Buffer[] = []): Promise<Ended> {
  return ended(await client.ask(operation, controls));
}

/** Values of an attribute as text. */
export function texts(found: Ended, attribute: string, index = 0): readonly string[] | undefined {
  return found.entries[index]?.attributes.get(attribute)?.map((value) => value.toString("utf8"));
}
