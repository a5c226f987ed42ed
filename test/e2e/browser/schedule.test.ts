import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { expectClean } from '../support/axe.ts';
import { deskTest, openDemo } from '../support/desk-test.ts';

deskTest('an export is scheduled, changed and ended by keys alone', async ({ desk, page }) => {
  await openDemo(desk, page, '/t/acme-payments/exports');
  await page.getByRole('button', { name: 'Schedule…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Export on a schedule' });
  await expect(dialog.getByRole('combobox', { name: 'Form' })).toBeFocused();
  await dialog.getByRole('combobox', { name: 'Every' }).selectOption('week');
  await dialog.getByRole('combobox', { name: 'On' }).selectOption('Friday');
  await expect(dialog.getByRole('button', { name: 'Schedule' }), 'no folder is named yet').toBeDisabled();
  const folder = join(desk.home, 'weekly');
  await dialog.getByRole('textbox', { name: 'Folder' }).fill(folder);
  await expectClean(page, 'the dialog of a scheduled export');
  mkdirSync(folder);
  await dialog.getByRole('button', { name: 'Schedule' }).press('Enter');
  await expect(dialog).toBeHidden();
  const section = page.getByRole('region', { name: 'On a schedule' });
  await expect(section).toContainText('Each Friday at 06:00, UTC');
  await expect(section).toContainText(folder);
  await expect(section).toContainText('not yet');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectClean(page, `the exports, ${colorScheme}`);
  }

  await section.getByRole('button', { name: 'Change…' }).press('Enter');
  await dialog.getByRole('combobox', { name: 'Every' }).selectOption('day');
  await dialog.getByRole('textbox', { name: 'Files to keep; empty: all' }).fill('');
  await dialog.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(section).toContainText('Each day at 06:00, UTC');
  await expect(section).toContainText('every file is kept');

  await section.getByRole('button', { name: 'End', exact: true }).press('Enter');
  await expect(section).toContainText('End this scheduled export? Its files stay.');
  await section.getByRole('button', { name: 'End', exact: true }).press('Enter');
  await expect(section).toBeHidden();
});
