import { readFileSync, statSync } from "node:fs";

/** Far more than a file of rules, cases or a profile may hold when it is looked into. */
const mostBytes = 1024 * 1024;

/** The text of a file that a person wrote. What is no file (a pipe would never end) or far too large is not read. @throws Error with a `code`, as the file system's have */
export function readSmallFile(file: string, maxBytes = mostBytes): string {
  const { size, isFile } = statOf(file);
  if (!isFile) throw Object.assign(new Error(`${file} is no file`), { code: "no file" });
  if (size > maxBytes) throw Object.assign(new Error(`${file} is too large`), { code: `${size} bytes, more than ${maxBytes}` });
  return readFileSync(file, "utf8");
}

function statOf(file: string): { readonly size: number; readonly isFile: boolean } {
  const stat = statSync(file);
  return { size: stat.size, isFile: stat.isFile() };
}
