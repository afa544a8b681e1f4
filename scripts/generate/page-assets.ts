import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSync, transformSync } from "esbuild";

const folder = new URL("../../src/report/html/", import.meta.url);

/** src/report/html/assets.generated.ts: style and script of the HTML report, minified, as the page carries them. */
export function pageAssets(): string {
  const names = readdirSync(new URL("style/", folder)).filter((name) => name.endsWith(".css")).sort();
  const sheets = names.map((name) => readFileSync(new URL(`style/${name}`, folder), "utf8"));
  const style = transformSync(sheets.join("\n"), { loader: "css", minify: true, target: ["chrome123", "firefox120", "safari17.5"] }).code.trimEnd();
  const { outputFiles } = buildSync({ entryPoints: [fileURLToPath(new URL("client/main.ts", folder))], bundle: true, minify: true, format: "iife", platform: "browser", target: "es2023", write: false, tsconfig: fileURLToPath(new URL("client/tsconfig.json", folder)) });
  const script = (outputFiles[0]?.text ?? "").trimEnd();
  if (/<\/(?:style|script)/i.test(style + script)) throw new Error("the page's style or script would end its own element");
  return [
    "// Generated from style/ and client/ by `npm run generate`.",
    "",
    "/** The style of the page, minified. */",
    `export const pageStyle = ${JSON.stringify(style)};`,
    "/** The script of the page, bundled and minified. */",
    `export const pageScript = ${JSON.stringify(script)};`,
    "",
  ].join("\n");
}
