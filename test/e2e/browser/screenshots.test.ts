import { join } from 'node:path';
import { expect } from '@playwright/test';
import { projectRoot } from '../../helpers/project-root.ts';
import { deskTest, REVIEWER } from '../support/desk-test.ts';
import { skipKeys } from '../support/keys.ts';

/** The README's picture is made here, of the sample ledger: its clock stands still, so the same window gives the same picture. */
deskTest('the README’s picture: the queue of the sample ledger', async ({ desk, page }) => {
  await page.goto(await desk.serve());
  await page.getByLabel('Your name').fill(REVIEWER);
  await page.keyboard.press('Enter');
  await skipKeys(page);
  await page.getByRole('button', { name: /^Look around with sample data/ }).press('Enter');
  const row = page.locator('[role=row]:focus');
  await expect(row).toBeVisible();
  // The bar comes once the keys are read; the list's end is another with it.
  await expect(page.getByRole('region', { name: 'Why most are unchecked' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(row).toContainText('esc-pay-0026');
  for (const id of ['esc-pay-0013', 'esc-pay-0035', 'PAY-92204#36']) {
    await page.keyboard.press('k');
    await expect(row).toContainText(id);
  }
  await page.keyboard.press('c');
  await expect(row).toContainText('You');
  await expect(page.getByText('28 of 28 shown')).toBeVisible();
  await page.screenshot({ path: join(projectRoot, 'docs', 'images', 'queue.png'), animations: 'disabled' });
});
