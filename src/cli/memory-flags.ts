import process from "node:process";
import { setFlagsFromString } from "node:v8";

/** V8 says so on stderr when it does not know a flag; these are known up to here. */
const lastNodeMajor = 24;

/**
 * Lets the heap grow slowly. Findings and users stream by, so that nearly everything dies young; left alone, V8 takes a large young generation and collects the old
 * one late, which makes a run on a large directory take twice the memory and no less time (bench/README.md, "Memory").
 */
export function keepHeapSmall(): void {
  if (Number(process.versions.node.split(".")[0]) > lastNodeMajor) return;
  for (const flag of ["--semi-space-growth-factor=1", "--heap-growing-percent=30"]) setFlagsFromString(flag);
}
