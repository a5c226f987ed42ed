import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { openForm } from '../support/decide.ts';
import { at, deskTest, escalationPath, openDemo } from '../support/desk-test.ts';
import { chooseFile, compared, keysPath, makeKey, PASSPHRASE, TRUST_FILE, trustByCommand } from '../support/keys.ts';

const TENANT = 'acme-payments';
/** SHA-256 of the gate's public key, as its owner reads it out. */
const GATE_FINGERPRINT = '06e0f2b842f36720b65433c8e605b162f72e9a9d164e2260b96618108fd793ee';

interface ListedKey {
  readonly purpose: string;
  readonly name: string;
  readonly status: string;
}

const trustTable = (page: Page) => page.getByRole('table', { name: 'Keys to trust' });
const ownTable = (page: Page) => page.getByRole('table', { name: 'Your keys and the desk’s' });

async function expectNoFinding(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  expect(said, `axe finds nothing on: ${screen}`).toEqual([]);
}

/** The menu of a key that alone is called so. */
const moreFor = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^More for ${name} [0-9a-f]{4} [0-9a-f]{4}$`) });

async function act(page: Page, name: string, item: string): Promise<void> {
  await moreFor(page, name).press('Enter');
  await page.getByRole('menuitem', { name: item }).press('Enter');
}

deskTest(
  'a trust file: nothing counts before its fingerprint was compared; what changed for it is listed (I6)',
  async ({ desk, page }) => {
    await openDemo(desk, page, keysPath(TENANT));
    await expect(page.getByText('No gate key.')).toBeVisible();
    await page.getByRole('button', { name: 'Add key…' }).press('Enter');
    await page.getByText('From a trust file').click();
    await chooseFile(page, 'Choose a trust file…', TRUST_FILE);
    const ticks = await compared(page);
    const dialog = page.getByRole('dialog', { name: 'Add a key' });
    await expect(
      dialog.getByRole('button', { name: 'Pin', exact: true }),
      'no yes without a comparison',
    ).toBeDisabled();
    await expect(dialog.getByText(/^06e0 f2b8 42f3 6720 b654 /)).toBeVisible();
    await expect(dialog.getByRole('list').first().getByRole('listitem')).toHaveCount(12);

    const [gate] = await dialog.getByRole('textbox', { name: /^Type the fingerprint/ }).all();
    await gate?.fill(`00${GATE_FINGERPRINT.slice(2)}`);
    await expect(dialog.getByText(/^This is not its fingerprint/)).toBeVisible();
    await ticks[0]?.press('Space');
    await expect(
      dialog.getByRole('button', { name: 'Pin', exact: true }),
      'a wrong one outweighs a tick',
    ).toBeDisabled();
    await gate?.fill(GATE_FINGERPRINT.match(/.{4}/g)?.join(' ') ?? '');
    await expect(dialog.getByText('This is its fingerprint.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Pin 1' }).press('Enter');
    await expect(dialog).toHaveCount(0);

    await expect(trustTable(page).getByRole('row', { name: /^gate gate .*In use/ })).toBeVisible();
    await expect(trustTable(page).getByRole('row', { name: /issuer .*Waits for you/ })).toBeVisible();
    await expect(page.getByText('No issuer key.'), 'what only waits is no key').toBeVisible();
    await expect(page.getByText(/verdicts? changed/)).toBeVisible();
    await expect(page.getByRole('link', { name: 'esc-pay-0010' })).toBeVisible();

    await page.getByRole('button', { name: 'Confirm… issuer' }).press('Enter');
    for (const tick of await compared(page)) await tick.press('Space');
    await page.getByRole('button', { name: 'Pin 1' }).press('Enter');
    await expect(trustTable(page).getByRole('row', { name: /^issuer issuer .*In use/ })).toBeVisible();
    await page.getByRole('button', { name: 'Forget gate-old' }).press('Enter');
    await expect(trustTable(page).getByRole('row', { name: /gate-old/ })).toHaveCount(0);
    const listed = await desk.json<ListedKey[]>('keys', 'list', '--tenant', TENANT);
    expect(
      listed
        .filter(({ status }) => status === 'pinned')
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['gate', 'issuer']);
  },
);

deskTest('retired, replaced, revoked: a key is ended, never deleted', async ({ desk, page }) => {
  await openDemo(desk, page, keysPath(TENANT));
  await trustByCommand(desk, TENANT);
  await act(page, 'issuer', 'Retire…');
  await page.getByRole('dialog').getByRole('button', { name: 'Retire', exact: true }).press('Enter');
  await expect(trustTable(page).getByRole('row', { name: /issuer .*Ended/ })).toBeVisible();

  await act(page, 'gate', 'Replace…');
  await page.getByRole('textbox', { name: 'Name' }).fill('gate-2027');
  await page.getByRole('textbox', { name: 'Public key' }).fill('9d'.repeat(32));
  await page.getByRole('button', { name: 'Continue' }).press('Enter');
  for (const tick of await compared(page)) await tick.press('Space');
  await page.getByRole('button', { name: 'Pin 1' }).press('Enter');
  await expect(trustTable(page).getByRole('row', { name: /gate-2027 .*In use/ })).toBeVisible();
  await expect(trustTable(page).getByRole('row', { name: /^gate gate .*Ended/ })).toBeVisible();

  await act(page, 'gate-old', 'Revoke…');
  const dialog = page.getByRole('dialog', { name: 'Revoke gate-old' });
  await expect(dialog.getByRole('button', { name: 'Revoke' }), 'a reason is required').toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Its machine was stolen.');
  await dialog.getByRole('button', { name: 'Revoke' }).press('Enter');
  await expect(trustTable(page).getByRole('row', { name: /gate-old .*Revoked/ })).toBeVisible();
});

deskTest('beside a file: the same, new and missing; and the trust file is written again', async ({ desk, page }) => {
  await openDemo(desk, page, keysPath(TENANT));
  await trustByCommand(desk, TENANT);
  const other = join(desk.home, 'other.json');
  const entries = JSON.parse(readFileSync(TRUST_FILE, 'utf8')) as { name: string }[];
  const witness = { name: 'witness', purpose: 'witness', public_hex: 'ab'.repeat(32) };
  writeFileSync(other, JSON.stringify([...entries.filter(({ name }) => name !== 'issuer'), witness]));
  await expect(trustTable(page).getByRole('row', { name: /issuer/ })).toBeVisible();
  await page.getByRole('button', { name: 'Compare with a file…' }).press('Enter');
  await chooseFile(page, 'Choose a trust file…', other);
  const dialog = page.getByRole('dialog', { name: 'Compare with a file' });
  for (const said of ['1 only in the file', '1 only here', '2 the same']) {
    await expect(dialog.getByRole('heading', { name: said })).toBeVisible();
  }
  await dialog.getByRole('button', { name: 'Confirm the new one…' }).press('Enter');
  for (const tick of await compared(page)) await tick.press('Space');
  await dialog.getByRole('button', { name: 'Pin 1' }).press('Enter');
  await expect(page.getByText('No witness key.')).toHaveCount(0);

  const arriving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export trust file…' }).press('Enter');
  const saved = JSON.parse(readFileSync(await (await arriving).path(), 'utf8')) as { name: string }[];
  expect(saved.map(({ name }) => name).toSorted()).toEqual(['gate', 'gate-old', 'issuer', 'witness']);
});

deskTest(
  'one’s own key: made, locked, opened, rotated, backed up, brought back and revoked (S15, S16)',
  async ({ desk, page }) => {
    await openDemo(desk, page, keysPath(TENANT));
    await page.getByRole('button', { name: 'Make a key…' }).press('Enter');
    await page.getByLabel('Passphrase', { exact: true }).fill('short');
    await expect(page.getByText('Too short: at least 8 characters.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Make the key' })).toBeDisabled();
    await page.keyboard.press('Escape');
    await makeKey(page);
    const bar = page.getByRole('contentinfo');
    await expect(bar.getByText(/· unlocked$/)).toBeVisible();

    await act(page, 'M. Okafor', 'Lock now');
    await expect(bar.getByText(/· locked$/)).toBeVisible();
    await act(page, 'M. Okafor', 'Unlock…');
    const unlock = page.getByRole('dialog', { name: 'Unlock your key' });
    await unlock.getByLabel('Passphrase').fill(PASSPHRASE);
    await page.keyboard.press('Enter');
    await expect(bar.getByText(/· unlocked$/)).toBeVisible();

    await page.getByRole('button', { name: 'Rotate…', exact: true }).press('Enter');
    await page.getByLabel('New passphrase').fill(`${PASSPHRASE} again`);
    await page.getByLabel('Passphrase again').fill(`${PASSPHRASE} again`);
    await page.getByRole('button', { name: 'Rotate', exact: true }).press('Enter');
    await expect(ownTable(page).getByRole('row', { name: /Ended · rotated/ })).toBeVisible();
    const menus = moreFor(page, 'M. Okafor');
    await expect(menus, 'the old key and the new one').toHaveCount(2);
    const said = await menus.evaluateAll((all) => all.map((menu) => menu.getAttribute('aria-label')));
    expect(new Set(said).size, 'each menu says which key it is of').toBe(2);

    await page.getByRole('button', { name: 'Save a backup…' }).press('Enter');
    const backup = page.getByRole('dialog', { name: 'Save a recovery file' });
    await backup.getByLabel('Passphrase', { exact: true }).fill('kept in the safe of the bank');
    await backup.getByLabel('Passphrase again').fill('kept in the safe of the bank');
    const arriving = page.waitForEvent('download');
    await backup.getByRole('button', { name: 'Save the file' }).press('Enter');
    const file = join(desk.home, 'recovery.json');
    await (await arriving).saveAs(file);
    expect(readFileSync(file, 'utf8')).not.toContain('kept in the safe');
    await backup.getByRole('button', { name: 'Close' }).last().press('Enter');
    await expect(page.getByText(/^Backed up /)).toBeVisible();

    await page.getByRole('button', { name: 'Recover from a file…' }).press('Enter');
    const recover = page.getByRole('dialog', { name: 'Recover a key from its file' });
    await chooseFile(page, 'Choose the recovery file…', file);
    await recover.getByLabel('Passphrase of the file').fill('kept in the safe of the bank');
    await recover.getByLabel('New passphrase').fill(PASSPHRASE);
    await recover.getByLabel('Passphrase again').fill(PASSPHRASE);
    await recover.getByRole('button', { name: 'Recover', exact: true }).press('Enter');
    await expect(recover).toHaveCount(0);
    await expect(bar.getByText(/· unlocked$/)).toBeVisible();

    const inUse = ownTable(page).getByRole('row', { name: /^reviewer .*In use/ });
    await inUse.getByRole('button').press('Enter');
    await page.getByRole('menuitem', { name: 'Revoke…' }).press('Enter');
    const revoke = page.getByRole('dialog', { name: /^Revoke/ });
    await revoke.getByRole('textbox', { name: 'Reason' }).fill('I typed its passphrase on a strange machine.');
    await revoke.getByRole('button', { name: 'Revoke' }).press('Enter');
    await expect(ownTable(page).getByRole('row', { name: /Revoked/ })).toBeVisible();
    await expect(page.getByText('You have no key yet.')).toBeVisible();
    await expect(bar.getByText('· no key')).toBeVisible();
  },
);

deskTest('a wrong passphrase opens nothing, and says what to do', async ({ desk, page, complaints }) => {
  await openDemo(desk, page, keysPath(TENANT));
  await makeKey(page);
  await page.goto('about:blank');
  await desk.end();
  await page.goto(at(await desk.serve(), keysPath(TENANT)));
  await act(page, 'M. Okafor', 'Unlock…');
  await page.getByRole('dialog').getByLabel('Passphrase').fill('not this one at all');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('This passphrase does not open the key.');
  await expect(page.getByRole('contentinfo').getByText(/· locked$/), 'a key locks with the desk').toBeVisible();
  expect(complaints.splice(0), 'the refusal itself, as the browser tells it').toEqual([expect.stringContaining('401')]);
});

/** Answers of the desk as they are where the system's keyring, which no browser has, opens the key no more. */
async function loseTheKeyring(page: Page): Promise<void> {
  const calls = '**/rpc/main/keys/list*';
  const [answer] = await Promise.all([page.waitForResponse(calls), page.reload()]);
  const state = /"protection":"passphrase","state":"[a-z]+"/g;
  const body = (await answer.text()).replace(state, '"protection":"keyring","state":"lost"');
  await page.route(calls, (route) => route.fulfill({ contentType: 'application/json', body }));
}

deskTest(
  'a lost keyring: what happened, what still works, every way on, and no lock-out (S15)',
  async ({ desk, page }) => {
    await openDemo(desk, page, keysPath(TENANT));
    await makeKey(page);
    await loseTheKeyring(page);
    await page.reload();
    const lost = page.getByRole('region', { name: 'Your key can’t be opened any more' });
    await expect(lost).toContainText('Nothing was removed.');
    await expect(lost).toContainText('Still works: reading, verifying');
    for (const way of ['Recover from a file…', 'Try again', 'Revoke…']) {
      await expect(lost.getByRole('button', { name: way })).toBeEnabled();
    }
    await page.goto(new URL(escalationPath(TENANT, 'esc-pay-0001'), page.url()).href);
    const form = await openForm(page, 'a');
    await expect(form.getByRole('radio', { name: 'Seal with my key' })).toBeDisabled();
    await expect(form.getByText(/^Seal with my key is off: what protects your key/)).toBeVisible();
    await expect(form.getByRole('button', { name: 'Choose a packet…' })).toBeEnabled();
  },
);

for (const scheme of ['light', 'dark'] as const) {
  deskTest.describe(scheme, () => {
    deskTest.use({ colorScheme: scheme });
    deskTest.slow();

    deskTest(
      `axe finds nothing on the keys, what waits, and what is asked about them (${scheme})`,
      async ({ desk, page }) => {
        await openDemo(desk, page, keysPath(TENANT));
        await expect(page.getByText('No gate key.')).toBeVisible();
        await expectNoFinding(page, 'no keys');
        await page.getByRole('button', { name: 'Add key…' }).press('Enter');
        await expect(page.getByRole('textbox', { name: 'Public key' })).toBeVisible();
        await expectNoFinding(page, 'a key typed in');
        await page.getByText('From a trust file').click();
        await chooseFile(page, 'Choose a trust file…', TRUST_FILE);
        await compared(page);
        await expectNoFinding(page, 'what is to be compared');
        await page.getByRole('dialog').getByRole('button', { name: 'Later' }).press('Enter');
        await expect(page.getByRole('dialog')).toHaveCount(0);
        await expectNoFinding(page, 'keys that wait');
        await page.getByRole('button', { name: 'Make a key…' }).press('Enter');
        await expect(page.getByLabel('Passphrase again')).toBeVisible();
        await expectNoFinding(page, 'a key is made');
        await page.keyboard.press('Escape');
        await makeKey(page);
        await expectNoFinding(page, 'an own key');
      },
    );

    deskTest(
      `axe finds nothing on a form with a failed check and a sealed packet (${scheme})`,
      async ({ desk, page }) => {
        await openDemo(desk, page, keysPath(TENANT));
        await trustByCommand(desk, TENANT);
        await makeKey(page);
        await page.goto(new URL(escalationPath(TENANT, 'esc-pay-0010'), page.url()).href);
        const form = await openForm(page, 'a');
        await expect(form.getByRole('textbox', { name: 'Type signature' })).toBeVisible();
        await expectNoFinding(page, 'a failed check, a sealed packet');
      },
    );
  });
}

deskTest.describe('at 200 % zoom', () => {
  deskTest.use({ viewport: { width: 640, height: 400 } });

  deskTest('the keys can be read and acted on, nothing scrolls sideways (640 × 400)', async ({ desk, page }) => {
    await openDemo(desk, page, keysPath(TENANT));
    await trustByCommand(desk, TENANT);
    await expect(trustTable(page).getByText('In use').first()).toBeVisible();
    const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await sideways()).toBeLessThanOrEqual(0);
    const more = moreFor(page, 'issuer');
    await more.scrollIntoViewIfNeeded();
    await expect(more).toBeInViewport({ ratio: 1 });
    await page.getByRole('button', { name: 'Add key…' }).press('Enter');
    const next = page.getByRole('dialog').getByRole('button', { name: 'Continue' });
    await next.scrollIntoViewIfNeeded();
    await expect(next).toBeInViewport({ ratio: 1 });
  });
});
