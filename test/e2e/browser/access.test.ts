import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { giveReason, openForm } from '../support/decide.ts';
import { deskTest, openDemo, openFirst, REVIEWER } from '../support/desk-test.ts';
import { chooseFile, compared, skipOwnKey, skipTrust, TRUST_FILE } from '../support/keys.ts';

/** Axe looks at each element: on a busy machine a screen takes seconds. */
deskTest.slow();

async function expectClean(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  expect(said, `axe finds nothing on: ${screen}`).toEqual([]);
}

/** Goes to a screen by its keys and waits for its head. */
async function go(page: Page, keys: string, title: string): Promise<void> {
  await page.keyboard.type(keys);
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
}

for (const scheme of ['light', 'dark'] as const) {
  deskTest.describe(scheme, () => {
    deskTest.use({ colorScheme: scheme });

    deskTest(`axe finds nothing on the first run (${scheme})`, async ({ desk, page }) => {
      await page.goto(await desk.serve());
      await expect(page.getByLabel('Your name')).toBeFocused();
      await expectClean(page, 'you');
      await page.keyboard.type(REVIEWER);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('textbox', { name: 'Tenant' })).toBeFocused();
      await expectClean(page, 'a key of one’s own');
      await skipOwnKey(page);
      await expect(page.getByRole('textbox', { name: 'Tenant' })).toBeFocused();
      await chooseFile(page, 'Choose a trust file…', TRUST_FILE);
      await compared(page);
      await expectClean(page, 'keys to trust');
      await skipTrust(page);
      await expectClean(page, 'escalations');
    });

    deskTest(`axe finds nothing on the lists, dialogs and pages (${scheme})`, async ({ desk, page }) => {
      await openDemo(desk, page);
      await expect(page.locator('[role=row]:focus')).toBeVisible();
      await expectClean(page, 'queue');
      await page.keyboard.press('Control+k');
      await expect(page.getByPlaceholder('Search escalations, or run a command')).toBeFocused();
      await expectClean(page, 'palette');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectClean(page, 'keyboard help');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await go(page, 'gl', 'Ledger');
      await expect(page.getByRole('row').nth(1)).toBeVisible();
      await expectClean(page, 'ledger');
      await go(page, 'gi', 'Imports');
      await expectClean(page, 'imports');
      await page.getByRole('link', { name: /vex\.db/ }).press('Enter');
      await expect(page.getByText('escalations read')).toBeVisible();
      await expectClean(page, 'import report');
      await go(page, 'gs', 'Settings');
      await expectClean(page, 'settings');
    });

    deskTest(`axe finds nothing on an escalation, its form, hold and end (${scheme})`, async ({ desk, page }) => {
      await openFirst(desk, page);
      await expectClean(page, 'escalation');
      await openForm(page, 'a');
      await expectClean(page, 'approve form');
      await page.getByText('Reject', { exact: true }).first().click();
      await giveReason(page, 'Checked with the owner by phone.');
      await expectClean(page, 'reject form, filled');
      await page.keyboard.press('Control+Enter');
      await expect(page.getByRole('button', { name: /^Undo/ })).toBeFocused();
      await expectClean(page, 'hold');
      // The hold ends by itself; the next escalation opens, and the bar leads back.
      await expect(page.getByText(/^Rejected, recorded/)).toBeVisible({ timeout: 20_000 });
      await page.getByRole('button', { name: 'Open', exact: true }).press('Enter');
      await expect(page.getByRole('heading', { name: 'Rejected' })).toBeVisible();
      await expectClean(page, 'recorded');
    });

    deskTest(`axe finds nothing on the export dialog and its card (${scheme})`, async ({ desk, page }) => {
      await openDemo(desk, page, '/t/acme-payments/exports');
      await page.getByRole('button', { name: 'Export…' }).press('Enter');
      await expect(page.getByRole('heading', { name: '40 records' })).toBeVisible();
      await expectClean(page, 'export dialog');
      await page.getByRole('dialog').getByRole('button', { name: 'Export' }).press('Enter');
      await expect(page.getByRole('button', { name: 'Download', exact: true })).toBeVisible();
      await expectClean(page, 'exports');
    });
  });
}

deskTest.describe('at 200 % zoom', () => {
  deskTest.use({ viewport: { width: 640, height: 400 } });

  deskTest('everything can be reached, nothing scrolls sideways (640 × 400)', async ({ desk, page }) => {
    const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await openFirst(desk, page);
    expect(await sideways(), 'escalation').toBeLessThanOrEqual(0);
    await expect(page.getByText('Past', { exact: true }).or(page.getByText(/left$/)).first()).toBeInViewport();
    await openForm(page, 'r');
    await giveReason(page, 'Checked with the owner by phone.');
    expect(await sideways(), 'form').toBeLessThanOrEqual(0);
    const commit = page.getByRole('button', { name: /^Reject Ctrl/ });
    await commit.scrollIntoViewIfNeeded();
    await expect(commit).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('button', { name: /^Undo/ })).toBeInViewport();
    await page.getByRole('button', { name: 'Record now' }).press('Enter');
    await expect(page.getByText(/^Rejected, recorded/)).toBeVisible();
    await page.getByRole('button', { name: 'Open the menu' }).press('Enter');
    const way = page.getByRole('navigation').getByRole('link', { name: /^Ledger/ });
    await way.focus();
    await expect(way, 'the menu scrolls to what has the focus').toBeInViewport();
  });
});
