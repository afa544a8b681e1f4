import type { CertificateList, MetCertificate } from "../../model/overview.ts";
import type { SubjectRef } from "../../model/subject.ts";
import { wordsOf } from "../words.ts";
import type { DrawingWords } from "../words/page-words.ts";
import { el, type PageElement } from "./element.ts";
import { cutTo } from "./map-text.ts";
import { markShape } from "./mark-shape.ts";
import type { MarkOf } from "./subject-mark.ts";
import { timeAxis, type TimeAxis } from "./time-axis.ts";

const width = 1000;
const nameWidth = 300;
const barWidth = 490;
const rowHeight = 30;
const headHeight = 46;
const footHeight = 24;
const rowLimit = 60;
/** Renewal takes some weeks where a public CA or another team has a say. */
const soonDays = 90;

/**
 * When certificates expire, soonest first, as an `svg` element: a bar for each up to its end, today as a line across. How one stands is told by a sign (`mark`), as on the map: octagon expired or revoked,
 * triangle within ninety days, disc later. Classes: `timeline` on the element, `timeline-row is-…` with `timeline-name`, `timeline-bar`, `timeline-date`; `timeline-tick` and `timeline-today` with their texts; `timeline-note`.
 */
export function certificateTimeline({ at, certificates }: CertificateList, markOf: MarkOf, words = wordsOf().page.drawing): PageElement {
  const shown = certificates.slice(0, rowLimit);
  const today = Date.parse(at);
  const axis = timeAxis(today, shown.map(({ notAfter }) => Date.parse(notAfter)));
  const bottom = headHeight + shown.length * rowHeight;
  const leftOut = certificates.length - shown.length;
  const height = bottom + (leftOut > 0 ? footHeight : 8);
  return el(
    "svg",
    { class: "timeline", xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-labelledby": "timeline-title timeline-about" },
    el("title", { id: "timeline-title" }, words.timeLine),
    el("desc", { id: "timeline-about" }, aboutText(certificates, at, words)),
    ...axis.ticks.map(({ moment, text }) => tick(axis, moment, text, bottom)),
    ...shown.map((certificate, index) => row(certificate, axis, headHeight + index * rowHeight, markOf, words)),
    el("g", { class: "timeline-today", "aria-hidden": "true" }, el("path", { d: `M${across(axis, today)} 18V${bottom}` }), el("text", { x: across(axis, today), y: 13 }, words.today(at.slice(0, 10)))),
    leftOut > 0 && el("text", { class: "timeline-note", x: 8, y: bottom + 16 }, words.expireLater(leftOut)),
  );
}

type State = "fail" | "warn" | "pass";

function stateOf({ daysLeft, status }: MetCertificate): State {
  if (daysLeft < 0 || status === "revoked") return "fail";
  return daysLeft <= soonDays ? "warn" : "pass";
}

function aboutText(certificates: readonly MetCertificate[], at: string, words: DrawingWords): string {
  const expired = certificates.filter(({ daysLeft }) => daysLeft < 0).length;
  const soon = certificates.filter(({ daysLeft }) => daysLeft >= 0 && daysLeft <= soonDays).length;
  return words.timeLineAbout(certificates.length, at.slice(0, 10), expired, soon, soonDays);
}

function across(axis: TimeAxis, moment: number): number {
  return Math.round((nameWidth + axis.at(moment) * barWidth) * 10) / 10;
}

function tick(axis: TimeAxis, moment: number, text: string, bottom: number): PageElement {
  const x = across(axis, moment);
  return el("g", { class: "timeline-tick", "aria-hidden": "true" }, el("path", { d: `M${x} 36V${bottom}` }), el("text", { x, y: 32 }, text));
}

/** What people call a certificate: its common name, else its first name, else its subject. */
export function certificateName({ subject, names, thumbprint }: MetCertificate): string {
  const common = /(?:^|,)\s*CN=((?:\\.|[^,\\])+)/iu.exec(subject)?.[1]?.replaceAll(/\\(.)/gu, "$1");
  return common ?? names[0] ?? (subject === "" ? thumbprint : subject);
}

function subjectsOf({ sha256, presentedBy }: MetCertificate): readonly SubjectRef[] {
  return [{ kind: "certificateStatus", id: sha256, name: sha256 }, ...presentedBy.map((id): SubjectRef => ({ kind: "endpoint", id, name: id }))];
}

function row(certificate: MetCertificate, axis: TimeAxis, y: number, markOf: MarkOf, words: DrawingWords): PageElement {
  const { notBefore, notAfter, daysLeft, status, presentedBy, trustedBy } = certificate;
  const state = stateOf(certificate);
  const name = certificateName(certificate);
  const when = `${notAfter.slice(0, 10)}, ${words.when(daysLeft)}`;
  const who = presentedBy.length > 0 ? words.sentBy(presentedBy.slice(0, 5).join(", "), presentedBy.length - 5) : trustedBy.length > 0 ? words.rootOf(trustedBy) : "";
  const title = cutTo(`${name}: ${daysLeft < 0 ? words.expired(when) : words.expires(when)}${status === "revoked" ? `; ${words.revoked}` : ""}${who === "" ? "" : `; ${who}`}`, 500);
  const { href } = markOf(subjectsOf(certificate));
  const [start, end] = [across(axis, Date.parse(notBefore)), across(axis, Date.parse(notAfter))];
  const middle = y + rowHeight / 2;
  const beyond = Date.parse(notAfter) > axis.to;
  return el(
    href === undefined ? "g" : "a",
    { class: `timeline-row is-${state}`, ...(href === undefined ? { role: "img" } : { href }), "aria-label": title },
    el("title", {}, title),
    el("rect", { class: "timeline-ground", x: 0, y, width, height: rowHeight }),
    markShape(state, 16, middle, 0.85),
    el("text", { class: "timeline-name", x: 32, y: middle + 4 }, cutTo(name, 34)),
    el("path", { class: "timeline-bar", d: `M${start} ${middle}H${end}` }),
    beyond ? el("path", { class: "timeline-end", d: `M${end} ${middle - 6}l8 6l-8 6z` }) : el("path", { class: "timeline-end", d: `M${end} ${middle - 8}V${middle + 8}` }),
    el("text", { class: "timeline-date", x: width - 8, y: middle + 4 }, `${when}${status === "revoked" ? `, ${words.revoked}` : ""}`),
  );
}
