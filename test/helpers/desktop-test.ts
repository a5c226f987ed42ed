import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, type ElectronApplication } from '@playwright/test';
import { electronRuntime, whyNoWindow } from '../../scripts/lib/electron-runtime.mjs';
import { projectRoot } from './project-root.ts';

/**
 * A test of the desktop window: `desktop` is the built app with an empty data folder of its own. Where Electron cannot
 * show a window the test is reported as skipped, with the reason.
 */
export const desktopTest = base.extend<{ desktop: ElectronApplication }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern.
  desktop: async ({}, use) => {
    const reason = whyNoWindow(projectRoot);
    base.skip(reason !== undefined, `desktop: ${reason}`);
    const home = mkdtempSync(join(tmpdir(), 'vex-desk-'));
    const executablePath = electronRuntime(projectRoot);
    const app = await _electron.launch({
      ...(executablePath ? { executablePath } : {}),
      args: [projectRoot],
      env: { ...process.env, VEX_DESK_HOME: home, XDG_STATE_HOME: join(home, 'state') } as Record<string, string>,
    });
    await use(app);
    await app.close();
    rmSync(home, { recursive: true, force: true });
  },
});
