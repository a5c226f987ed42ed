import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { deskTest, openDemo } from '../support/desk-test.ts';
import { ServedDesk } from '../support/served-desk.ts';

const FORMATS = [
  { name: 'Records .jsonl', format: 'jsonl' },
  { name: 'VEX JSON .json', format: 'vex-json' },
  { name: 'VEX database .db', format: 'vex-db' },
  { name: 'Table .csv', format: 'csv' },
] as const;

const EXPORTS = '/t/acme-payments/exports';

for (const { name, format } of FORMATS) {
  deskTest(
    `export as ${format}: counted before, its SHA-256 is that of the file that arrives, once`,
    async ({ desk, page }) => {
      await openDemo(desk, page, EXPORTS);
      await page.getByRole('button', { name: 'Export…' }).press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Export for audit' });
      await dialog.getByRole('radio', { name }).press('Space');
      await expect(dialog.getByRole('heading', { name: '40 records' })).toBeVisible();
      await dialog.getByRole('combobox', { name: 'Which' }).selectOption('resolved');
      await expect(dialog.getByRole('heading', { name: '12 records' })).toBeVisible();
      await dialog.getByRole('button', { name: 'Export' }).press('Enter');

      const card = page.getByRole('article').first();
      await expect(card).toContainText('Done');
      await expect(card).toContainText(`status=resolved format=${format}`);
      const arriving = page.waitForEvent('download');
      await card.getByRole('button', { name: 'Download', exact: true }).press('Enter');
      const download = await arriving;
      const file = join(desk.home, 'downloaded');
      await download.saveAs(file);
      const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
      await expect(card.getByTitle(sha256).or(card.getByText(sha256)).first()).toBeVisible();
      await expect(card.getByText(/^Downloaded\. The address is used up/)).toBeVisible();
      const itsManifest = page.waitForEvent('download');
      await card.getByRole('button', { name: 'Its manifest' }).press('Enter');
      const manifest = await itsManifest;
      expect(manifest.suggestedFilename()).toBe(`${download.suggestedFilename()}.manifest.json`);
      await manifest.saveAs(`${file}.manifest.json`);
      const said = JSON.parse(readFileSync(`${file}.manifest.json`, 'utf8')) as object;
      expect(said).toMatchObject({ file: download.suggestedFilename(), sha256, records: 12, query: { format } });
      const again = await page.request.get(download.url(), { headers: { 'sec-fetch-site': 'same-origin' } });
      expect(again.status(), 'the address works once').toBe(404);
    },
  );
}

deskTest('what the window exports another desk imports: the same escalations again', async ({ desk, page }) => {
  await openDemo(desk, page, EXPORTS);
  await page.getByRole('button', { name: 'Export…' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Export' }).press('Enter');
  const arriving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download', exact: true }).press('Enter');
  const file = join(desk.home, 'records.jsonl');
  await (await arriving).saveAs(file);
  const second = new ServedDesk();
  try {
    const result = await second.json<{ imported: number; refused: number }>('import', file, '--as', 'A. Auditor');
    expect(result).toMatchObject({ imported: 40, refused: 0 });
  } finally {
    await second.remove();
  }
});
