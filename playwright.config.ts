import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from './test/helpers/chromium.ts';

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  globalSetup: './test/helpers/build-dist.ts',
  fullyParallel: false,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // One that passes at its second try only is named flaky in the report: a race to be found, not a reason to stop.
  retries: process.env.CI === undefined ? 0 : 1,
  use: { trace: 'retain-on-failure', locale: 'en-GB', timezoneId: 'UTC' },
  projects: [
    {
      name: 'browser',
      testDir: 'test/e2e/browser',
      use: { launchOptions: chromiumLaunchOptions(), viewport: { width: 1280, height: 800 } },
    },
    // Each test there uses test/helpers/desktop-test.ts, which skips by name where Electron cannot show a window.
    { name: 'electron', testDir: 'test/e2e/electron' },
  ],
});
