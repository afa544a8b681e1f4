import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { renderHtml } from "../../src/report/html.ts";
import { plain } from "../report/reports.ts";

/** How a page is looked at. */
export interface Look {
  readonly width?: number;
  readonly scheme?: "light" | "dark";
  readonly hash?: string;
  readonly script?: boolean;
}

/** A page in the browser, and what it did that no report should do. */
export interface OpenPage {
  readonly page: Page;
  /** Errors, messages on the console, dialogs, requests to anywhere, refusals by the policy. */
  readonly incidents: readonly string[];
}

/** Starts Chromium for the tests of a file and opens reports in it. */
export function reportsInBrowser(): { readonly write: (of: Report) => string; readonly open: (of: Report | string | URL, look?: Look) => Promise<OpenPage> } {
  let browser: Browser;
  let folder: string;
  let written = 0;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "umpreflight-browser-"));
    browser = await chromium.launch({ executablePath: process.env["UMPREFLIGHT_CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });
  const write = (of: Report): string => {
    const file = join(folder, `report-${(written += 1)}.html`);
    writeFileSync(file, [...renderHtml(of, plain)].join(""));
    return file;
  };
  const open = async (of: Report | string | URL, { width = 1280, scheme = "light", hash = "", script = true }: Look = {}): Promise<OpenPage> => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, javaScriptEnabled: script });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    const incidents = watched(page);
    await page.goto((of instanceof URL ? of : pathToFileURL(typeof of === "string" ? of : write(of))).href + hash);
    if (script) await page.locator(".status").waitFor();
    return { page, incidents };
  };
  return { write, open };
}

function watched(page: Page): readonly string[] {
  const incidents: string[] = [];
  page.on("console", (message) => incidents.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => incidents.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:") || !request.isNavigationRequest()) incidents.push(`request: ${request.url().slice(0, 200)}`);
  });
  page.on("dialog", (dialog) => {
    incidents.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return incidents;
}
