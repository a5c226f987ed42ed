import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { deskTest, escalationPath, openDemo } from '../support/desk-test.ts';
import { chooseFile } from '../support/keys.ts';

const TENANT = 'acme-payments';

async function expectNoFinding(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  expect(said, `axe finds nothing on: ${screen}`).toEqual([]);
}

/** Presses what starts a download, and keeps the file. */
async function downloaded(page: Page, path: string): Promise<void> {
  const arriving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).press('Enter');
  await (await arriving).saveAs(path);
}

deskTest(
  'a rule removes nothing until it was looked at; a legal hold is set and lifted with its reasons',
  async ({ desk, page }) => {
    await openDemo(desk, page, '/settings/keeping');
    const days = page.getByRole('textbox', { name: /^Days that bytes/ });
    await days.fill('365');
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
    expect(await desk.json('retention', 'rules', '--tenant', TENANT)).toMatchObject({ evidence_days: 365 });
    await page.getByRole('button', { name: 'Look' }).press('Enter');
    await expect(page.getByText('Nothing is due.')).toBeVisible();

    await page.getByRole('textbox', { name: /^Id of the escalation/ }).fill('esc-pay-0001');
    await page.getByRole('textbox', { name: /^Reason; the log/ }).fill('Case 17');
    await page.getByRole('button', { name: 'Set hold' }).press('Enter');
    await expect(page.getByRole('listitem').filter({ hasText: 'set by M. Okafor' })).toContainText('Case 17');
    await expectNoFinding(page, 'what is kept');
    await page.getByRole('button', { name: 'Lift…' }).press('Enter');
    await page.getByRole('textbox', { name: /^Why it is lifted/ }).fill('Closed');
    await page.getByRole('button', { name: 'Lift hold' }).press('Enter');
    await expect(page.getByText('No legal hold is in force.')).toBeVisible();

    await page.goto(new URL(escalationPath(TENANT, 'esc-pay-0001'), page.url()).href);
    await expect(page.getByText(/^Legal hold set by/)).toBeVisible();
  },
);

deskTest(
  'a backup is made, verified and fetched; it is set beside the ledger before a new one is made of it',
  async ({ desk, page }) => {
    await openDemo(desk, page, '/settings/store');
    await page.getByRole('button', { name: 'Back up…' }).press('Enter');
    await expect(page.getByText('Backed up and verified.')).toBeVisible();
    const backup = join(desk.home, 'fetched.backup');
    await downloaded(page, backup);
    await desk.json('reject', 'esc-pay-0001', '--tenant', TENANT, '--reason', 'Not this one.');

    await chooseFile(page, 'Choose a backup…', backup);
    await expect(page.getByRole('row', { name: new RegExp(`${TENANT}.*the backup is older`) })).toContainText(
      'esc-pay-0001',
    );
    await expectNoFinding(page, 'a backup beside the ledger');
    await page.getByRole('button', { name: 'Restore to a new file…' }).press('Enter');
    await expect(page.getByText('Restored and verified. Each log says where it came from.')).toBeVisible();
    const restored = join(desk.home, 'restored.db');
    await downloaded(page, restored);
    const shown = await desk.json('show', 'esc-pay-0001', '--store', restored, '--tenant', TENANT);
    expect(shown).toMatchObject({ decision: null });
  },
);
