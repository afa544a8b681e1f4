/**
 * usage: node bench/html.ts [findings]: how large the HTML report of so many findings is, how long it takes to render, and how long Chromium takes from opening the file until all can be searched,
 * beside a plain page that holds the same findings as a table and nothing else.
 */
import { statSync, writeFileSync, mkdtempSync, rmSync, createWriteStream } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Page } from "playwright-core";
import { chromiumFile } from "../scripts/chromium.ts";
import { renderHtml } from "../src/report/html.ts";
import { htmlText } from "../src/report/html/markup.ts";
import { largeReport } from "../test/report/large-report.ts";
import { plain } from "../test/report/reports.ts";
import { median } from "./median.ts";

const rounds = 3;
const count = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), "umpreflight-bench-"));
const [ours, table] = [join(folder, "ours.html"), join(folder, "table.html")];

const began = performance.now();
const file = createWriteStream(ours);
for (const chunk of renderHtml(largeReport(count), plain)) if (!file.write(chunk)) await once(file, "drain");
file.end();
await once(file, "close");
const rendered = (performance.now() - began) / 1000;
const rows = [...largeReport(count).findings].map(({ rule, outcome, subject, message }) => `<tr><td>${[rule, outcome, subject.name, message].map(htmlText).join("<td>")}`);
writeFileSync(table, `<!DOCTYPE html><title>table</title><table>${rows.join("\n")}</table>`);

const executablePath = chromiumFile();
if (executablePath === undefined) process.exit(1);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

/** Seconds from the beginning of the navigation, and how long the page's main thread really worked: other load on the machine is not in it. */
interface Opening {
  readonly time: number;
  readonly work: number;
}

/** Opens a page anew. */
async function opened(path: string, ready: (page: Page) => Promise<unknown>): Promise<Opening> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  page.setDefaultTimeout(300_000);
  await page.goto(pathToFileURL(path).href, { waitUntil: "commit" });
  await ready(page);
  const time = await page.evaluate<number>("new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))");
  const { metrics } = await session.send("Performance.getMetrics");
  await page.close();
  return { time: time / 1000, work: metrics.find(({ name }) => name === "ThreadTime")?.value ?? Number.NaN };
}

const openings: { readonly ours: Opening[]; readonly table: Opening[] } = { ours: [], table: [] };
for (let round = 0; round < rounds; round += 1) {
  openings.ours.push(await opened(ours, (page) => page.locator(".status").waitFor()));
  openings.table.push(await opened(table, (page) => page.waitForLoadState("load")));
}
await browser.close();
const size = (path: string): string => `${(statSync(path).size / 1e6).toFixed(1)} MB`;
console.log(`${count} findings: rendered in ${rendered.toFixed(1)} s`);
for (const [name, path] of [["ours", ours], ["table", table]] as const) {
  const of = openings[name];
  console.log(`${name}: ${size(path)}, open after ${median(of.map(({ time }) => time)).toFixed(2)} s, ${median(of.map(({ work }) => work)).toFixed(2)} s of them work of the main thread`);
}
rmSync(folder, { recursive: true });
