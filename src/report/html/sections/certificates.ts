import type { CertificateList, MetCertificate } from "../../../model/overview.ts";
import { shortened } from "../../shorten.ts";
import type { Words } from "../../words/words.ts";
import { certificateTimeline } from "../certificate-timeline.ts";
import { el, type PageChild } from "../element.ts";
import { dataTable, notReadNote, type Section } from "../section.ts";
import type { MarkOf } from "../subject-mark.ts";
import { badge, moment } from "../words.ts";

const rowLimit = 150;
const short = (text: string): string => shortened(text, 160);

/** The certificates that were met, soonest to expire first. */
export function certificatesSection(list: CertificateList, markOf: MarkOf, words: Words): Section | undefined {
  const { certificates, at, notRead } = list;
  const { drawing, section } = words.page;
  if (certificates.length === 0 && notRead.length === 0) return undefined;
  const soon = certificates.filter(({ daysLeft }) => daysLeft < 30).length;
  return {
    id: "certificates",
    title: section.certificates.title,
    note: String(certificates.length),
    body: [
      el("p", { class: "intro" }, section.certificates.intro(certificates.length, soon), moment(at), "."),
      certificates.length > 0 && el("div", { class: "drawing", tabindex: 0, role: "region", "aria-label": drawing.timeLineScrolls }, certificateTimeline(list, markOf, drawing)),
      certificates.length > 0 && el("details", { class: "fold panel" }, el("summary", {}, section.certificates.all), dataTable(section.certificates.caption, section.certificates.heads, certificates.slice(0, rowLimit).map((one) => row(one, markOf, words))), certificates.length > rowLimit && el("p", { class: "quiet" }, section.certificates.more(certificates.length - rowLimit))),
      notReadNote(words, notRead),
    ],
  };
}

function row(certificate: MetCertificate, markOf: MarkOf, words: Words): readonly PageChild[] {
  const { subject, names, notAfter, presentedBy, trustedBy, issuer, key, status, statusReason, thumbprint } = certificate;
  const { client, section: { certificates } } = words.page;
  const others = names.filter((name) => `CN=${name}` !== subject);
  // Findings of an endpoint are about the server that answers there, not about the authorities above it.
  const { outcome, href, text } = markOf(names.length === 0 ? [] : presentedBy.map((id) => ({ kind: "endpoint" as const, id, name: id })));
  return [
    [short(subject), others.length > 0 && el("div", { class: "quiet" }, others.slice(0, 6).map(short).join(", "), others.length > 6 && ` ${words.count.more(others.length - 6)}`), el("div", { class: "quiet thumbprint" }, short(thumbprint))],
    [moment(notAfter), el("div", {}, ending(certificate, words))],
    [presentedBy.slice(0, 6).map((one) => el("div", {}, short(one))), presentedBy.length > 6 && words.count.more(presentedBy.length - 6), presentedBy.length === 0 && trustedBy.length > 0 && certificates.trustedBy(trustedBy.join(", ")), href !== undefined && outcome !== "pass" && el("a", { href, class: "mark" }, badge(client, outcome), el("span", { class: "quiet" }, text))],
    short(issuer),
    short(key),
    status === "revoked" || status === "unknown" ? [badge(client, status === "revoked" ? "fail" : "unknown", certificates.statuses[status]), el("div", { class: "quiet" }, short(words.text(statusReason)))] : certificates.statuses[status],
  ];
}

function ending({ daysLeft }: MetCertificate, { page: { client, section: { certificates } } }: Words): PageChild {
  if (daysLeft < 0) return badge(client, "fail", certificates.expired(-daysLeft));
  return daysLeft < 30 ? badge(client, "warn", certificates.left(daysLeft)) : el("span", { class: "quiet" }, certificates.left(daysLeft));
}
