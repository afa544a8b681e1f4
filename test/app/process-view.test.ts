import { expect, it } from "vitest";
import { phasesOf } from "../../src/app/process-view.ts";
import type { PhaseDefinition } from "../../src/model/process.ts";

const phase = (id: string, requirements: readonly string[], rules: readonly string[] = []): PhaseDefinition => ({ id, title: id, summary: "What is done.", who: ["Somebody"], requirements, rules, references: [{ text: "The document" }] });
const rule = (id: string, ...requirements: readonly string[]) => ({ id, requirements });

it("a phase has the rules of its keys and those it names, and says which keys no rule covers", () => {
  const process = { id: "on-premises", title: "A process", phases: [phase("one", ["dp.uritype", "dp.retry"]), phase("two", ["cert.um.eku"], ["own/rule"])] };
  const rules = [rule("dial-plan/exists", "dp.uritype", "cert.um.eku"), rule("own/rule"), rule("certificate/usage", "cert.um.eku")];
  expect(phasesOf(process, rules)).toEqual([
    { id: "one", title: "one", summary: "What is done.", who: ["Somebody"], rules: ["dial-plan/exists"], notObservable: ["dp.retry"], references: [{ text: "The document" }] },
    { id: "two", title: "two", summary: "What is done.", who: ["Somebody"], rules: ["dial-plan/exists", "own/rule", "certificate/usage"], notObservable: [], references: [{ text: "The document" }] },
  ]);
});

it("rules that no phase names, such as the user's own, have a phase of their own", () => {
  const phases = phasesOf({ id: "on-premises", title: "A process", phases: [phase("one", ["dp.uritype"])] }, [rule("dial-plan/exists", "dp.uritype"), rule("own/rule"), rule("own/other", "ct.aa")]);
  expect(phases.map(({ id, rules }) => ({ id, rules }))).toEqual([
    { id: "one", rules: ["dial-plan/exists"] },
    { id: "further-rules", rules: ["own/rule", "own/other"] },
  ]);
});
