import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Report } from '../../../shared/contract/report.ts';
import { expectClean } from '../support/axe.ts';
import { deskTest, openDemo } from '../support/desk-test.ts';
import { sheetTexts } from '../support/printed-text.ts';

/** The time of all that the demo ledger has decided. */
const REPORT = '/t/acme-payments/report?from=2025-11-20&to=2026-11-20';

deskTest('the report is reached from the palette, by keys alone', async ({ desk, page }) => {
  await openDemo(desk, page);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('dialog').getByRole('textbox').fill('report');
  await page.getByText('Go to the report').waitFor();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Report' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Decisions by day' })).toBeVisible();
});

deskTest(
  'each chart stands beside the table of its numbers, in both themes, and can be read without seeing',
  async ({ desk, page }) => {
    await openDemo(desk, page, REPORT);
    await expect(page.getByText('12 decisions, 20 Nov 2025 to 20 Nov 2026')).toBeVisible();
    const days = page.getByRole('region', { name: 'Decisions by day' });
    await expect(days.getByRole('img')).toHaveAccessibleName(
      /Approved 8, Rejected 3, Expired 0, Withdrawn, resolved 1/,
    );
    await expect(days.getByRole('table')).toContainText('20 Nov 2025');
    await days.getByRole('button', { name: 'Show all 366 rows' }).press('Enter');
    await expect(days.getByRole('row')).toHaveCount(367);
    await expect(page.getByRole('region', { name: 'Evidence verdicts' }).getByRole('table')).toContainText('Unchecked');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectClean(page, `the report, ${colorScheme}`);
    }
  },
);

deskTest('what is saved as JSON has the digest that the page shows, and its numbers', async ({ desk, page }) => {
  await openDemo(desk, page, REPORT);
  await expect(page.getByRole('heading', { name: 'Decisions by day' })).toBeVisible();
  const arriving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as JSON…' }).press('Enter');
  const file = join(desk.home, 'report.json');
  await (await arriving).saveAs(file);
  const bytes = readFileSync(file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await expect(page.getByRole('region', { name: 'What this report is of' })).toContainText(sha256);
  const { numbers } = JSON.parse(bytes.toString()) as Report;
  expect(numbers.decisions).toMatchObject({ approved: 8, rejected: 3, unknown: 1 });
  await expect(page.getByText('1 event in the log since it was counted.')).toBeVisible();
});

deskTest(
  'printed it stands alone, whole, black on white, its digest and number on each sheet',
  async ({ desk, page }) => {
    await openDemo(desk, page, REPORT);
    const digest = await page
      .getByRole('region', { name: 'What this report is of' })
      .getByTitle(/^[0-9a-f]{64}$/)
      .last();
    const sha256 = (await digest.getAttribute('title')) ?? '';
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await expect(page.getByRole('navigation')).toBeHidden();
    await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
    const row = page.getByRole('region', { name: 'Decisions by day' }).getByRole('row').last();
    await expect(row, 'a folded table is whole on paper').toBeVisible();
    await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
    await expect(row).toHaveCSS('color', 'rgb(0, 0, 0)');
    const sheets = sheetTexts(await page.pdf());
    expect(sheets.length).toBeGreaterThan(2);
    for (const [n, sheet] of sheets.entries()) {
      expect(sheet).toContain(`${n + 1} of ${sheets.length}`);
      expect(sheet.normalize('NFKC')).toContain(`Report 2025-11-20 2026-11-20 · SHA-256 ${sha256}`);
    }
  },
);
