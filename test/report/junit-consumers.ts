import type { Element } from "./xml-reader.ts";

/** What a consumer shows of one test case. */
export interface Shown {
  readonly group: string;
  readonly name: string;
  readonly state: "passed" | "failed" | "error" | "skipped";
  /** What stands beside a case that did not pass. */
  readonly detail: string;
}

const child = (testCase: Element, ...names: readonly string[]): Element | undefined => names.map((name) => testCase.children.find((one) => one.name === name)).find((one) => one !== undefined);
const suitesOf = (element: Element): readonly Element[] => element.children.filter(({ name }) => name === "testsuite").flatMap((suite) => [suite, ...suitesOf(suite)]);
const cases = (root: Element): readonly (readonly [Element, Element])[] => suitesOf(root).flatMap((suite) => suite.children.filter(({ name }) => name === "testcase").map((testCase) => [suite, testCase] as const));
const attribute = (element: Element | undefined, name: string): string => element?.attributes[name] ?? "";

/** Jenkins (junit plugin): skipped wins; the text of an error before that of a failure; a class is split into package and class at its last dot, a name without class too. */
export function jenkins(root: Element): readonly Shown[] {
  return cases(root).map(([suite, testCase]) => {
    const skipped = child(testCase, "skipped");
    const bad = child(testCase, "error", "failure");
    const className = attribute(testCase, "classname") || (attribute(testCase, "name").includes(".") ? attribute(testCase, "name").slice(0, attribute(testCase, "name").lastIndexOf(".")) : attribute(suite, "name"));
    const dot = className.lastIndexOf(".");
    return { group: `${dot === -1 ? "(root)" : className.slice(0, dot)} > ${className.slice(dot + 1)}`, name: attribute(testCase, "name"), state: skipped !== undefined ? "skipped" : bad !== undefined ? "failed" : "passed", detail: skipped !== undefined ? attribute(skipped, "message") : (bad?.text ?? "") };
  });
}

/** GitLab: first of failure, error, skipped; the text, or the message where there is none; of two cases of one class and name the first. */
export function gitlab(root: Element): readonly Shown[] {
  const seen = new Map<string, Shown>();
  for (const [, testCase] of cases(root)) {
    const bad = child(testCase, "failure", "error", "skipped");
    const state = bad === undefined ? "passed" : ({ failure: "failed", error: "error", skipped: "skipped" } as const)[bad.name as "failure" | "error" | "skipped"];
    const shown: Shown = { group: attribute(testCase, "classname"), name: attribute(testCase, "name"), state, detail: bad === undefined ? "" : bad.text.trim() || attribute(bad, "message") };
    const key = `${shown.group}\n${shown.name}`;
    if (!seen.has(key)) seen.set(key, shown);
  }
  return [...seen.values()];
}

/** Azure DevOps: failure and error alike are failed, skipped is not executed and shows its message; cases without a name are dropped. */
export function azureDevOps(root: Element): readonly Shown[] {
  return cases(root)
    .filter(([, testCase]) => attribute(testCase, "name") !== "")
    .map(([, testCase]) => {
      const bad = child(testCase, "failure", "error");
      const skipped = child(testCase, "skipped");
      return { group: attribute(testCase, "classname"), name: attribute(testCase, "name"), state: bad !== undefined ? "failed" : skipped !== undefined ? "skipped" : "passed", detail: attribute(bad ?? skipped, "message") };
    });
}

/** dorny/test-reporter: every suite needs a name; failure or error is failed; groups by class, but not where the class has the name of its suite. */
export function dorny(root: Element): readonly Shown[] {
  for (const suite of suitesOf(root)) if (suite.attributes["name"] === undefined) throw new Error("a suite without a name");
  return root.children.flatMap((suite) =>
    suite.children.filter(({ name }) => name === "testcase").map((testCase) => {
      const bad = child(testCase, "failure", "error");
      const className = attribute(testCase, "classname") === attribute(suite, "name") ? "" : attribute(testCase, "classname");
      return { group: `${attribute(suite, "name").trim()} > ${className}`, name: attribute(testCase, "name").trim(), state: bad !== undefined ? "failed" : child(testCase, "skipped") !== undefined ? "skipped" : "passed", detail: bad?.text ?? "" };
    }),
  );
}

/**
 * mikepenz/action-junit-report with its check for retries: of two cases of one name in a suite the better; skipped beats failure; the file of case, failure or
 * suite, else the last part of the class; the message before the text.
 */
export function mikepenz(root: Element): readonly Shown[] {
  return suitesOf(root).flatMap((suite) => {
    const byName = new Map<string, Element>();
    for (const testCase of suite.children.filter(({ name }) => name === "testcase")) {
      const before = byName.get(attribute(testCase, "name"));
      if (before === undefined || (child(before, "failure", "error") !== undefined && child(testCase, "failure", "error") === undefined)) byName.set(attribute(testCase, "name"), testCase);
    }
    return [...byName.values()].map((testCase) => {
      const bad = child(testCase, "failure", "error");
      const file = [testCase, bad, suite].map((element) => attribute(element, "file")).find((name) => name !== "") ?? attribute(testCase, "classname").split(".").at(-1) ?? "";
      const state = child(testCase, "skipped") !== undefined ? "skipped" : bad !== undefined ? "failed" : "passed";
      return { group: file, name: attribute(testCase, "name"), state, detail: (attribute(bad, "message") || (bad?.text ?? "").split("\n").slice(0, 2).join("\n")).trim() };
    });
  });
}

/** All five by name. */
export const consumers = { jenkins, gitlab, azureDevOps, dorny, mikepenz } as const;

/** Attribute values of `type` by which Rails, with which GitLab reads the file, would make something else of an element. */
export const railsTypes: ReadonlySet<string> = new Set(["symbol", "date", "datetime", "dateTime", "integer", "float", "decimal", "double", "boolean", "string", "yaml", "base64Binary", "hexBinary", "file", "array", "duration"]);
