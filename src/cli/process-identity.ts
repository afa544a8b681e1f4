import { hostname } from "node:os";
import process from "node:process";
import type { ProcessIdentity } from "../app/history.ts";
import { errorCode } from "../model/error-code.ts";

/** This process, and how to ask whether another one of this machine lives. */
export function processIdentity(): ProcessIdentity {
  return {
    pid: process.pid,
    host: hostname(),
    isAlive(pid) {
      try {
        process.kill(pid, 0);
        return true;
      } catch (error) {
        // A process of another user lives, and may not be signalled.
        return errorCode(error) === "EPERM";
      }
    },
  };
}
