import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { expectClean } from '../support/axe.ts';
import { deskTest, openDemo } from '../support/desk-test.ts';
import { dropFiles } from '../support/drop.ts';
import { ServedDesk } from '../support/served-desk.ts';

const FORMATS = [
  { name: 'Bundle with proofs .zip', format: 'bundle' },
  { name: 'Report .pdf', format: 'pdf' },
  { name: 'Table .csv', format: 'csv' },
  { name: /^Records/, format: 'jsonl' },
  { name: /^Records/, format: 'vex-json' },
  { name: /^Records/, format: 'vex-db' },
  { name: /^Records/, format: 'cloudevents' },
] as const;
const RECORDS: readonly string[] = ['jsonl', 'vex-json', 'vex-db', 'cloudevents'];

const EXPORTS = '/t/acme-payments/exports';

/** Opens the dialog and chooses the form of the file. */
async function choose(page: Page, { name, format }: (typeof FORMATS)[number]) {
  await page.getByRole('button', { name: 'Export…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Export for audit' });
  await dialog.getByRole('radio', { name }).press('Space');
  if (RECORDS.includes(format)) await dialog.getByRole('combobox', { name: 'Records as' }).selectOption(format);
  return dialog;
}

/** Exports all there is as a bundle and downloads it; `name` is what it is saved as. */
async function bundle(desk: ServedDesk, page: Page, name: string): Promise<string> {
  const dialog = page.getByRole('dialog', { name: 'Export for audit' });
  await dialog.getByRole('button', { name: 'Export', exact: true }).press('Enter');
  const card = page.getByRole('article').first();
  const arriving = page.waitForEvent('download');
  await card.getByRole('button', { name: 'Download', exact: true }).press('Enter');
  const file = join(desk.home, name);
  await (await arriving).saveAs(file);
  return file;
}

for (const chosen of FORMATS) {
  const { format } = chosen;
  deskTest(
    `export as ${format}: counted before, its SHA-256 is that of the file that arrives, once`,
    async ({ desk, page }) => {
      await openDemo(desk, page, EXPORTS);
      const dialog = await choose(page, chosen);
      await expect(dialog.getByRole('heading', { name: '40 records' })).toBeVisible();
      await dialog.getByRole('combobox', { name: 'Which' }).selectOption('resolved');
      await expect(dialog.getByRole('heading', { name: '12 records' })).toBeVisible();
      await dialog.getByRole('button', { name: 'Export', exact: true }).press('Enter');

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
  await choose(page, { name: /^Records/, format: 'jsonl' });
  const file = await bundle(desk, page, 'records.jsonl');
  const second = new ServedDesk();
  try {
    const result = await second.json<{ imported: number; refused: number }>('import', file, '--as', 'A. Auditor');
    expect(result).toMatchObject({ imported: 40, refused: 0 });
  } finally {
    await second.remove();
  }
});

deskTest(
  'a bundle is verified again, by drop too, with what it proves on a page to print; a changed one fails',
  async ({ desk, page }) => {
    await openDemo(desk, page, EXPORTS);
    await page.getByRole('button', { name: 'Export…' }).press('Enter');
    await expect(page.getByText(/^0 to \d+, none left out$/)).toBeVisible();
    const file = await bundle(desk, page, 'bundle.zip');
    const card = page.getByRole('article').first();
    const chooser = page.waitForEvent('filechooser');
    await card.getByRole('button', { name: 'Verify again…' }).press('Enter');
    await (await chooser).setFiles(file);
    await expect(card.getByText('It is this file, byte for byte.')).toBeVisible();
    await expect(card.locator('[data-sign=verified]')).toContainText(/complete/);

    await dropFiles(page, [file]);
    const proven = page.getByRole('dialog').getByRole('article');
    await expect(proven.getByRole('heading', { name: 'Audit bundle' })).toBeVisible();
    await expect(proven).toContainText('The desk signed it, no file was changed since');
    await expect(proven.getByRole('button', { name: 'Print…' })).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('[data-print-page] tbody tr').first()).toBeVisible();
    await expect(page.locator('nav'), 'the page stands alone').toBeHidden();
    await expect(page.getByRole('button', { name: 'Print…' })).toBeHidden();
    await page.emulateMedia({ media: 'screen' });
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);

    const changed = join(desk.home, 'changed.zip');
    spoil(file, changed);
    await dropFiles(page, [changed]);
    await expect(proven).toContainText(/^.*Not proven: /);
    await expect(proven.locator('[data-sign=failed]').first()).toBeVisible();
  },
);

deskTest('a bundle goes on from an earlier one, and leaves out what was chosen', async ({ desk, page }) => {
  await openDemo(desk, page, EXPORTS);
  await page.getByRole('button', { name: 'Export…' }).press('Enter');
  await bundle(desk, page, 'first.zip');
  await page.getByRole('button', { name: 'Export…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Export for audit' });
  const from = dialog.getByRole('combobox', { name: 'Continues' });
  await from.selectOption({ index: 1 });
  await expect(dialog.getByText(/^from that checkpoint to \d+$/)).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'the agents’ explanations' }).press('Space');
  await expect(dialog.getByRole('checkbox', { name: /^Include the evidence files/ })).toBeDisabled();
  await expect(dialog.getByText(/evidence=hashes/)).toBeVisible();
  const file = await bundle(desk, page, 'second.zip');
  await expect(page.getByRole('article').first()).toContainText('explanation');
  await dropFiles(page, [file]);
  const proven = page.getByRole('dialog').getByRole('article');
  await expect(proven.getByRole('row', { name: /^consistency/ })).toBeVisible();
  await expect(proven.locator('[data-sign=failed]')).toHaveCount(0);
});

for (const scheme of ['light', 'dark'] as const) {
  deskTest.describe(scheme, () => {
    deskTest.use({ colorScheme: scheme });
    deskTest.slow();

    deskTest(
      `axe finds nothing on the page of a bundle, and on what a report leaves out (${scheme})`,
      async ({ desk, page }) => {
        await openDemo(desk, page, EXPORTS);
        await choose(page, { name: 'Report .pdf', format: 'pdf' });
        await expect(page.getByRole('group', { name: /^Leave out/ })).toBeVisible();
        await expectClean(page, 'report');
        await page.getByRole('radio', { name: 'Bundle with proofs .zip' }).press('Space');
        const file = await bundle(desk, page, 'bundle.zip');
        await dropFiles(page, [file]);
        await expect(page.getByRole('heading', { name: 'Audit bundle' })).toBeVisible();
        await expectClean(page, 'what is proven');
      },
    );
  });
}

/** A copy with one byte in the midst changed. */
function spoil(path: string, to: string): void {
  const bytes = readFileSync(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(to, bytes);
}
