import { defineConfig } from 'vitest/config';

/** The limits only end what hangs: how fast the machine is must not decide a test. */
const common = { pool: 'forks', testTimeout: 180_000, hookTimeout: 180_000 } as const;

/** Tests that start what was built (dist/), each in processes of its own. */
const OF_THE_BUILT = ['test/hosts/**/*.test.ts', 'test/contract/**/*.test.ts', 'test/faults/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'rooms',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**', 'test/fixtures/**', ...OF_THE_BUILT],
        },
      },
      { test: { ...common, name: 'built', include: OF_THE_BUILT, globalSetup: './test/helpers/build-dist.ts' } },
    ],
  },
});
