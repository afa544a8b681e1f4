import { errorCode } from "./error-code.ts";

const reasons: Readonly<Record<string, string>> = {
  EACCES: "its permissions do not allow it",
  EPERM: "its permissions do not allow it",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is no folder",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "its name is too long",
  "no file": "it is no file",
  EMFILE: "too many files are open",
};

/** Why a file cannot be read, as a sentence without its stop: `there is no file x.json`, `x.json cannot be read: it is a folder`. */
export function unreadableFile(path: string, cause: unknown): string {
  const code = errorCode(cause);
  if (code === "ENOENT") return `there is no file ${path}`;
  return `${path} cannot be read: ${(code === undefined ? undefined : reasons[code]) ?? (code === undefined || /^\d/u.test(code) ? (cause instanceof Error ? cause.message : String(cause)) : `the system says ${code}`)}`;
}
