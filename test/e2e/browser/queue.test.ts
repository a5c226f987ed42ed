import { expect, type Locator, type Page } from '@playwright/test';
import { deskTest, openDemo, queuePath, REVIEWER } from '../support/desk-test.ts';

const rowsOf = (page: Page): Locator => page.getByRole('grid', { name: 'Queue' }).getByRole('row');
const focusedId = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent?.match(/[^ ]+$/)?.[0] ?? '');

deskTest(
  'the queue is one grid, drawn in part, moved through by keys: Home, End, Page, j and k',
  async ({ desk, page }) => {
    await openDemo(desk, page);
    const grid = page.getByRole('grid', { name: 'Queue' });
    await expect(grid).toHaveAttribute('aria-rowcount', '29');
    await expect(page.getByText('28 open, soonest deadline first')).toBeVisible();
    const focused = page.locator('[role=row]:focus');

    await page.keyboard.press('j');
    await expect(focused).toHaveAttribute('aria-rowindex', '3');
    await page.keyboard.press('End');
    await expect(focused).toHaveAttribute('aria-rowindex', '29');
    await expect(focused).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('PageUp');
    await expect(focused).not.toHaveAttribute('aria-rowindex', '29');
    await page.keyboard.press('Home');
    await expect(focused).toHaveAttribute('aria-rowindex', '2');
    await expect(focused).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('k');
    await expect(focused, 'the list ends where it ends').toHaveAttribute('aria-rowindex', '2');
  },
);

deskTest(
  'a search goes by word prefixes, newest first, and Escape brings the whole queue back',
  async ({ desk, page }) => {
    await openDemo(desk, page);
    await expect(rowsOf(page).nth(1)).toBeVisible();
    await page.keyboard.press('/');
    await expect(page.getByRole('searchbox', { name: 'Search the queue' })).toBeFocused();
    await page.keyboard.type('marlow fin');
    await expect(page).toHaveURL(/q=|search=/);
    await expect(rowsOf(page).filter({ hasText: 'Marlow & Finch Ltd' })).not.toHaveCount(0);
    await expect(rowsOf(page).filter({ hasText: 'mass_email' })).toHaveCount(0);
    await page.getByRole('searchbox').fill('no such words anywhere');
    await expect(page.getByText('No escalation matches this filter.')).toBeVisible();
    await page.getByRole('button', { name: 'Clear filter' }).press('Enter');
    await expect(page.getByText('28 of 28 shown')).toBeVisible();
  },
);

deskTest('views and sorts are in the address, and counts agree with their lists (I10)', async ({ desk, page }) => {
  await openDemo(desk, page);
  const link = page.getByRole('navigation').getByRole('link', { name: /Deceptive text/ });
  await expect(link).toContainText('4');
  await link.press('Enter');
  await expect(page).toHaveURL(/view=deceptive/);
  await expect(rowsOf(page)).toHaveCount(5);
  await expect(page.getByText('4 of 4 shown')).toBeVisible();
  await page.goBack();
  await expect(page.getByText('28 of 28 shown')).toBeVisible();
  await page.getByLabel('Sort').selectOption('newest');
  await expect(page).toHaveURL(/sort=newest/);
  await expect(page.getByText('28 open, newest first')).toBeVisible();
});

deskTest(
  'every row says time left and evidence as glyph and word, and without a pinned key none says Verified (I6)',
  async ({ desk, page }) => {
    await openDemo(desk, page);
    await expect(rowsOf(page).nth(5)).toBeVisible();
    for (const row of (await rowsOf(page).all()).slice(1)) {
      await expect(row.locator('[data-column=evidence]')).toContainText(/Unchecked|Failed/);
      await expect(row.locator('[data-column=deadline]')).toHaveText(/\S/);
    }
    await expect(page.getByRole('grid').getByText('Verified', { exact: true })).toHaveCount(0);
  },
);

deskTest(
  'a claim by key is seen at once, and another process’s change within a second is offered, not forced',
  async ({ desk, page }) => {
    await openDemo(desk, page);
    await expect(rowsOf(page).nth(1)).toBeVisible();
    await page.keyboard.press('j');
    await page.keyboard.press('c');
    await expect(page.locator('[role=row]:focus')).toContainText('You');
    await expect(page.getByRole('navigation').getByRole('link', { name: /Claimed by you/ })).toContainText('1');

    await desk.json('reject', 'esc-pay-0001', '--tenant', 'acme-payments', '--reason', 'Not this one, said elsewhere.');
    await expect(page.getByText('1 changed')).toBeVisible();
    const decided = rowsOf(page).filter({ hasText: 'esc-pay-0001' });
    await expect(decided, 'the row stays under the hand').toContainText(`Decided by ${REVIEWER}`);
    await page.keyboard.press('.');
    await expect(decided).toHaveCount(0);
    await expect(page.getByText('27 open, soonest deadline first')).toBeVisible();
  },
);

deskTest('nothing crosses tenants: the switch changes list, counts and search (I5)', async ({ desk, page }) => {
  await openDemo(desk, page);
  await page.getByRole('button', { name: 'Tenant: acme-payments' }).press('Enter');
  await page.getByRole('menuitem', { name: 'northwind-ops' }).press('Enter');
  await expect(page).toHaveURL(new RegExp(`${queuePath('northwind-ops')}$`));
  await expect(page.getByText('27 open, soonest deadline first')).toBeVisible();
  await expect(rowsOf(page).filter({ hasText: 'esc-pay-' })).toHaveCount(0);
  await page.keyboard.press('/');
  await page.keyboard.type('Marlow');
  await expect(page.getByText('No escalation matches this filter.')).toBeVisible();
});

deskTest('back brings the focus back to the row that was opened', async ({ desk, page }) => {
  await openDemo(desk, page);
  await expect(rowsOf(page).nth(3)).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const id = await focusedId(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'What the agent wants to do' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/queue/);
  await expect(page.locator('[role=row]:focus')).toContainText(id);
});
