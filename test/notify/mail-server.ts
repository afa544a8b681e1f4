import { createServer, type AddressInfo, type Socket } from "node:net";
import { TLSSocket, createSecureContext, type SecureContextOptions } from "node:tls";

/** How the server behaves. */
export interface MailServerOptions {
  /** Its answer to DATA; 250 takes the mail. */
  readonly dataCode?: number;
  /** Certificate and key; left out, it speaks no TLS. */
  readonly tls?: SecureContextOptions;
  /** TLS from the first byte instead of STARTTLS. */
  readonly implicit?: boolean;
  /** The only account that may send; left out, everybody may. Offered within TLS only. */
  readonly account?: { readonly user: string; readonly password: string };
}

export interface ReceivedMail {
  readonly to: readonly string[];
  readonly text: string;
  readonly user: string | undefined;
  readonly encrypted: boolean;
}

/** What one connection has come to. */
interface Session {
  socket: Socket;
  encrypted: boolean;
  user: string | undefined;
  to: string[];
  data: string | undefined;
}

/** A mail server (RFC 5321) with STARTTLS (RFC 3207) and AUTH PLAIN (RFC 4954). `clear` is all that clients said without TLS. */
export async function mailServer(options: MailServerOptions = {}) {
  const { dataCode = 250, tls, implicit = false, account } = options;
  const mails: ReceivedMail[] = [];
  const clear: string[] = [];
  const sockets = new Set<Socket>();

  const extensions = (session: Session): string => {
    const offered = ["test", ...(tls !== undefined && !session.encrypted ? ["STARTTLS"] : []), ...(account !== undefined && session.encrypted ? ["AUTH PLAIN"] : [])];
    return offered.map((line, at) => `250${at === offered.length - 1 ? " " : "-"}${line}\r\n`).join("");
  };
  const authenticate = (session: Session, given: string): string => {
    const [, user, password] = Buffer.from(given, "base64").toString("utf8").split("\0");
    if (account === undefined || user !== account.user || password !== account.password) return "535 5.7.8 no such account\r\n";
    session.user = user;
    return "235 2.7.0 welcome\r\n";
  };
  const answer = (session: Session, line: string): string => {
    if (session.data !== undefined) {
      if (line !== ".") {
        session.data += `${line}\n`;
        return "";
      }
      if (dataCode === 250) mails.push({ to: session.to, text: session.data, user: session.user, encrypted: session.encrypted });
      session.data = undefined;
      session.to = [];
      return `${dataCode} done\r\n`;
    }
    const [verb = ""] = line.toUpperCase().split(" ");
    if (verb === "EHLO") return extensions(session);
    if (verb === "STARTTLS") return tls === undefined || session.encrypted ? "502 no\r\n" : "220 go\r\n";
    if (verb === "AUTH") return session.encrypted ? authenticate(session, line.slice("AUTH PLAIN ".length)) : "538 5.7.11 not without TLS\r\n";
    if (verb === "MAIL" && account !== undefined && session.user === undefined) return "530 5.7.0 who are you?\r\n";
    if (verb === "RCPT") session.to.push(line);
    if (verb === "DATA") session.data = "";
    return verb === "DATA" ? "354 go\r\n" : verb === "QUIT" ? "221 bye\r\n" : "250 ok\r\n";
  };

  const converse = (session: Session): void => {
    let buffered = "";
    const read = (chunk: Buffer): void => {
      if (!session.encrypted) clear.push(chunk.toString("utf8"));
      buffered += chunk.toString("utf8");
      for (let at = buffered.indexOf("\r\n"); at !== -1; at = buffered.indexOf("\r\n")) {
        const line = buffered.slice(0, at);
        buffered = buffered.slice(at + 2);
        const text = answer(session, line);
        if (text !== "") session.socket.write(text);
        if (/^QUIT/i.test(line)) session.socket.end();
        if (text.startsWith("220") && /^STARTTLS/i.test(line)) {
          session.socket.off("data", read);
          secure(session);
          return;
        }
      }
    };
    session.socket.on("data", read);
  };
  const secure = (session: Session): void => {
    const secured = new TLSSocket(session.socket, { isServer: true, secureContext: createSecureContext(tls) });
    secured.on("error", () => undefined);
    session.socket = secured;
    session.encrypted = true;
    converse(session);
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    const session: Session = { socket, encrypted: false, user: undefined, to: [], data: undefined };
    if (implicit) secure(session);
    else converse(session);
    session.socket.write("220 test ESMTP\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, mails, clear, close: () => { for (const socket of sockets) socket.destroy(); server.close(); } };
}
