import { defineConfig } from "vitest/config";

/** Three projects: `unit` (sources, no other software), `cli` (the built program), `lab` (real servers, started by scripts/test-lab.ts). */
export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["test/**/*.test.ts"], exclude: ["test/cli/**", "test/lab/**"], testTimeout: 20_000 } },
      { test: { name: "cli", include: ["test/cli/**/*.test.ts"], testTimeout: 60_000 } },
      { test: { name: "lab", include: ["test/lab/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false } },
    ],
  },
});
