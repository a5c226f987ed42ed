import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { expectClean } from '../support/axe.ts';
import { deskTest, openDemo } from '../support/desk-test.ts';
import { dropFiles } from '../support/drop.ts';
import { sheetTexts } from '../support/printed-text.ts';
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
const TENANT = ['--tenant', 'acme-payments'];

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
      await expect(dialog.getByText('28 records of this tenant')).toBeVisible();
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
    await card.getByRole('button', { name: 'Verify now…' }).press('Enter');
    await (await chooser).setFiles(file);
    await expect(card.getByText('It is this file, byte for byte.')).toBeVisible();
    await expect(card.locator('[data-sign=verified]')).toContainText(/complete/);

    await dropFiles(page, [file]);
    const proven = page.getByRole('dialog').getByRole('article');
    await expect(proven.getByRole('heading', { name: 'Audit bundle' })).toBeVisible();
    await expect(proven).toContainText('The desk signed it, no file was changed since');
    await expect(proven.getByRole('button', { name: 'Print…' })).toBeVisible();
    await expectPrintedWhole(page, file);
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
  await page.keyboard.press('u');
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

deskTest('what a file will hold is counted before it is written, and anew at each change', async ({ desk, page }) => {
  await openDemo(desk, page, EXPORTS);
  await desk.json('reject', 'esc-pay-0001', '--reason', 'Nobody could be reached.', '--as', 'M. Okafor', ...TENANT);
  const dialog = await choose(page, FORMATS[0]);
  await expect(dialog.getByText('1 rejected, 12 came decided, 27 open')).toBeVisible();
  const said = dialog.getByRole('complementary', { name: 'What it will hold' });
  await expect(said).toContainText(/Evidence files\d+ pieces, [\d.,]+ KB/);
  await expect(said).toContainText('Left outnothing');
  await expect(said).toContainText(/Log events0 to \d+, none left out/);
  for (const kind of ['failed', 'unchecked'] as const)
    await expect(said.locator(`[data-sign=${kind}]`)).toHaveText(new RegExp(`^\\d+ ${kind}$`));

  await dialog.getByRole('combobox', { name: 'Which' }).selectOption('expired');
  await expect(dialog.getByRole('heading', { name: '1 record' })).toBeVisible();
  await expect(said).toContainText('Left out39 records of this tenant');
  await expect(said).toContainText(/Log events0 to \d+: \d+ about these records, all others as hashes/);
  await dialog.getByRole('checkbox', { name: 'reasons' }).press('Space');
  await expect(said).toContainText('Redactedreasons');
  await dialog.getByRole('checkbox', { name: /^Include the evidence files/ }).press('Space');
  await expect(said).toContainText(/Evidence fileshashes of \d+ pieces?/);
  await dialog.getByRole('radio', { name: 'Table .csv' }).press('Space');
  await expect(said).not.toContainText('Evidence files');
});

deskTest(
  'each export has a page: by its address, by keys, with who made it and where the log says so',
  async ({ desk, page }) => {
    await openDemo(desk, page, EXPORTS);
    const out = join(desk.home, 'acme.csv');
    await desk.json('export', '--format', 'csv', '--out', out, '--as', 'M. Okafor', ...TENANT);
    const link = page.getByRole('link', { name: 'acme.csv' });
    await link.press('Enter');
    await expect(page.getByRole('heading', { name: 'Export', level: 1 })).toBeVisible();
    const card = page.getByRole('article');
    const sha256 = createHash('sha256').update(readFileSync(out)).digest('hex');
    await expect(card).toContainText(`SHA-256${sha256}`);
    await expect(card).toContainText('Records40');
    await expect(card).toContainText('status=all format=csv');
    await expect(card).toContainText(/Checkpointat \d+ events, root[0-9a-f ]{64}/);
    await expect(card).toContainText(/Written byvex-review-desk /);
    await expect(card).toContainText(/^[\s\S]*ByYou · event \d+ of the log/);
    const address = page.url();

    await page.reload();
    await expect(card).toContainText(sha256);
    await page.keyboard.press('u');
    await expect(link).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL(address);
    await expect(card).toContainText(sha256);
    await card.getByRole('link', { name: /^event \d+ of the log$/ }).press('Enter');
    await expect(page.locator('[role=row]:focus')).toContainText(/export\.finished.*40 records, file .* · acme\.csv/);
    await page.getByRole('link', { name: 'Open the export' }).press('Enter');
    await expect(page).toHaveURL(address);

    for (const [screen, said] of [
      [`${EXPORTS}/00000000-0000-4000-8000-000000000000`, 'This tenant has no such export.'],
      [`${EXPORTS}/3`, 'This tenant has no such export.'],
      [address.replace('acme-payments', 'clinic-research'), 'This tenant has no such export.'],
    ] as const) {
      await go(page, screen);
      await expect(page.getByText(said), screen).toBeVisible();
    }
    await page.getByRole('main').getByRole('link', { name: 'All exports' }).first().press('Enter');
    await expect(page.getByText('Nothing has been exported yet.')).toBeVisible();
  },
);

/** Goes to an address of the same window, as a link from elsewhere does. */
async function go(page: Page, screen: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, screen);
}

deskTest.describe('at 200 % and 400 % zoom', () => {
  deskTest('nothing scrolls sideways on the list of exports and on the page of one', async ({ desk, page }) => {
    await openDemo(desk, page, EXPORTS);
    await desk.json('export', '--format', 'csv', '--out', join(desk.home, 'acme.csv'), '--as', 'M. Okafor', ...TENANT);
    for (const viewport of [
      { width: 640, height: 400 },
      { width: 320, height: 400 },
    ]) {
      await page.setViewportSize(viewport);
      const link = page.getByRole('link', { name: 'acme.csv' });
      await expect(link).toBeVisible();
      await expectNoSideways(page);
      await link.press('Enter');
      await expect(page.getByRole('article')).toContainText('status=all format=csv');
      await expectNoSideways(page);
      await page.keyboard.press('u');
    }
  });
});

/** No part of the page is wider than the place that it has. */
async function expectNoSideways(page: Page): Promise<void> {
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('html, main, main *')]
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
      .filter((element) => ['auto', 'scroll', 'visible'].includes(getComputedStyle(element).overflowX))
      .filter((element) => getComputedStyle(element).display !== 'inline')
      .map(({ tagName, className }) => `${tagName} ${String(className)}`),
  );
  expect(wide).toEqual([]);
}

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
        await expect(page.getByText(/^Downloaded/)).toBeVisible();
        await expectClean(page, 'an export');
        await page.keyboard.press('u');
        await expect(page.getByRole('row', { name: /bundle with proofs/i })).toBeVisible();
        await expectClean(page, 'the list of exports');
        await dropFiles(page, [file]);
        await expect(page.getByRole('heading', { name: 'Audit bundle' })).toBeVisible();
        await expectClean(page, 'what is proven');
      },
    );
  });
}

/** What comes out of the printer: the page alone and whole, with the file's digest and its number on each sheet. */
async function expectPrintedWhole(page: Page, file: string): Promise<void> {
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  const rows = await page.locator('[data-printed] tbody tr').allInnerTexts();
  // A sheet so low that the page does not fit on one.
  const sheets = sheetTexts(await page.pdf({ width: '180mm', height: '90mm' }));
  expect(sheets.length).toBeGreaterThan(1);
  for (const [n, sheet] of sheets.entries()) {
    expect(sheet).toContain(`${n + 1} of ${sheets.length}`);
    expect(plain(sheet)).toContain(plain(`SHA-256 ${sha256}`));
  }
  const printed = plain(sheets.join(''));
  expect(rows.length).toBeGreaterThan(5);
  for (const row of rows) for (const cell of row.split('\t')) expect(printed).toContain(plain(cell));
  for (const around of ['Search or run', 'Print…', 'Close', 'What this file is worth'])
    expect(printed).not.toContain(plain(around));
}

/** Lines may be broken anywhere, and letters may be drawn as one. */
const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

/** A copy with one byte in the midst changed. */
function spoil(path: string, to: string): void {
  const bytes = readFileSync(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(to, bytes);
}
