import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { startStatusServer } from "../../src/notify/status-server.ts";
import { renderHtml } from "../../src/report/html.ts";
import { comparedReport } from "../report/drift-report.ts";
import { exampleOverview } from "../report/overview.ts";
import { finding, firstScan, plain, report, subject } from "../report/reports.ts";
import { reportsInBrowser } from "./browser.ts";

const { open } = reportsInBrowser();
const teams = { "dial-plan/encryption-matches-lync": "exchange", "forest/trust-direction": "directory" } as const;
const scan: Report = { ...firstScan(), overview: exampleOverview, rules: firstScan().rules.map((rule) => ({ ...rule, ...(rule.id in teams ? { team: teams[rule.id as keyof typeof teams] } : {}), why: `Why ${rule.id}` })) };

describe("the page in a browser", () => {
  it("lists what wants looking at, and nothing happens beside", async () => {
    const { page, incidents } = await open(scan);
    expect(await page.locator("h1").textContent()).toBe("Not ready: 8 failures stop calls or set-up.");
    expect(await page.locator(".status").textContent()).toBe("18 findings of 23");
    expect(await page.locator("#static-findings").count()).toBe(0);
    expect(await page.locator("#explorer h3").allTextContents()).toEqual(["Dial plan", "Forest", "Certificate"]);
    expect(incidents).toEqual([]);
  });

  it("searches by words of rule, subject and message", async () => {
    const { page } = await open(scan);
    await page.getByLabel("Search").fill("zurich secur");
    await expect.poll(() => page.locator(".status").textContent()).toBe("1 finding of 23");
    expect(await page.locator(".finding .subject").allTextContents()).toEqual(["UM dial plan Zurich"]);
    await page.getByLabel("Search").fill("no such thing");
    await expect.poll(() => page.locator(".status").textContent()).toBe("0 findings of 23");
    await page.getByRole("button", { name: "Reset" }).click();
    await expect.poll(() => page.locator(".status").textContent()).toBe("18 findings of 23");
  });

  it("filters by outcome, area, severity and team", async () => {
    const { page } = await open(scan);
    const status = (): Promise<string | null> => page.locator(".status").textContent();
    for (const name of ["Fail", "Unknown", "Warn"]) await page.locator(`.toggle:has-text("${name}") input`).uncheck();
    await page.locator('.toggle:has-text("Pass") input').check();
    await expect.poll(status).toBe("3 findings of 23");
    await page.getByRole("button", { name: "Reset" }).click();
    await page.locator("select[name=area]").selectOption("certificate");
    await expect.poll(status).toBe("9 findings of 23");
    await page.locator("select[name=area]").selectOption("");
    await page.locator("select[name=team]").selectOption("directory");
    await expect.poll(status).toBe("1 finding of 23");
    await page.locator("select[name=team]").selectOption("");
    await page.locator("select[name=severity]").selectOption("major");
    await expect.poll(status).toBe("9 findings of 23");
  });

  it("groups by root cause, subject and team", async () => {
    const { page } = await open(scan);
    await page.getByLabel("Group by").selectOption("cause");
    await expect.poll(() => page.locator("#explorer h4").allTextContents()).toContain("SIP dial plan security fits Lync media encryption (UM dial plan HQ)");
    const groups = await page.locator("#explorer .rule").evaluateAll((all) => all.map((one) => one.querySelectorAll(".finding").length));
    expect(groups[0]).toBe(5);
    await page.getByRole("button", { name: /^Show 2 more findings/ }).click();
    expect(await page.locator("#explorer .rule").first().locator(".finding").count()).toBe(7);
    await page.getByLabel("Group by").selectOption("team");
    await expect.poll(() => page.locator("#explorer h4").allTextContents()).toEqual(["Exchange", "Active Directory", "No team"]);
  });

  it("opens a finding with both sides, and copies its commands", async () => {
    const { page } = await open(scan);
    const card = page.locator(".finding", { hasText: "UM dial plan Zurich" });
    await page.getByLabel("Search").fill("zurich");
    await card.locator("summary").click();
    await card.locator(".side-lync").waitFor();
    expect(await card.locator(".side-exchange dd").first().textContent()).toBe("Unsecured");
    await card.getByRole("button", { name: "Copy command" }).click();
    await card.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe("Set-UMDialPlan -Identity 'Zurich' -VoIPSecurity Secured");
  });

  it("follows links to findings, on opening and by clicks, whatever is filtered", async () => {
    const { page } = await open(scan, { hash: "#dns/srv/sipDomain-contoso.test" });
    expect(await page.locator(".pinned .subject").textContent()).toBe("SIP domain contoso.test");
    expect(await page.locator(".pinned details").getAttribute("open")).toBe("");
    await page.locator("#causes a", { hasText: "trust" }).click();
    await expect.poll(() => page.locator(".pinned .subject").textContent()).toBe("Trust contoso.test -> fabrikam.test");
    expect(new URL(page.url()).hash).toBe("#forest/trust-direction/trust-contoso.test%20-%3E%20fabrikam.test");
    await expect.poll(() => page.evaluate<boolean>("document.activeElement?.closest('.pinned') !== null")).toBe(true);
    await page.evaluate("location.hash = '#certificate/not-expiring'");
    await expect.poll(() => page.locator(".status").textContent()).toBe("9 findings of 23");
  });

  it("leads from the map and from a step of the process to findings", async () => {
    const gateway = finding("fail", { rule: "gateway/fqdn", subject: subject("umIpGateway", "1:1"), message: "Gateway 1:1 is bad." });
    const pool = finding("warn", { rule: "certificate/not-expiring", subject: subject("lyncPool", "pool01.contoso.test"), message: "Its certificate ends." });
    const { page } = await open(report([gateway, pool], { overview: exampleOverview }));
    await page.locator("svg.map a.map-node", { hasText: "pool01.contoso.test" }).click();
    await expect.poll(() => page.locator(".pinned .message").textContent()).toBe("Its certificate ends.");
    await page.getByRole("button", { name: "all of this step" }).click();
    await expect.poll(() => page.locator(".status").textContent()).toBe("1 finding of 2");
    await page.getByRole("button", { name: /^Only Certificates/ }).click();
    await expect.poll(() => page.locator(".status").textContent()).toBe("2 findings of 2");
  });

  it("filters by change, where there was a comparison", async () => {
    const { page } = await open(comparedReport());
    await page.locator("select[name=state]").selectOption("new");
    await expect.poll(() => page.locator(".status").textContent()).toBe("1 finding of 5");
    expect(await (await open(scan)).page.locator("select[name=state]").count()).toBe(0);
  });

  it("shows the worst without script, and no control that would do nothing", async () => {
    const { page } = await open(scan, { script: false });
    expect(await page.locator("#static-findings .finding").count()).toBe(18);
    expect(await page.locator("button:visible").count()).toBe(0);
    await page.locator("#static-findings summary").first().click();
    expect(await page.locator("#static-findings dd").first().textContent()).toBe("Unsecured");
  });

  it("switches between dark and light, and keeps the choice", async () => {
    const { page } = await open(scan, { scheme: "dark" });
    const paper = (): Promise<string> => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    const dark = await paper();
    await page.getByRole("button", { name: "Switch to light colours" }).click();
    const light = await paper();
    expect(light).not.toBe(dark);
    await page.reload();
    await page.locator(".status").waitFor();
    expect(await paper()).toBe(light);
    await page.getByRole("button", { name: "Switch to dark colours" }).click();
    expect(await paper()).toBe(dark);
  });

  it("prints everything that is shown, unfolded and on white", async () => {
    const { page } = await open(scan, { scheme: "dark" });
    await page.emulateMedia({ media: "print" });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator(".controls").isVisible()).toBe(false);
    expect(await page.locator("details:not([open])").count()).toBe(0);
    expect(await page.evaluate<string>("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    expect((await page.pdf()).byteLength).toBeGreaterThan(20_000);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.locator(".finding[open]").count()).toBe(0);
  });

  it("speaks the language of the report, and its filters work in it", async () => {
    const { page, incidents } = await open({ ...scan, language: "fr" });
    expect(await page.title()).toMatch(/^Pas prêt\u00a0: /u);
    expect(await page.locator("html").getAttribute("lang")).toBe("fr");
    expect(await page.locator("h1").textContent()).toBe("Pas prêt\u00a0: 8 échecs empêchent les appels ou la mise en place.");
    expect(await page.locator(".status").textContent()).toBe("18 constats sur 23");
    expect(await page.locator("#explorer h3").allTextContents()).toEqual(["Plan de numérotation", "Forêt", "Certificat"]);
    await page.getByLabel("Rechercher").fill("zurich secur");
    await expect.poll(() => page.locator(".status").textContent()).toBe("1 constat sur 23");
    await page.locator(".finding summary").click();
    await page.getByRole("button", { name: "Copier la commande" }).click();
    await page.getByRole("button", { name: "Copié" }).waitFor();
    await page.getByLabel("Rechercher").fill("no such thing");
    await expect.poll(() => page.locator(".status").textContent()).toBe("0 constat sur 23");
    await page.getByRole("button", { name: "Réinitialiser" }).click();
    await page.getByLabel("Grouper par").selectOption("team");
    await expect.poll(() => page.locator("#explorer h4").allTextContents()).toEqual(["Exchange", "Active Directory", "Aucune équipe"]);
    await page.getByRole("button", { name: "Passer au thème sombre" }).click();
    expect(incidents).toEqual([]);
  });

  it("works where the watch serves it", async () => {
    const server = await startStatusServer(0, () => Promise.resolve({ status: 200, contentType: "text/html; charset=utf-8", body: renderHtml(scan, plain) }));
    try {
      const { page } = await open(new URL(`http://127.0.0.1:${server.port}/report`));
      expect(await page.locator(".status").textContent()).toBe("18 findings of 23");
    } finally {
      await server.close();
    }
  });

  it("can be used by keyboard alone", async () => {
    const { page } = await open(scan);
    await page.keyboard.press("Tab");
    expect(await page.evaluate<string>("document.activeElement?.textContent ?? ''")).toBe("To the report");
    await page.locator(".finding summary").first().focus();
    await page.keyboard.press("Enter");
    await page.locator(".finding[open] dl").first().waitFor();
  });
});

describe("axe", () => {
  const axe = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
  for (const scheme of ["light", "dark"] as const) {
    for (const width of [400, 1280]) {
      it(`finds no violation at ${width} px, ${scheme}, and nothing is wider than the page`, async () => {
        for (const of of [scan, { ...scan, language: "fr" as const }, { ...comparedReport(), overview: exampleOverview }, report([])]) {
          const { page } = await open(of, { width, scheme });
          await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
          await expect.poll(() => page.locator(".finding .body:empty").count(), { timeout: 20_000 }).toBe(0);
          expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(width);
          // Evaluated by the debugger, which the page's policy does not bind.
          await page.evaluate(axe);
          const { violations } = await page.evaluate<{ readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[] }[] }>("axe.run()");
          expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`))).toEqual([]);
        }
      });
    }
  }
});
