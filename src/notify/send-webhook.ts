import { request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import type { Digest } from "../model/digest.ts";
import type { ReadyChannel, SendContext } from "./channel.ts";
import { webhookBody } from "./webhook-body.ts";

type Webhook = Extract<ReadyChannel, { type: "webhook" }>;

/**
 * Posts a digest. Resolves when the receiver took it (2xx); redirects are not followed, for they would carry the authorization elsewhere. The answer's body is not read.
 * @throws Error otherwise; no message names the address, which may hold a token
 */
export async function sendWebhook(channel: Webhook, digest: Digest, { timeoutMs, signal }: SendContext): Promise<void> {
  const url = new URL(channel.url);
  const body = Buffer.from(webhookBody(digest, channel.format));
  const headers = { "content-type": "application/json; charset=utf-8", "content-length": body.length, "user-agent": "umpreflight", "idempotency-key": `${digest.id}-${channel.name}`, ...(channel.authorization === undefined ? {} : { authorization: channel.authorization }) };
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const options = { method: "POST", headers, signal: deadline, agent: false as const, ...(channel.ca === undefined ? {} : { ca: [...channel.ca] }) };
  await new Promise<void>((resolve, reject) => {
    const request = (url.protocol === "https:" ? requestTls : requestPlain)(url, options, (response) => {
      const { statusCode = 0 } = response;
      response.destroy();
      if (statusCode >= 200 && statusCode < 300) resolve();
      else reject(new Error(`the receiver answered ${statusCode}`));
    });
    request.on("error", (error) => reject(deadline.aborted ? new Error(`no answer within ${timeoutMs} ms`) : error));
    request.end(body);
  });
}
