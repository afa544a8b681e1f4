/**
 * usage: node mutate.ts LAB_DIRECTORY apply CHANGES.json | revert | show
 *
 * Plants a list of changes in the running lab (in place of those it carries), heals it, or prints what it carries. The lab's network namespace is the caller's.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { changesFromJson, changesToJson } from "./changes-json.ts";
import { currentChanges, setChanges } from "./running-lab.ts";

const [, , directory, command, file] = process.argv;
if (directory === undefined || (command === "apply" && file === undefined)) throw new Error("usage: node mutate.ts LAB_DIRECTORY apply CHANGES.json | revert | show");
const lab = resolve(directory);
switch (command) {
  case "apply":
    await setChanges(lab, changesFromJson(readFileSync(file ?? "", "utf8")), new Date());
    break;
  case "revert":
    await setChanges(lab, [], new Date());
    break;
  case "show":
    process.stdout.write(changesToJson(currentChanges(lab)));
    break;
  default:
    throw new Error(`unknown command ${command ?? ""}`);
}
