import { expect } from '@playwright/test';
import { desktopTest } from '../../helpers/desktop-test.ts';

desktopTest('the desktop app opens one window with the desk in it', async ({ desktop }) => {
  const window = await desktop.firstWindow();
  await expect(window).toHaveTitle('VEX Review Desk');
});
