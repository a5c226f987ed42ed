import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { projectRoot } from '../../helpers/project-root.ts';
import type { ServedDesk } from './served-desk.ts';

/** VEX's own trust file for the demo ledger: two gates and an issuer. */
export const TRUST_FILE = join(projectRoot, 'test', 'fixtures', 'fixtures', 'trust.json');
export const PASSPHRASE = 'correct horse battery staple';

/** The keys' screen. */
export const keysPath = (tenant: string, search = ''): string =>
  `/settings/keys?tenant=${encodeURIComponent(tenant)}${search}`;

/** Makes no key in the first run. */
export async function skipOwnKey(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Make a key of your own?' })).toBeVisible();
  await page.getByRole('button', { name: 'Skip' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Whose signatures do you trust?' })).toBeVisible();
}

/** Trusts nobody in the first run. */
export async function skipTrust(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Skip' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Bring in escalations' })).toBeVisible();
}

/** Leaves out the first run's keys, one's own and those to trust, as a person does who has none. */
export async function skipKeys(page: Page): Promise<void> {
  await skipOwnKey(page);
  await skipTrust(page);
}

/** Names the tenant, brings the trust file and says of each key that it was compared. */
export async function pinsWhileSettingUp(page: Page, tenant: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Tenant' }).fill(tenant);
  await chooseFile(page, 'Choose a trust file…', TRUST_FILE);
  for (const tick of await compared(page)) await tick.press('Space');
  await page.getByRole('button', { name: 'Pin 3 keys' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Bring in escalations' })).toBeVisible();
}

/** The ticks that say a fingerprint was compared, once they are there. */
export async function compared(page: Page) {
  const ticks = page.getByRole('checkbox', { name: /^I compared/ });
  await expect(ticks.first()).toBeVisible();
  return ticks.all();
}

/** Gives a file to the dialog that a button opens. */
export async function chooseFile(page: Page, button: string, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).press('Enter');
  await (await chooser).setFiles(path);
}

/** Pins the trust file by the command line: for tests that are about what follows. */
export async function trustByCommand(desk: ServedDesk, tenant: string): Promise<void> {
  await desk.json('keys', 'trust', TRUST_FILE, '--tenant', tenant);
}

/** Gives a new key its passphrase and makes it. */
export async function givePassphrase(page: Page): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('Passphrase again').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Make the key' }).press('Enter');
}

/** Makes the reviewer's key in the window, which leaves it open. */
export async function makeKey(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Make a key…' }).press('Enter');
  await givePassphrase(page);
  await expect(page.getByText('Not backed up.')).toBeVisible();
}
