import { basename } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { deskTest, REVIEWER } from '../support/desk-test.ts';
import { dropFiles } from '../support/drop.ts';
import { givePassphrase, pinsWhileSettingUp, skipKeys, skipOwnKey, TRUST_FILE } from '../support/keys.ts';
import { DEMO_LEDGER, ODD_LEDGER } from '../support/served-desk.ts';

async function becomeSomeone(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Who decides here?' })).toBeVisible();
  await expect(page.getByLabel('Your name')).toBeFocused();
  await page.keyboard.type(REVIEWER);
  await page.keyboard.press('Enter');
  await skipKeys(page);
}

deskTest(
  'first run: a name, then the demo vex.db by the file dialog, its report, its queue',
  async ({ desk, page }) => {
    await page.goto(await desk.serve());
    await becomeSomeone(page);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /^Open a vex.db/ }).press('Enter');
    await (await chooser).setFiles(DEMO_LEDGER);
    const start = page.getByRole('dialog', { name: 'Import 1 file' }).getByRole('button', { name: 'Import' });
    await expect(start).toBeFocused();
    await page.keyboard.press('Enter');

    await expect(page.getByRole('button', { name: 'Open the 120 imported' })).toBeVisible();
    await expect(page.getByRole('definition').first()).toHaveText('120');
    await expect(page.getByText('121 packets')).toBeVisible();
    await expect(
      page.getByRole('button', { name: 'Tenant: acme-payments' }),
      'its tenant is known at once',
    ).toBeVisible();
    await page.getByRole('button', { name: 'Open the 120 imported' }).press('Enter');

    await expect(page.getByRole('heading', { name: 'Queue' })).toBeVisible();
    await expect(page.getByText('28 open, soonest deadline first')).toBeVisible();
    await expect(page.getByRole('grid', { name: 'Queue' })).toHaveAttribute('aria-rowcount', '29');
  },
);

deskTest(
  'keys before escalations: compared and pinned in the first run, and the first import is judged by them (I6)',
  async ({ desk, page }) => {
    await page.goto(await desk.serve());
    await page.getByLabel('Your name').fill(REVIEWER);
    await page.keyboard.press('Enter');
    await skipOwnKey(page);
    await pinsWhileSettingUp(page, 'acme-payments');
    await expect(page.getByText(`gate and issuer, from ${basename(TRUST_FILE)}`)).toBeVisible();
    const before = await desk.json<{ status: string }[]>('keys', 'list', '--tenant', 'acme-payments');
    expect(
      before.map(({ status }) => status),
      'pinned before anything came in',
    ).toEqual(['pinned', 'pinned', 'pinned']);
    await dropFiles(page, [DEMO_LEDGER]);
    await page.getByRole('dialog', { name: 'Import 1 file' }).getByRole('button', { name: 'Import' }).press('Enter');
    await expect(page.getByRole('button', { name: 'Open the 120 imported' })).toBeVisible();
    await expect
      .poll(async () => {
        const { evidence } = await desk.json<{ evidence: { kind: string; verdict: string }[] }>(
          ...['show', 'esc-pay-0010', '--tenant', 'acme-payments'],
        );
        return evidence.find(({ kind }) => kind === 'vep')?.verdict;
      }, 'signed by nobody who is pinned')
      .toBe('failed');
    const others = await desk.json<unknown[]>('keys', 'list', '--tenant', 'clinic-research');
    expect(others, 'no other tenant trusts them (I5)').toEqual([]);
  },
);

deskTest(
  'one’s own key in the first run: it makes the tenant, whose empty queue offers every way in',
  async ({ desk, page }) => {
    await page.goto(await desk.serve());
    await page.getByLabel('Your name').fill(REVIEWER);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Tenant' })).toBeFocused();
    await expect(page.getByText('Name the tenant first.')).toBeVisible();
    await page.keyboard.type('acme-payments');
    await givePassphrase(page);
    await expect(page.getByRole('heading', { name: 'Whose signatures do you trust?' })).toBeVisible();
    await expect(page.getByText(/^Key [0-9a-f]{4} [0-9a-f]{4}, passphrase set$/)).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Tenant' }), 'asked for once').toHaveValue('acme-payments');
    await page.getByRole('button', { name: 'Skip' }).press('Enter');
    await expect(page.getByText('All will be Unchecked until you add keys.')).toBeVisible();
    await page.getByRole('link', { name: 'Skip, start with an empty queue' }).press('Enter');

    await expect(page).toHaveURL(/\/t\/acme-payments\/queue$/);
    await expect(page.getByRole('contentinfo').getByText(/· unlocked$/)).toBeVisible();
    for (const way of [/^Open a vex.db/, /^Open files/, /^Look around with sample data/]) {
      await expect(page.getByRole('button', { name: way })).toBeEnabled();
    }
    for (const keys of ['gl', 'ge', 'gs', 'gi', 'gq']) {
      await page.keyboard.type(keys);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('alert'), 'a tenant without escalations is no error').toHaveCount(0);
    }
    const keys = await desk.json<{ purpose: string }[]>('keys', 'list', '--tenant', 'acme-payments');
    expect(
      keys.map(({ purpose }) => purpose),
      'its public part is trusted there',
    ).toContain('reviewer');
  },
);

deskTest('keys skipped: the rail says what that means, and the step can be gone back to', async ({ desk, page }) => {
  await page.goto(await desk.serve());
  await becomeSomeone(page);
  await expect(page.getByText('All will be Unchecked until you add keys.')).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Tenant' })).toBeFocused();
});

deskTest(
  'a ledger dropped anywhere is imported; what is refused is listed first, as text (S46, S50, S51)',
  async ({ desk, page }) => {
    await page.goto(await desk.serve());
    await becomeSomeone(page);
    await dropFiles(page, [ODD_LEDGER]);
    const dialog = page.getByRole('dialog', { name: 'Import 1 file' });
    await dialog.getByRole('textbox', { name: /Only these tenants/ }).fill('acme\na:record:b\na');
    await dialog.getByRole('button', { name: 'Import' }).press('Enter');

    const rows = page.getByRole('grid').getByRole('row');
    await expect(rows.nth(1)).toContainText('Refused');
    await page.getByText('DUPLICATE_MEMBER', { exact: true }).first().click();
    const detail = page.getByRole('region', { name: 'DUPLICATE_MEMBER' });
    await expect(detail).toContainText('It is not in the queue.');
    await expect(detail.locator('[data-stored]')).toContainText('"status"');
    await page.getByText(/^Findings \d/).click();
    await expect(rows.nth(1)).toContainText('Finding');
  },
);

deskTest('a look changes nothing: a dry run reports and imports nothing', async ({ desk, page }) => {
  await page.goto(await desk.serve());
  await becomeSomeone(page);
  await dropFiles(page, [DEMO_LEDGER]);
  await page.getByRole('checkbox', { name: /Only look/ }).press('Space');
  await page.getByRole('button', { name: 'Import', exact: true }).press('Enter');
  await expect(page.getByText(/a look, nothing was brought in/)).toBeVisible();
  await expect(page.getByText('escalations read')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Tenant: No tenant yet' })).toBeVisible();
});

deskTest(
  'the sample stands beside, marked on each screen, counts down, and goes when it is closed',
  async ({ desk, page }) => {
    await page.goto(await desk.serve());
    await becomeSomeone(page);
    await page.getByRole('button', { name: /^Look around with sample data/ }).press('Enter');
    const mark = page.getByText('Sample ledger. Nothing here is real.');
    await expect(page).toHaveURL(/\/sample\/t\/acme-payments\/queue$/);
    await expect(mark).toBeVisible();
    // Its clock stands five minutes after its newest record: of this tenant two agents still wait, the last rows but one.
    await expect(page.getByText(/15 Nov 2026, 15:28:14/)).toBeVisible();
    // Keys of the list act once its rows are there.
    await expect(page.getByRole('row', { name: /esc-pay-0001/ })).toBeVisible();
    await page.keyboard.press('End');
    const waiting = page.getByRole('row', { name: /wire_transfer/ }).filter({ hasText: 'PAY-92204#36' });
    await expect(waiting).toContainText('15 h 30 min');
    for (const [keys, title] of [
      ['gl', 'Ledger'],
      ['ge', 'Exports'],
      ['gi', 'Imports'],
      ['gs', 'Settings'],
    ] as const) {
      await page.keyboard.type(keys);
      await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
      await expect(mark).toBeVisible();
    }
    await page.getByRole('button', { name: 'Close the sample' }).press('Enter');
    await expect(page).toHaveURL(/\/welcome$/);
  },
);
