/** Worker thread that opens one PKCS#12 file: how long that takes is for the file to say, so its starter sets a deadline. */
import { parentPort, workerData } from "node:worker_threads";
import { correctKeyDerivation, readPfx } from "./pfx-content.ts";

const { file, passphrase } = workerData as { readonly file: Uint8Array; readonly passphrase: string };
correctKeyDerivation();
parentPort?.postMessage(readPfx(file, passphrase), []);
