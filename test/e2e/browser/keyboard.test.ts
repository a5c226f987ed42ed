import { expect, type Page } from '@playwright/test';
import { deskTest, REVIEWER } from '../support/desk-test.ts';
import { skipKeys } from '../support/keys.ts';
import { DEMO_LEDGER } from '../support/served-desk.ts';

/** Presses Tab until the control with this name has the focus: a person without a mouse has no other way. */
async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  const seen: string[] = [];
  for (let step = 0; step < 80; step++) {
    const label = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return '';
      return focused.getAttribute('aria-label') ?? focused.textContent;
    });
    if (name.test(label)) return;
    seen.push(label);
    await page.keyboard.press(key);
  }
  throw new Error(`Tab never came to ${name}: ${seen.join(' | ')}`);
}

deskTest(
  'the whole job without a mouse: set up, import, read, undo, decide, look it up, export',
  async ({ desk, page }) => {
    await page.goto(await desk.serve());
    await expect(page.getByLabel('Your name')).toBeFocused();
    await page.keyboard.type(REVIEWER);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Tenant' })).toBeFocused();
    for (const next of ['Whose signatures do you trust?', 'Bring in escalations']) {
      await tabTo(page, /^Skip$/);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: next })).toBeVisible();
    }
    const chooser = page.waitForEvent('filechooser');
    await tabTo(page, /^Open a vex.db/);
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(DEMO_LEDGER);
    const start = page.getByRole('dialog', { name: 'Import 1 file' }).getByRole('button', { name: 'Import' });
    await expect(start).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Open the 120 imported' })).toBeVisible();
    await tabTo(page, /^Open the 120/);
    await page.keyboard.press('Enter');

    const row = page.locator('[role=row]:focus');
    await expect(row, 'the list takes the focus as it appears').toContainText('esc-pay-0001');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'What the agent wants to do' })).toBeVisible();
    await page.keyboard.press('v');
    await expect(page.getByRole('dialog', { name: 'Bytes and details' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);

    await page.keyboard.press('r');
    await expect(page.getByRole('combobox', { name: /Reason code/ }), 'the first empty field').toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('The list has no owner any more.');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('button', { name: /^Undo/ })).toBeFocused();
    await page.keyboard.press('z');
    await expect(page.getByRole('textbox', { name: /^Reason/ })).toHaveValue('The list has no owner any more.');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('button', { name: /^Undo/ })).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/^Rejected, recorded/)).toBeVisible();

    await page.keyboard.press('Control+k');
    await expect(page.getByPlaceholder('Search escalations, or run a command')).toBeFocused();
    await page.keyboard.type('go to settings');
    await expect(page.locator('[data-selected]'), 'Enter has a row to act on').toContainText('Go to settings');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: /keyboard/i })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);

    await page.keyboard.type('ge');
    await expect(page.getByRole('heading', { name: 'Exports' })).toBeVisible();
    await tabTo(page, /^Export…/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Export for audit' })).toBeVisible();
    await tabTo(page, /^Export$/);
    await page.keyboard.press('Enter');
    const arriving = page.waitForEvent('download');
    await expect(page.getByRole('button', { name: 'Download', exact: true })).toBeVisible();
    await tabTo(page, /^Download$/);
    await page.keyboard.press('Enter');
    await arriving;
  },
);

deskTest('F6 goes round the regions, and the focus is always seen', async ({ desk, page }) => {
  await page.goto(await desk.serve());
  await expect(page.getByLabel('Your name')).toBeFocused();
  await page.keyboard.type(REVIEWER);
  await page.keyboard.press('Enter');
  await skipKeys(page);
  await tabTo(page, /^Look around/);
  await page.keyboard.press('Enter');
  await expect(page.locator('[role=row]:focus')).toBeVisible();
  const places = new Set<string>();
  for (let step = 0; step < 6; step++) {
    await page.keyboard.press('F6');
    places.add(await page.evaluate(() => document.activeElement?.closest('[data-region]')?.tagName ?? 'none'));
    const outline = await page.evaluate(() => {
      const { outlineStyle, boxShadow } = getComputedStyle(document.activeElement ?? document.body);
      return outlineStyle !== 'none' || boxShadow !== 'none';
    });
    expect(outline, 'a focus ring').toBe(true);
  }
  expect(places.size).toBeGreaterThan(1);
  expect(places).not.toContain('none');
});
