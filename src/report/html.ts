import { createHash } from "node:crypto";
import type { Report, Reporter } from "../model/report.ts";
import { pageScript, pageStyle } from "./html/assets.generated.ts";
import { el, type PageElement } from "./html/element.ts";
import { markOfSubjects, subjectsOfOverview } from "./html/marks.ts";
import { htmlText, markup, scriptJson } from "./html/markup.ts";
import type { PageData } from "./html/page-data.ts";
import { sectionView, type Section } from "./html/section.ts";
import { statedSection, waiversSection } from "./html/sections/accepted.ts";
import { certificatesSection } from "./html/sections/certificates.ts";
import { changesSection } from "./html/sections/changes.ts";
import { findingsSection } from "./html/sections/findings.ts";
import { gatewayMatrixSection } from "./html/sections/gateway-matrix.ts";
import { mapSection } from "./html/sections/map.ts";
import { mendFirst } from "./html/sections/mend-first.ts";
import { notReadSection } from "./html/sections/not-read.ts";
import { processSection } from "./html/sections/process.ts";
import { provenanceSection } from "./html/sections/provenance.ts";
import { trendSection } from "./html/sections/trend.ts";
import { verdictView } from "./html/sections/verdict.ts";
import { surveyOf, type Survey } from "./html/survey.ts";
import { shortened } from "./shorten.ts";
import { verdictSentence } from "./verdict.ts";
import { wordsOf } from "./words.ts";
import type { ClientWords } from "./words/page-words.ts";
import type { Words } from "./words/words.ts";

const ruleNoteLimit = 2000;

/** One page that needs nothing else: to be read first, then searched. Walks the findings once and keeps what fits below 15 MB, the worst first. */
export const renderHtml: Reporter = function* (report, options) {
  const words = wordsOf(options.language ?? report.language);
  const { client, head } = words.page;
  const survey = surveyOf(report, subjectsOfOverview(report.overview), undefined, words);
  const sections = sectionsOf(report, survey, words);
  yield headText(report, words);
  yield `<body>\n${markup(el("a", { class: "skip", href: "#main" }, head.skip))}\n`;
  yield markup(topBar(client.themes.dark.label));
  yield `<div class="page">\n${markup(navigation(sections, words))}\n<main id="main" tabindex="-1">\n`;
  yield `${markup(verdictView(report, survey, words))}\n`;
  for (const section of sections) yield `${markup(sectionView(section))}\n`;
  yield `</main>\n</div>\n${markup(el("footer", { class: "foot" }, head.foot(shortened(`${report.tool.name} ${report.tool.version}`, 100))))}\n`;
  yield* dataText(report, survey, client);
  yield "</body>\n</html>\n";
};

function sectionsOf(report: Report, survey: Survey, words: Words): readonly Section[] {
  const { overview } = report;
  const markOf = markOfSubjects(survey.tallies.subjects, words);
  return [
    mendFirst(survey.causes, words),
    changesSection(report.comparison, words),
    processSection(overview?.process, survey.tallies, markOf, words),
    findingsSection(survey, words),
    overview === undefined ? undefined : mapSection(overview.map, markOf, words),
    overview === undefined ? undefined : gatewayMatrixSection(overview.matrix, markOf, words),
    overview === undefined ? undefined : certificatesSection(overview.certificates, markOf, words),
    trendSection(report.history, words),
    notReadSection(report, survey.samples, words),
    waiversSection(survey.samples, words),
    statedSection(survey.samples, words),
    provenanceSection(report, words),
  ].filter((section) => section !== undefined);
}

/** The policy allows this page's own style and script and nothing else: no network, no frames, no forms, no handlers in attributes. */
function headText(report: Report, words: Words): string {
  const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy = `default-src 'none'; style-src ${hash(pageStyle)}; script-src ${hash(pageScript)}; base-uri 'none'; form-action 'none'`;
  const title = `${verdictSentence(report, words).sentence} ${shortened(report.run.profile, 100)}, ${report.run.startedAt.slice(0, 16)}`;
  return `<!DOCTYPE html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${htmlText(title)}</title>
<style>${pageStyle}</style>
<script>${pageScript}</script>
</head>
`;
}

function topBar(theme: string): PageElement {
  return el("header", { class: "top" }, el("span", { class: "brand" }, "umpreflight"), el("button", { type: "button", id: "theme", class: "js-only" }, theme));
}

function navigation(sections: readonly Section[], { page, grouped }: Words): PageElement {
  return el("nav", { "aria-label": page.head.sections }, el("ul", {}, sections.map(({ id, title, short = title, note }) => el("li", {}, el("a", { href: `#${id}` }, short, note !== undefined && el("span", { class: "count" }, /^\d+$/.test(note) ? grouped(Number(note)) : note))))));
}

function* dataText(report: Report, { bulk, joinedCauses }: Survey, words: ClientWords): Iterable<string> {
  const rules = Object.fromEntries(report.rules.slice(0, ruleNoteLimit).map(({ id, why }) => [id, { why: why === undefined ? undefined : shortened(why, 1000) }]));
  const data: PageData = { kept: bulk.kept, total: bulk.total, blocks: bulk.blocks.map(({ rows }) => rows), joined: [...joinedCauses], rules, compared: report.comparison !== undefined, words };
  yield `<script type="application/json" id="data">${scriptJson(data)}</script>\n`;
  for (const { heads } of bulk.blocks) yield `<script type="text/plain" class="heads">${heads}</script>\n`;
  for (const { details } of bulk.blocks) yield `<script type="text/plain" class="details">${details}</script>\n`;
}
