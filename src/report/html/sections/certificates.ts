import type { CertificateList, MetCertificate } from "../../../model/overview.ts";
import { counted, shortened } from "../../shorten.ts";
import { certificateTimeline } from "../certificate-timeline.ts";
import { el, type PageChild } from "../element.ts";
import { dataTable, notReadNote, type Section } from "../section.ts";
import type { MarkOf } from "../subject-mark.ts";
import { badge, moment } from "../words.ts";

const rowLimit = 150;
const short = (text: string): string => shortened(text, 160);

/** The certificates that were met, soonest to expire first. */
export function certificatesSection(list: CertificateList, markOf: MarkOf): Section | undefined {
  const { certificates, at, notRead } = list;
  if (certificates.length === 0 && notRead.length === 0) return undefined;
  const soon = certificates.filter(({ daysLeft }) => daysLeft < 30).length;
  return {
    id: "certificates",
    title: "Certificate horizon",
    note: String(certificates.length),
    body: [
      el("p", { class: "intro" }, `${counted(certificates.length, "certificate")} met, `, soon === 0 ? "none of which ends within 30 days of " : `${soon} of which ${soon === 1 ? "ends" : "end"} within 30 days of `, moment(at), "."),
      certificates.length > 0 && el("div", { class: "drawing", tabindex: 0, role: "region", "aria-label": "Time line of certificates, can be scrolled" }, certificateTimeline(list, markOf)),
      certificates.length > 0 && el("details", { class: "fold panel" }, el("summary", {}, "All certificates, soonest to expire first"), dataTable("Certificates", ["Certificate", "Ends", "Sent by", "Issuer", "Key", "Revocation"], certificates.slice(0, rowLimit).map((one) => row(one, markOf))), certificates.length > rowLimit && el("p", { class: "quiet" }, `and ${counted(certificates.length - rowLimit, "more certificate")}; umpreflight certs lists all`)),
      notReadNote(notRead),
    ],
  };
}

function row(certificate: MetCertificate, markOf: MarkOf): readonly PageChild[] {
  const { subject, names, notAfter, presentedBy, trustedBy, issuer, key, status, statusReason, thumbprint } = certificate;
  const others = names.filter((name) => `CN=${name}` !== subject);
  // Findings of an endpoint are about the server that answers there, not about the authorities above it.
  const { outcome, href, text } = markOf(names.length === 0 ? [] : presentedBy.map((id) => ({ kind: "endpoint" as const, id, name: id })));
  return [
    [short(subject), others.length > 0 && el("div", { class: "quiet" }, others.slice(0, 6).map(short).join(", "), others.length > 6 && ` and ${others.length - 6} more`), el("div", { class: "quiet thumbprint" }, short(thumbprint))],
    [moment(notAfter), el("div", {}, ending(certificate))],
    [presentedBy.slice(0, 6).map((one) => el("div", {}, short(one))), presentedBy.length > 6 && `and ${presentedBy.length - 6} more`, presentedBy.length === 0 && trustedBy.length > 0 && `trusted by ${trustedBy.join(", ")}`, href !== undefined && outcome !== "pass" && el("a", { href, class: "mark" }, badge(outcome), el("span", { class: "quiet" }, text))],
    short(issuer),
    short(key),
    status === "revoked" || status === "unknown" ? [badge(status === "revoked" ? "fail" : "unknown", status), el("div", { class: "quiet" }, short(statusReason))] : status.replace("-", " "),
  ];
}

function ending({ daysLeft }: MetCertificate): PageChild {
  if (daysLeft < 0) return badge("fail", `expired ${counted(-daysLeft, "day")} ago`);
  return daysLeft < 30 ? badge("warn", `${counted(daysLeft, "day")} left`) : el("span", { class: "quiet" }, `${counted(daysLeft, "day")} left`);
}
