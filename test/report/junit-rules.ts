import type { Element } from "./xml-reader.ts";

interface Rule {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly children: readonly string[];
  readonly text: boolean;
}

/** What the xUnit plugin of Jenkins lets pass (its schema junit-10), as far as it concerns us, in our own words. It refuses a whole file for one unknown attribute. */
const rules: Readonly<Record<string, Rule>> = {
  testsuites: { required: [], optional: ["name", "time", "tests", "failures", "errors"], children: ["testsuite"], text: false },
  testsuite: { required: ["name", "tests", "failures", "errors"], optional: ["group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"], children: ["testsuite", "properties", "testcase", "system-out", "system-err"], text: false },
  testcase: { required: ["name"], optional: ["time", "classname", "group"], children: ["skipped", "error", "failure", "system-out", "system-err"], text: false },
  failure: { required: [], optional: ["type", "message"], children: [], text: true },
  error: { required: [], optional: ["type", "message"], children: [], text: true },
  skipped: { required: [], optional: ["type", "message"], children: [], text: true },
  "system-out": { required: [], optional: [], children: [], text: true },
};
/** Groups of three digits with commas between, and decimals. */
const time = /^(?:\d{0,3},)*\d{1,3}(?:\.\d*)?$/u;

/** What the schema would refuse, as sentences. */
export function junitProblems(element: Element, parent?: Element): readonly string[] {
  const rule = rules[element.name];
  if (rule === undefined) return [`${element.name} is not known`];
  const names = Object.keys(element.attributes);
  return [
    ...(parent === undefined && element.name !== "testsuites" ? [`the root is ${element.name}`] : []),
    ...(parent !== undefined && rules[parent.name]?.children.includes(element.name) !== true ? [`${element.name} in ${parent.name}`] : []),
    ...rule.required.filter((name) => !names.includes(name)).map((name) => `${element.name} has no ${name}`),
    ...names.filter((name) => !rule.required.includes(name) && !rule.optional.includes(name)).map((name) => `${element.name} has ${name}`),
    ...(element.name !== "testcase" && element.attributes["time"] !== undefined && !time.test(element.attributes["time"]) ? [`time ${element.attributes["time"]}`] : []),
    ...(!rule.text && element.text.trim() !== "" ? [`${element.name} holds text`] : []),
    ...element.children.flatMap((child) => junitProblems(child, element)),
  ];
}
