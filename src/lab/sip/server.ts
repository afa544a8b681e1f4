import type { Socket } from "node:net";
import { type TlsSettings, acceptTls } from "../net/accept-tls.ts";
import { answersTo } from "../net/answers.ts";
import type { Fault } from "../net/fault.ts";
import { type Listener, listen } from "../net/listener.ts";
import { answerSip, readSip, refuseSip } from "./message.ts";

/** What an endpoint is at the moment; the lab swaps it while it runs. */
export interface EndpointService {
  /** Undefined for plain TCP. */
  tls: TlsSettings | undefined;
  /** False for a port that accepts connections and says nothing, as a web server that waits for a request. */
  sip: boolean;
  /** Status of the answer to OPTIONS; undefined: 200. */
  sipStatus?: number | undefined;
  /** Where it sends the caller with 302 instead; undefined: nowhere. */
  redirectsTo?: readonly string[] | undefined;
  product: string;
}

/** Announces a body of two gigabytes. */
function oversize(answer: Buffer): Buffer {
  return Buffer.from(answer.toString("utf8").replace("Content-Length: 0\r\n", "Content-Length: 2147483647\r\n"), "utf8");
}

function converse(socket: Socket, transport: Socket, service: EndpointService, fault: () => Fault | undefined): void {
  if (!service.sip) {
    socket.resume();
    return;
  }
  const answers = answersTo({ socket, transport, fault, oversize });
  const remote = { address: transport.remoteAddress ?? "", port: transport.remotePort ?? 0 };
  let pending = Buffer.alloc(0);
  let answered = 0;
  const read = (chunk: Buffer): void => {
    pending = Buffer.concat([pending, chunk]);
    for (let input = readSip(pending); input.kind !== "incomplete"; input = readSip(pending)) {
      if (input.kind === "malformed") {
        socket.off("data", read);
        socket.end(refuseSip(service.product));
        return;
      }
      pending = Buffer.from(input.rest);
      answered += 1;
      const answer = input.kind === "keep-alive" ? Buffer.from("\r\n") : answerSip(input.request, service, `lab${answered}`, remote);
      if (answer !== undefined) answers.send(answer);
    }
  };
  socket.on("data", read);
}

/** Starts a SIP (or silent) endpoint over TLS or TCP. */
export function startEndpoint(service: EndpointService): Promise<Listener> {
  return listen((transport, fault) => {
    if (service.tls === undefined) {
      converse(transport, transport, service, fault);
      return;
    }
    acceptTls(transport, service.tls, (socket, client) => {
      const checked = service.tls?.clientCertificate;
      if (checked !== "none" && client.certificate !== undefined && !client.trusted) transport.destroy();
      else converse(socket, transport, service, fault);
    });
  });
}
