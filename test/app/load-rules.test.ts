import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { loadRules } from "../../src/app/load-rules.ts";
import { complaintOf } from "../complaint.ts";

const folder = mkdtempSync(join(tmpdir(), "umpreflight-own-profile-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "strict.yaml");

function load(text: string) {
  writeFileSync(file, `id: strict\ntitle: Strict\nextends: on-premises\n${text}`);
  return loadRules(new URL("../../", import.meta.url), { folders: [], parameters: {}, profileFile: file });
}

const complaint = (text: string): string => complaintOf(folder, () => load(text));

it("changes rules, severities and parameters of the profile that it extends", () => {
  const profile = load('only: ["certificate/*"]\nexclude: [certificate/second-opinion]\nseverity: { certificate/validity: blocker }\nparameters: { certificate/validity: { horizonDays: 90 } }\n').forProfile("on-premises");
  expect(profile.id).toBe("strict");
  expect(new Set(profile.rules.map(({ id }) => id.slice(0, id.indexOf("/"))))).toEqual(new Set(["certificate"]));
  expect(profile.rules.map(({ id }) => id)).not.toContain("certificate/second-opinion");
  expect(profile.severities["certificate/validity"]).toBe("blocker");
  expect(profile.parameters["certificate/validity"]).toEqual({ horizonDays: 90 });
});

it("is refused for another integration", () => {
  expect(() => load("").forProfile("hosted")).toThrow("the profile strict extends on-premises, but hosted is checked here");
});

it.each([
  ["exclude: [certificate/validty]\n", "strict.yaml:4:11: profile strict: exclude: certificate/validty is no rule\n  Did you mean certificate/validity?"],
  ['only: ["certificat/*"]\n', "strict.yaml:4:9: profile strict: only: certificat/* matches no rule"],
  ["severity: { certificate/validty: blocker }\n", "strict.yaml:4:13: profile strict: severity: certificate/validty is no rule\n  Did you mean certificate/validity?"],
  ["parameters: { certificate/validity: { horizonDay: 9 } }\n", "strict.yaml:4:15: The rule certificate/validity has no parameter horizonDay."],
  ["parameters: { certificate/validity: { horizonDays: nine } }\n", 'The parameter horizonDays of the rule certificate/validity is "nine"; it must be int.'],
])("refuses %s", (text, message) => {
  expect(complaint(text)).toContain(message);
});
