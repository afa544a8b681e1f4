import { defineConfig } from "vitest/config";

/** Four projects: `unit` (sources, no other software), `cli` (the built program), `lab` (real servers, started by scripts/test-lab.ts), `browser` (Chromium, found by scripts/test-browser.ts). */
export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["test/**/*.test.ts"], exclude: ["test/cli/**", "test/lab/**", "test/browser/**"], testTimeout: 20_000 } },
      { test: { name: "cli", include: ["test/cli/**/*.test.ts"], testTimeout: 60_000 } },
      { test: { name: "lab", include: ["test/lab/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false } },
      { test: { name: "browser", include: ["test/browser/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false } },
    ],
  },
});
