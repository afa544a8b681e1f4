import { AppError, describeError } from "../src/model/errors.ts";

/** What the loading of a file in a folder is refused with, without the folder. Throws when it is accepted. */
export function complaintOf(folder: string, load: () => unknown): string {
  try {
    load();
  } catch (error) {
    if (error instanceof AppError) return describeError(error).replaceAll(`${folder}/`, "");
    throw error;
  }
  throw new Error("was accepted");
}
