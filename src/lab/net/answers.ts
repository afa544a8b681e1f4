import type { Socket } from "node:net";
import { type Fault, garbage } from "./fault.ts";

/** The way out of a connection, where answers can be spoilt. */
export interface Answers {
  /** Sends one whole answer (an LDAP message, a SIP response, a DNS message). */
  readonly send: (answer: Buffer) => void;
  /** True once the connection was given up on purpose; nothing more is sent. */
  readonly spoilt: () => boolean;
}

/** Connection, the TCP socket under it (the same without TLS), the misbehaviour in force and how the protocol claims a message of two gigabytes. */
export interface AnswerOptions {
  readonly socket: Socket;
  readonly transport: Socket;
  readonly fault: () => Fault | undefined;
  readonly oversize: (answer: Buffer) => Buffer;
}

function spoil({ socket, transport, oversize }: AnswerOptions, how: Fault["how"], answer: Buffer): void {
  switch (how) {
    case "stall":
      return;
    case "refuse":
    case "reset":
      transport.resetAndDestroy();
      return;
    case "garbage":
      socket.end(garbage);
      return;
    case "truncate":
      socket.end(answer.subarray(0, Math.ceil(answer.length / 2)));
      return;
    case "oversize":
      socket.write(oversize(answer)); // and then nothing: a reader that believes the length waits for ever
      return;
  }
}

/** Sends answers in order until a misbehaviour begins. */
export function answersTo(options: AnswerOptions): Answers {
  let sent = 0;
  let spoilt = false;
  return {
    spoilt: () => spoilt,
    send: (answer) => {
      if (spoilt) return;
      const fault = options.fault();
      if (fault !== undefined && sent >= (fault.after ?? 0)) {
        spoilt = true;
        spoil(options, fault.how, answer);
        return;
      }
      sent += 1;
      if (options.socket.writable) options.socket.write(answer);
    },
  };
}
