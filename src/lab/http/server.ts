import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Fault } from "../net/fault.ts";
import { type Listener, listen } from "../net/listener.ts";
import type { Publication, Publications } from "./publications.ts";

/** What a web server serves at the moment; the lab swaps it while it runs. */
export interface HttpService {
  publications: Publications;
}

const maxRequestBytes = 16_384;

function find(publications: Publications, host: string, path: string): { readonly publication: Publication; readonly rest: string } | undefined {
  const url = URL.canParse(`http://${host}${path}`) ? new URL(`http://${host}${path}`) : undefined;
  if (url === undefined) return undefined;
  const exact = publications.get(url.href);
  if (exact !== undefined) return { publication: exact, rest: "" };
  // An OCSP request by GET follows the responder's address (RFC 6960 appendix A.1)
  const responder = [...publications].find(([at, { kind }]) => kind === "responder" && url.href.startsWith(at.endsWith("/") ? at : `${at}/`));
  return responder === undefined ? undefined : { publication: responder[1], rest: url.href.slice(responder[0].length).replace(/^\//u, "") };
}

function send(response: ServerResponse, type: string, body: Buffer, fault: Fault["how"] | undefined): void {
  switch (fault) {
    case "stall":
      return;
    case "refuse":
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "garbage":
      response.end(Buffer.alloc(body.length, 0xa5));
      return;
    case "truncate":
      response.writeHead(200, { "Content-Type": type, "Content-Length": body.length });
      response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.socket?.destroy());
      return;
    case "oversize":
      response.writeHead(200, { "Content-Type": type, "Content-Length": 2_147_483_647 });
      response.write(body);
      return;
    case undefined:
      response.writeHead(200, { "Content-Type": type, "Content-Length": body.length });
      response.end(body);
      return;
    default:
      fault satisfies never;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxRequestBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Answers one request by the publications. */
export async function answerHttp(request: IncomingMessage, response: ServerResponse, publications: Publications, fault: Fault["how"] | undefined): Promise<void> {
  const found = find(publications, request.headers.host ?? "", request.url ?? "/");
  if (found === undefined || (request.method !== "GET" && request.method !== "POST")) {
    response.writeHead(404, { "Content-Length": 0 });
    response.end();
    return;
  }
  const { publication, rest } = found;
  if (publication.kind === "file") {
    send(response, publication.type, publication.body, fault);
    return;
  }
  const asked = request.method === "POST" ? await bodyOf(request) : Buffer.from(decodeURIComponent(rest), "base64");
  if (asked === undefined) response.socket?.destroy();
  else send(response, "application/ocsp-response", publication.answer(asked), fault);
}

/** Starts a web server for every host that publishes something. */
export function startHttp(service: HttpService): Promise<Listener> {
  return listen((socket, fault) => {
    const server = createServer((request, response) => {
      answerHttp(request, response, service.publications, fault()?.how).catch(() => response.socket?.destroy());
    });
    server.emit("connection", socket);
  });
}
