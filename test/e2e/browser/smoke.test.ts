import { expect, test } from '@playwright/test';

test('Chromium starts on this machine and runs script in a page', async ({ page }) => {
  await page.goto('data:text/html,<title>up</title><p>hello</p>');
  await expect(page).toHaveTitle('up');
  expect(await page.evaluate(() => document.querySelector('p')?.textContent)).toBe('hello');
});
