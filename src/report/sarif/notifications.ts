import type { Report } from "../../model/report.ts";
import { compareText } from "../../model/compare-text.ts";
import { runProblems } from "../run-problems.ts";
import { counted, grouped, shortened } from "../shorten.ts";
import { causeSentence } from "../table/causes.ts";
import { digestOf } from "../table/digest.ts";
import { wordsOf } from "../words.ts";

const causeLimit = 200;

function notification(id: string, level: "error" | "warning" | "note", text: string): object {
  return { descriptor: { id }, level, message: { text: shortened(text, 2000) } };
}

/** What the tool has to say about its own run: what was not read, and what the log leaves out. */
export function sarifNotifications(report: Report, shown: number, wanted: number): readonly object[] {
  const { causes } = digestOf(report.findings, "quiet");
  const worst = [...causes].sort(([keyA, a], [keyB, b]) => b.checks - a.checks || compareText(keyA, keyB)).slice(0, causeLimit);
  const leftOut = `${counted(shown, "result")} of ${grouped(wanted)} are in this log, the worst first: GitHub shows no more. The json report has all of them.`;
  return [
    ...runProblems(report).map(({ kind, text }) => notification(`run/${kind}`, kind === "incomplete" || kind === "not-read" ? "error" : "warning", text)),
    ...worst.map(([, cause]) => notification(`not-read/${cause.reason}`, "warning", `${causeSentence(cause, wordsOf(), 2000)} (costs ${counted(cause.checks, "check")})`)),
    ...(causes.size > causeLimit ? [notification("not-read/more", "warning", `${counted(causes.size - causeLimit, "more cause")} for unknown checks; the json report has all of them.`)] : []),
    ...(wanted > shown ? [notification("left-out", "warning", leftOut)] : []),
  ];
}
