import { type Answer, type Packet, type Question, decodeQuery, encodePacket, flag, rcode } from "./codec.ts";
import { resolve } from "./resolve.ts";
import { type ZoneData, nameKey } from "./zone-data.ts";

/** How a name is answered wrongly on purpose. `slow` answers properly but late; `lame` answers without authority and points elsewhere. */
export type DnsFault = "servfail" | "refused" | "drop" | "wrong-id" | "wrong-question" | "garbage" | "truncated" | "slow" | "lame";

/** Says whether a name (lower case) is to be answered wrongly. */
export type FaultOf = (name: string, type: string) => DnsFault | undefined;

/** An encoded answer and how long to wait before sending it, in milliseconds. */
export interface Response {
  readonly bytes: Buffer;
  readonly delayMs: number;
}

/** How late a slow answer is, in milliseconds. */
const slowMs = 1500;

const plainUdpBytes = 512;
const maxUdpBytes = 4096;
const garbage = Buffer.from(Array.from({ length: 60 }, (_, index) => (index * 151 + 213) % 256));

interface Asked {
  readonly packet: Packet;
  readonly question: Question;
  readonly edns: Answer | undefined;
}

function respond({ packet, question, edns }: Asked, code: number, flags: number, sections: Pick<Packet, "answers" | "authorities" | "additionals"> = {}): Packet {
  const opt = edns === undefined ? [] : [{ name: ".", type: "OPT", udpPayloadSize: maxUdpBytes, flags: 0, options: [] }];
  return {
    type: "response",
    id: packet.id ?? 0,
    flags: flags | ((packet.flags ?? 0) & flag.recursionDesired) | code,
    questions: [question],
    answers: sections.answers ?? [],
    authorities: sections.authorities ?? [],
    additionals: [...(sections.additionals ?? []), ...opt],
  };
}

function fitting(asked: Asked, packet: Packet, limit: number): Buffer {
  const whole = encodePacket(packet);
  if (whole.length <= limit) return whole;
  const withoutAdditionals = encodePacket({ ...packet, additionals: (packet.additionals ?? []).filter(({ type }) => type === "OPT") });
  if (withoutAdditionals.length <= limit) return withoutAdditionals;
  return encodePacket(respond(asked, (packet.flags ?? 0) & 15, ((packet.flags ?? 0) & flag.authoritative) | flag.truncated));
}

function faulty(asked: Asked, fault: DnsFault, proper: Packet, overUdp: boolean): Packet | Buffer | undefined {
  switch (fault) {
    case "servfail":
      return respond(asked, rcode.serverFailure, 0);
    case "refused":
      return respond(asked, rcode.refused, 0);
    case "drop":
      return undefined;
    case "wrong-id":
      return { ...proper, id: ((asked.packet.id ?? 0) + 1) % 65536 };
    case "wrong-question":
      return { ...proper, questions: [{ ...asked.question, name: `other.${asked.question.name}` }] };
    case "garbage":
      return garbage;
    case "truncated":
      return overUdp ? respond(asked, rcode.noError, flag.authoritative | flag.truncated) : proper;
    case "slow":
      return proper;
    case "lame":
      return respond(asked, rcode.noError, 0, { authorities: [{ name: ".", type: "NS", ttl: 300, data: "a.root-servers.net" }] });
    default:
      return fault satisfies never;
  }
}

/** Answers one message; undefined where nothing is to be sent. `overUdp` limits the size to what the client takes. */
export function answerQuery(data: ZoneData, bytes: Buffer, overUdp: boolean, faultOf: FaultOf): Response | undefined {
  const packet = decodeQuery(bytes);
  if (packet === undefined) return undefined;
  const [question, ...others] = packet.questions ?? [];
  if (question === undefined || others.length > 0) {
    return { bytes: encodePacket({ type: "response", id: packet.id ?? 0, flags: rcode.formatError }), delayMs: 0 };
  }
  const edns = packet.additionals?.find(({ type }) => type === "OPT");
  const asked: Asked = { packet, question, edns };
  const limit = overUdp ? Math.min(Math.max(edns?.udpPayloadSize ?? plainUdpBytes, plainUdpBytes), maxUdpBytes) : 65535;
  if (packet.opcode !== undefined && packet.opcode !== "QUERY") return { bytes: fitting(asked, respond(asked, rcode.notImplemented, 0), limit), delayMs: 0 };
  const { code, authoritative, ...sections } = resolve(data, question);
  const proper = respond(asked, code, authoritative ? flag.authoritative : 0, sections);
  const fault = faultOf(nameKey(question.name), question.type);
  const answer = fault === undefined ? proper : faulty(asked, fault, proper, overUdp);
  if (answer === undefined) return undefined;
  return { bytes: Buffer.isBuffer(answer) ? answer : fitting(asked, answer, limit), delayMs: fault === "slow" ? slowMs : 0 };
}
