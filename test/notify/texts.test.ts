import { describe, expect, it } from "vitest";
import { digestHtml, digestText, headline } from "../../src/notify/digest-text.ts";
import { syslogMessage } from "../../src/notify/syslog-message.ts";
import { webhookBody } from "../../src/notify/webhook-body.ts";
import { digest, manyEvents } from "./digest.ts";

const controls = /(?!\n)[\p{Cc}\p{Cf}]/u;

describe("texts", () => {
  it("carry no controls, no bidi and no lone surrogates", () => {
    for (const text of [headline(digest()), digestText(digest()), digestHtml(digest())]) {
      expect(text).not.toMatch(controls);
      expect(text.isWellFormed()).toBe(true);
    }
  });

  it("foreign text adds no lines", () => expect(digestText(digest()).split("\n")).toHaveLength(digestText(digest({ events: digest().events.map((event) => ({ ...event, subject: "x", message: "y" })) })).split("\n").length));

  it("foreign text is no markup in HTML", () => {
    expect(digestHtml(digest())).not.toContain("<script>");
    expect(digestHtml(digest())).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
  });

  it("the headline has nothing foreign", () => expect(headline(digest())).toBe("umpreflight (on-premises): 1 new"));
});

describe("webhook bodies", () => {
  it("json is the digest with a version", () => expect(JSON.parse(webhookBody(digest(), "json"))).toMatchObject({ schemaVersion: 1, id: digest().id, counts: { new: 1 }, events: [{ rule: "dial-plan/security" }] }));

  it("teams is one adaptive card of which no part reads Markdown, within 28 KB", () => {
    const text = webhookBody(manyEvents(100), "teams");
    expect(Buffer.byteLength(text)).toBeLessThan(28 * 1024);
    const { type, attachments } = JSON.parse(text) as { type: string; attachments: { contentType: string; content: { type: string; version: string; body: { type: string }[] } }[] };
    expect([type, attachments.length, attachments[0]?.contentType, attachments[0]?.content.type]).toEqual(["message", 1, "application/vnd.microsoft.card.adaptive", "AdaptiveCard"]);
    expect(new Set(attachments[0]?.content.body.map((part) => part.type))).toEqual(new Set(["RichTextBlock"]));
  });

  it("slack is blocks of plain text within its limits, and mentions nobody", () => {
    const { text, blocks } = JSON.parse(webhookBody(manyEvents(100), "slack")) as { text: string; blocks: { type: string; text: { type: string; text: string } }[] };
    expect(text).not.toContain("<");
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks) expect([block.type, block.text.type, block.text.text.length <= 3000]).toEqual(["section", "plain_text", true]);
  });

  it("says what it left out", () => expect(webhookBody(manyEvents(30), "slack")).toContain("and 15 more"));
});

describe("syslog", () => {
  const context = { host: "scan ner\u00e9", pid: 42, now: new Date("2026-06-01T06:00:00Z") };
  it("is RFC 5424 with structured data", () => {
    const text = syslogMessage(digest(), 16, context, 65_536).toString("utf8");
    expect(text).toMatch(/^<132>1 2026-06-01T06:00:00\.000Z scanner umpreflight 42 drift \[umpreflight@32473 digest="[0-9a-f]{32}" profile="on-premises" new="1" [^\]]*\] \ufeff/);
    expect(text).not.toMatch(/[\n\r]/);
  });
  it("escapes values", () => expect(syslogMessage(digest({ profile: 'a"b]c\\d' }), 16, context, 65_536).toString()).toContain('profile="a\\"b\\]c\\\\d"'));
  it("is notice when nothing became worse", () => expect(syslogMessage(digest({ counts: { ...digest().counts, new: 0, fixed: 1 } }), 16, context, 65_536).toString()).toMatch(/^<133>1/));
  it("is cut between characters", () => {
    const cut = syslogMessage(manyEvents(50), 16, context, 2_048);
    expect(cut.length).toBeLessThanOrEqual(2_048);
    expect(cut.toString("utf8")).not.toContain("\ufffd".repeat(2));
    expect(Buffer.from(cut.toString("utf8"))).toEqual(cut);
  });
});
