import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { comparedReport } from "../report/drift-report.ts";
import { hostileReport, hostileStrings, longReport } from "../report/hostile.ts";
import { overviewOfTexts } from "../report/overview.ts";
import { reportsInBrowser } from "./browser.ts";

const { open } = reportsInBrowser();
const attacks: readonly string[] = [
  ...hostileStrings,
  `<img src=x onerror="window.hit=1">`,
  `"><script>window.hit=1</script>`,
  `</script><script>window.hit=1</script>`,
  `<!--<script>`,
  `' onmouseover='window.hit=1`,
  `<svg onload=window.hit=1>`,
  `javascript:window.hit=1`,
  `<style>body{display:none}</style>`,
  `<base href="http://evil.test/"><form action="http://evil.test/"><button>`,
  `<iframe srcdoc="<script>parent.hit=1</script>">`,
  `{{constructor.constructor('window.hit=1')()}}`,
];

/** Each text where a report has foreign text, in turn. */
function attacked(): Report {
  let turn = 0;
  const next = (): string => attacks[(turn += 1) % attacks.length] ?? "";
  const { comparison, history } = comparedReport(attacks.join(" "));
  return { ...hostileReport(attacks), overview: overviewOfTexts(next), ...(comparison === undefined ? {} : { comparison }), ...(history === undefined ? {} : { history }) };
}

describe("hostile text in a browser", () => {
  it("does nothing: no script of its own, no element, no request, no dialog, no refusal by the policy", async () => {
    const { page, incidents } = await open(attacked());
    for (const box of await page.locator(".toggle input").all()) await box.check();
    await page.getByLabel("Group by").selectOption("team");
    for (let more = page.locator("button.more:visible"); (await more.count()) > 0; ) await more.first().click();
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    await expect.poll(() => page.locator(".finding .body:empty").count(), { timeout: 20_000 }).toBe(0);
    expect(await page.evaluate("window.hit")).toBeUndefined();
    expect(await page.locator("img, iframe, base, object, embed, link, main style, main script").count()).toBe(0);
    expect(await page.locator("form").count()).toBe(1);
    expect(await page.evaluate("[...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames()).filter((name) => /^on|^style$/.test(name)).length")).toBe(0);
    expect(await page.evaluate("[...document.links].filter(({ protocol }) => !['http:', 'https:', 'file:'].includes(protocol)).length")).toBe(0);
    expect(incidents).toEqual([]);
  });

  it("is found by searching for it, and shown as it is", async () => {
    const { page } = await open(attacked());
    await page.getByLabel("Search").fill("<img src=x");
    await expect.poll(() => page.locator(".finding .message").first().textContent()).toBe(`<img src=x onerror="window.hit=1">`);
  });

  it("keeps its links", async () => {
    const { page } = await open(attacked());
    const links = page.locator("#causes a");
    for (let at = 0; at < Math.min(8, await links.count()); at += 1) {
      await links.nth(at).click();
      const id = new URL(page.url()).hash.slice(1);
      await expect.poll(() => page.locator(".pinned .finding").getAttribute("id")).toBe(id);
    }
  });

  it("of any length stays inside a page of 400 px", async () => {
    for (const of of [longReport(), attacked()]) {
      const { page } = await open(of, { width: 400 });
      expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(400);
    }
  });
});
