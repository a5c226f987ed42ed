import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { fixture, shadowWithKnownOpening, TRUST_FILE, tamperedLedger } from '../support/changed-files.ts';
import { at, deskTest, escalationPath, openDemo, queuePath, REVIEWER } from '../support/desk-test.ts';
import { dropFiles } from '../support/drop.ts';
import { DEMO_LEDGER, type ServedDesk } from '../support/served-desk.ts';

const TENANT = 'acme-payments';
const ID = 'esc-pay-0001';

const checksOf = (page: Page): Locator => page.getByRole('list', { name: 'Checks of the packet' });
const stripOf = (page: Page): Locator => page.getByRole('region', { name: 'At a glance' });
const trust = (desk: ServedDesk): Promise<unknown> => desk.json('keys', 'trust', TRUST_FILE, '--tenant', TENANT);

/** Opens an escalation of the demo with the fixtures' keys pinned before. */
async function openTrusted(desk: ServedDesk, page: Page, screen: string, ledger = DEMO_LEDGER): Promise<void> {
  await desk.json('import', ledger, '--as', REVIEWER);
  await trust(desk);
  await page.goto(at(await desk.serve(), screen));
}

deskTest(
  'a tampered packet: why it failed stands above the agent’s words, for somebody who knows no packets (I6)',
  async ({ desk, page }) => {
    const ledger = tamperedLedger(desk.home, ID, 'open dispute', 'Open dispute');
    await openTrusted(desk, page, escalationPath(TENANT, ID), ledger);
    await expect(stripOf(page)).toContainText('Failed');
    await expect(stripOf(page)).toContainText('1 of 6 checks failed: root');

    const why = page.getByRole('region', { name: 'Why this failed' });
    await expect(why).toContainText('The packet was changed after it was made.');
    await expect(why).toContainText('The signature is genuine, and is for what it said before.');
    await expect(why).toContainText('The account of this request was changed after it was written.');
    const hashes = why.locator('[data-parting=root] code');
    await expect(hashes).toHaveText([/^[0-9a-f]{64}$/, /^[0-9a-f]{64}$/]);
    expect(new Set(await hashes.allTextContents()).size).toBe(2);

    await expect(checksOf(page).locator('[data-check=root]')).toHaveAttribute('data-verdict', 'failed');
    await expect(page.getByText('Not signed by a trusted gate: all values are claims')).toBeVisible();
    const words = await page.getByText('customers with an open dispute', { exact: true }).first().boundingBox();
    const block = await why.boundingBox();
    expect((block?.y ?? 0) + (block?.height ?? 0)).toBeLessThanOrEqual(words?.y ?? 0);
  },
);

deskTest(
  'beside packet and token with open and failed checks the decision is in view, and all evidence can be scrolled to',
  async ({ desk, page }) => {
    const [first, ...others] = ['esc-pay-0039', 'esc-pay-0038', 'esc-pay-0018'] as const;
    await openTrusted(desk, page, escalationPath(TENANT, first));
    for (const id of [first, ...others]) {
      await page.goto(new URL(escalationPath(TENANT, id), page.url()).href);
      await expect(checksOf(page).locator('[data-check="token.binding"]')).toBeAttached();
      for (const way of [/^Approve…/, /^Reject…/, /^Withdraw…/]) {
        await expect(page.getByRole('button', { name: way }), `${id} at 1280 × 800`).toBeInViewport({ ratio: 1 });
      }
      const last = page.getByRole('complementary').getByRole('button', { name: /^All bytes and details/ });
      await last.scrollIntoViewIfNeeded();
      await expect(last).toBeInViewport({ ratio: 1 });
      await last.click({ trial: true });
    }
  },
);

deskTest(
  'all bytes and details by the keyboard: the tree says in words where the root parts (I6)',
  async ({ desk, page }) => {
    const ledger = tamperedLedger(desk.home, ID, 'open dispute', 'Open dispute');
    await openTrusted(desk, page, escalationPath(TENANT, ID), ledger);
    await expect(checksOf(page)).toBeVisible();
    await page.keyboard.press('v');
    const dialog = page.getByRole('dialog', { name: 'Bytes and details' });
    const tree = dialog.getByRole('figure');
    await expect(tree).toContainText('it is not the root that the packet claims: what it says was changed');
    await expect(tree.getByRole('listitem')).toHaveCount(7);
    await expect(tree.getByRole('listitem').first()).toContainText('Rootefbc93ca…b91fparts from what is claimed');
    for (const pillar of ['Intent', 'Authority', 'Identity', 'Witness']) {
      await expect(dialog.getByRole('region', { name: pillar, exact: true })).toContainText(/Computed[0-9a-f]{64}/);
    }
    await expect(dialog.getByRole('row', { name: /^6 signature/ })).toContainText('no: it is made over the root');
    await expect(dialog.getByText('gate-old')).toBeVisible();
    const intent = dialog.getByRole('region', { name: 'Intent', exact: true });
    await intent.getByRole('button', { name: 'Show its 252 bytes' }).press('Enter');
    await expect(intent.getByRole('region', { name: 'Bytes of the intent' })).toContainText('{"action":"mass');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  },
);

deskTest(
  'with nothing pinned: the reasons are said once over the queue and once on the page, each with its way out (I6)',
  async ({ desk, page }) => {
    await openDemo(desk, page);
    const bar = page.getByRole('region', { name: 'Why most are unchecked' });
    await expect(bar).toContainText('no key of a gate is pinned');
    await expect(bar).toContainText('no PCR baseline is pinned');
    await bar.getByRole('button', { name: /^Hide this/ }).press('Enter');
    await expect(bar).toHaveCount(0);

    await page.getByRole('row', { name: /esc-pay-0001/ }).dblclick();
    const open = page.getByRole('list', { name: 'What would make it checked' });
    await expect(open.getByRole('listitem')).toHaveCount(2);
    await expect(page.getByText('Not signed by a trusted gate: all values are claims')).toBeVisible();
    await open.getByRole('link', { name: 'Pin a gate’s key…' }).press('Enter');
    await expect(page).toHaveURL(/\/settings\/keys\?.*purpose=gate/);
  },
);

deskTest(
  'a packet’s baseline is offered, compared and pinned by a person; only then it verifies (I6)',
  async ({ desk, page }) => {
    await openTrusted(desk, page, escalationPath(TENANT, ID));
    await expect(stripOf(page)).toContainText('5 of 6 verified, not checked: pcrs');
    await expect(page.getByText('Action, target: as in the signed packet')).toBeVisible();
    await expect(checksOf(page).locator('[data-check=signature]')).toContainText(/gate 06e0 f2b8, since 1 Oct 2026/);
    await expect(checksOf(page).locator('[data-check=signature]')).toContainText(`by ${REVIEWER}`);
    await page.getByRole('button', { name: 'Set this baseline…' }).press('Enter');
    const compare = page.getByRole('dialog');
    await expect(compare).toContainText('PCRs of 3bc8163c');
    await page.goBack();
    await expect(stripOf(page), 'an offer judges nothing').toContainText('Unchecked');

    await page.goForward();
    await compare.getByRole('checkbox', { name: /^I compared/ }).press('Space');
    await compare.getByRole('button', { name: /^Pin/ }).press('Enter');
    await expect(compare).toHaveCount(0);
    await page.keyboard.type('gq');
    await page.getByRole('row', { name: /esc-pay-0001/ }).dblclick();
    await expect(stripOf(page)).toContainText('6 of 6 checks, with keys pinned before');
    await expect(page.getByRole('list', { name: 'What would make it checked' })).toHaveCount(0);
  },
);

deskTest('the queue by verdict: view, filter, count and list agree (I10)', async ({ desk, page }) => {
  await openTrusted(desk, page, queuePath(TENANT));
  const rows = page.getByRole('grid', { name: 'Queue' }).getByRole('row');
  const link = page.getByRole('navigation').getByRole('link', { name: /Failed evidence/ });
  await expect(link).toContainText(/[1-9]/);
  const failed = Number((await link.textContent())?.match(/\d+$/)?.[0]);
  await link.press('Enter');
  await expect(page).toHaveURL(/view=failed/);
  await expect(page.getByText(`${failed} of ${failed} shown`)).toBeVisible();
  for (const row of (await rows.all()).slice(1)) {
    await expect(row.locator('[data-column=evidence]')).toContainText(/^Failed\S/);
  }
  await page.getByRole('combobox', { name: /^Evidence/ }).selectOption('unchecked');
  await expect(page).toHaveURL(/view=unchecked/);
  await expect(page.getByText(`${28 - failed} of ${28 - failed} shown`)).toBeVisible();
  await page.getByRole('combobox', { name: /^Evidence/ }).selectOption('verified');
  await expect(page.getByText('No escalation matches this filter.')).toBeVisible();
  await page.keyboard.type('gl');
  await expect(page.getByText('Evidence: of one status only')).toBeVisible();
});

deskTest(
  'a dropped file shows what it is worth before anything becomes of it; records go to the import',
  async ({ desk, page }) => {
    await openTrusted(desk, page, escalationPath(TENANT, ID));
    await expect(checksOf(page)).toBeVisible();
    await dropFiles(page, [fixture('packets', 'flip-intent.vep')]);
    const dialog = page.getByRole('dialog', { name: 'What this file is worth' });
    await expect(dialog).toContainText('The packet was changed after it was made.');
    await expect(dialog).toContainText('Nothing was stored.');
    await expect(dialog.getByRole('button', { name: 'Close', exact: true }).last()).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);

    await dropFiles(page, [fixture('packets', 'runtime-plain.vep')]);
    await expect(dialog.getByRole('list', { name: 'Checks' })).toContainText('Signed with gate');
    await dialog.getByRole('button', { name: 'Attach to this escalation' }).press('Enter');
    await expect(page.getByRole('heading', { name: /^Another packet/ })).toBeVisible();
    await expect(page.getByRole('alert'), 'the reader’s own change asks for nothing').toHaveCount(0);

    await dropFiles(page, [fixture('ledgers', 'README.md')]);
    await expect(dialog).toContainText('neither a packet, a capsule nor a token');
    await page.keyboard.press('Escape');
    await dropFiles(page, [fixture('ledgers', 'demo', 'records.json')]);
    await expect(page.getByRole('dialog', { name: 'Import 1 file' })).toBeVisible();
  },
);

deskTest(
  'a hidden prompt is opened with prompt and salt, and the answer says how little it binds',
  async ({ desk, page }) => {
    const { path, prompt, salt } = shadowWithKnownOpening(desk.home);
    await desk.json('import', DEMO_LEDGER, '--as', REVIEWER);
    await desk.json('attach', ID, path, '--tenant', TENANT);
    await page.goto(at(await desk.serve(), escalationPath(TENANT, ID)));
    await page.getByRole('button', { name: 'Escalation packet', exact: true }).nth(1).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Bytes and details' });
    await dialog.getByLabel('Prompt').fill(`${prompt}.`);
    await dialog.getByLabel('Salt').fill(salt);
    await dialog.getByRole('button', { name: 'Open', exact: true }).press('Enter');
    await expect(dialog.getByRole('status')).toContainText('It does not open');
    await dialog.getByLabel('Prompt').fill(prompt);
    await expect(dialog.getByRole('status')).toBeEmpty();
    await dialog.getByRole('button', { name: 'Open', exact: true }).press('Enter');
    await expect(dialog.getByRole('status')).toContainText('It opens');
    await expect(dialog.getByRole('status')).toContainText('It binds 64 bits only');
  },
);

deskTest(
  'a decision’s typed hash is unchecked until its packet is attached, and then worth what its checks say (I4)',
  async ({ desk, page }) => {
    const packet = fixture('packets', 'runtime-plain.vep');
    const hash = createHash('sha256').update(readFileSync(packet)).digest('hex');
    await desk.json('import', DEMO_LEDGER, '--as', REVIEWER);
    await trust(desk);
    await desk.json('resolve', ID, '--tenant', TENANT, '--vep-hash', hash, '--reason', 'Asked the owner by phone.');
    await page.goto(at(await desk.serve(), escalationPath(TENANT, ID)));
    const resolution = page.getByRole('region', { name: /^Resolution/ });
    await expect(resolution).toContainText('Unchecked');
    await expect(resolution).toContainText(hash);
    const chooser = page.waitForEvent('filechooser');
    await resolution.getByRole('button', { name: 'Attach its packet…' }).press('Enter');
    await (await chooser).setFiles([packet]);
    await expect(resolution.getByRole('list', { name: 'Checks of the packet' })).toContainText('gate 06e0 f2b8');
    await expect(resolution.locator('[data-check=escalation]')).toHaveAttribute('data-verdict', 'unchecked');
  },
);

deskTest('when keys change, what they touch is verified again, and what changed is listed', async ({ desk, page }) => {
  await openTrusted(desk, page, '/imports');
  await desk.json('keys', 'retire', 'gate', '--until', '2026-10-02T00:00:00Z', '--tenant', TENANT);
  const changed = page.getByRole('link', { name: /^Verified \d+: [1-9]\d* changed$/ }).first();
  await changed.press('Enter');
  await expect(page.getByRole('heading', { name: 'Verification', level: 1 })).toBeVisible();
  const first = page.getByRole('region', { name: 'What changed' }).getByRole('row').nth(1);
  await expect(first).toContainText(/Unchecked|Failed/);
  await first.getByRole('link').press('Enter');
  await expect(checksOf(page)).toBeVisible();
  await page.keyboard.type('gi');
  await page.getByRole('button', { name: 'Verify all again' }).press('Enter');
  await expect(page.getByRole('link', { name: /^Verified \d+: 0 changed$/ }).first()).toBeVisible();
});
