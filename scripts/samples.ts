/** `npm run samples`: the HTML report of the built demo and pictures of it, in reports/samples/. Every run has other dates and keys, so this is no part of `generate`. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Page } from "playwright-core";
import { chromiumFile } from "./chromium.ts";

const root = resolve(import.meta.dirname, "..");
const samples = join(root, "reports", "samples");

interface Picture {
  readonly name: string;
  readonly width: number;
  readonly scheme: "light" | "dark";
  /** Shows what is to be seen; the top of the page unless told. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

const pictures: readonly Picture[] = [
  { name: "demo-light", width: 1280, scheme: "light" },
  { name: "demo-dark", width: 1280, scheme: "dark" },
  { name: "demo-narrow", width: 400, scheme: "light" },
  { name: "demo-map", width: 1600, scheme: "light", prepare: (page) => page.getByRole("button", { name: "Fit to width" }).click().then(() => page.evaluate("document.getElementById('map').scrollIntoView({ behavior: 'instant' })")) },
  { name: "demo-finding", width: 1280, scheme: "light", prepare: (page) => page.locator("#causes a", { hasText: "require encryption" }).click().then(() => page.locator(".pinned dl").first().waitFor()) },
];

async function take(report: string, executablePath: string): Promise<void> {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  for (const { name, width, scheme, prepare } of pictures) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
    await page.goto(pathToFileURL(report).href);
    await page.locator(".status").waitFor();
    await prepare?.(page);
    await page.waitForTimeout(200);
    await page.screenshot({ path: join(samples, `${name}.png`) });
    await page.close();
  }
  await browser.close();
}

const executable = chromiumFile();
const folder = mkdtempSync(join(tmpdir(), "umpreflight-samples-"));
try {
  const { status, stderr } = spawnSync(process.execPath, ["bin/umpreflight.js", "demo", "--output", folder], { cwd: root, encoding: "utf8" });
  if (status !== 1) throw new Error(`the demo ended with exit code ${status}: ${stderr}`);
  const report = join(samples, "demo.html");
  copyFileSync(join(folder, "report.html"), report);
  if (executable === undefined) process.exitCode = 1;
  else await take(report, executable);
} finally {
  rmSync(folder, { recursive: true });
}
