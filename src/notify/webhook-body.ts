import type { Digest } from "../model/digest.ts";
import type { WebhookFormat } from "../model/notification.ts";
import { eventLines, headline, plainText, standingText } from "./digest-text.ts";

/** Teams takes 28 KB (learn.microsoft.com, "Create incoming webhooks"), Slack 50 blocks of 3,000 characters (api.slack.com, "Block Kit"). */
const listedInChat = 20;
const blockChars = 2_900;

/** A text that Adaptive Cards show as it is: a TextBlock would read Markdown in it, a RichTextBlock does not. */
function richText(text: string, bold = false): object {
  return { type: "RichTextBlock", inlines: [{ type: "TextRun", text, ...(bold ? { weight: "bolder" } : {}) }] };
}

function shownLines(digest: Digest): { readonly texts: readonly string[]; readonly more: number } {
  const texts = digest.events.slice(0, listedInChat).map((event) => eventLines(event).join("\n").slice(0, 1_000).toWellFormed());
  return { texts, more: digest.more + Math.max(0, digest.events.length - listedInChat) };
}

/** Message with an Adaptive Card 1.4 (adaptivecards.io), as Teams workflows and incoming webhooks take it. */
function teamsBody(digest: Digest): object {
  const { texts, more } = shownLines(digest);
  const body = [richText(headline(digest), true), richText(`Run of ${plainText(digest.startedAt)}. ${standingText(digest)}`), ...texts.map((text) => richText(text)), ...(more > 0 ? [richText(`and ${more} more`)] : [])];
  return { type: "message", attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content: { $schema: "http://adaptivecards.io/schemas/adaptive-card.json", type: "AdaptiveCard", version: "1.4", body } }] };
}

/** Slack reads these three in every text (api.slack.com, "Escaping text"); without them no mention and no link can be made. */
function slackText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function slackBody(digest: Digest): object {
  const { texts, more } = shownLines(digest);
  const section = (text: string): object => ({ type: "section", text: { type: "plain_text", emoji: false, text: text.slice(0, blockChars).toWellFormed() } });
  const blocks = [section(headline(digest)), section(`Run of ${plainText(digest.startedAt)}. ${standingText(digest)}`), ...texts.map(section), ...(more > 0 ? [section(`and ${more} more`)] : [])];
  return { text: slackText(headline(digest)), blocks };
}

/** What is posted to a webhook. The generic format is the digest itself, with a version. */
export function webhookBody(digest: Digest, format: WebhookFormat): string {
  switch (format) {
    case "json":
      // Strict parsers refuse a document with the escape of a lone surrogate.
      return JSON.stringify({ schemaVersion: 1, ...digest }, (_key, value: unknown) => (typeof value === "string" ? value.toWellFormed() : value));
    case "teams":
      return JSON.stringify(teamsBody(digest));
    case "slack":
      return JSON.stringify(slackBody(digest));
  }
}
