import { defineConfig } from 'vitest/config';

/**
 * Tests mirror the folders; those that need a Temporal server ask for it by test/support/temporal.ts. Why one process runs
 * many files, and why Node loads them and not Vite: docs/decisions/0021-tests-in-vitest.md.
 */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    pool: 'forks',
    isolate: false,
    // One more than the cores that it is meant for: tests of whole processes mostly wait.
    maxWorkers: 3,
    execArgv: ['--import', './test/support/register-ts.js'],
    experimental: { viteModuleRunner: false, nodeLoader: false },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ['./test/support/property-seed.js'],
    globalSetup: ['./test/support/global-setup.js'],
    reporters: ['default', './test/support/reporter.js'],
  },
});
