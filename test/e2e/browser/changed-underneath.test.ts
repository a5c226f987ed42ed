import { join } from 'node:path';
import { expect } from '@playwright/test';
import { projectRoot } from '../../helpers/project-root.ts';
import { formOf, giveReason, openForm, tickAll } from '../support/decide.ts';
import { deskTest, openFirst, REVIEWER } from '../support/desk-test.ts';

const TENANT = 'acme-payments';
const ID = 'esc-pay-0001';
const REASON = 'Checked with the owner of the list by phone.';
const PACKET = join(projectRoot, 'test/fixtures/fixtures/packets/runtime-plain.vep');
const REJECT = ['reject', ID, '--tenant', TENANT, '--reason', 'Stopped by the duty lead.'] as const;

interface Dissenting {
  readonly decision: { readonly outcome: string };
  readonly dissents: readonly unknown[];
}

deskTest(
  'evidence attached by another process: the open form keeps its text, drops its ticks, waits (S68, S69)',
  async ({ desk, page }) => {
    await openFirst(desk, page);
    const form = await openForm(page, 'a');
    await tickAll(page);
    await giveReason(page, REASON);
    await desk.json('attach', ID, PACKET, '--tenant', TENANT);

    const bar = page.getByRole('alert').filter({ hasText: 'a packet was attached' });
    await expect(bar).toContainText(/^Changed \d\d:\d\d:\d\d: a packet was attached\. You see \d\d:\d\d:\d\d\./);
    await expect(form.getByText(/show what changed/)).toBeVisible();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('Nothing is signed or recorded yet.')).toHaveCount(0);
    await bar.getByRole('button', { name: /^Show/ }).press('Enter');
    await expect(bar).toHaveCount(0);
    await expect(form.getByRole('textbox', { name: /^Reason/ })).toHaveValue(REASON);
    for (const tick of await form.getByRole('checkbox').all()) await expect(tick).not.toBeChecked();
  },
);

deskTest(
  'decided by another process while the form is open: that stands, the text is kept, nothing can be committed (I8)',
  async ({ desk, page }) => {
    await openFirst(desk, page);
    const form = await openForm(page, 'w');
    await giveReason(page, REASON);
    await desk.json(...REJECT);
    const notice = form.getByRole('alert').filter({ hasText: `${REVIEWER} rejected this at` });
    await expect(notice).toContainText('That decision stands. Your text is kept here.');
    await expect(form.getByRole('textbox', { name: /^Reason/ })).toHaveValue(REASON);
    await page.keyboard.press('Control+Enter');
    await expect(form.getByText('It is decided. Your text stays here until you close the form.')).toBeVisible();
    const shown = await desk.json<Dissenting>('show', ID, '--tenant', TENANT);
    expect(shown).toMatchObject({ decision: { outcome: 'rejected' }, dissents: [] });
  },
);

deskTest(
  'within a hold no other process decides; a decision that comes after it is kept as a dissent (I3, I8)',
  async ({ desk, page }) => {
    await openFirst(desk, page);
    await openForm(page, 'w');
    await giveReason(page, REASON);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('button', { name: /^Undo/ })).toBeFocused();
    expect(await desk.run(...REJECT, '--json')).toMatchObject({ code: 3, err: expect.stringContaining('"CONFLICT"') });
    await page.getByRole('button', { name: 'Record now' }).press('Enter');
    await page.getByRole('button', { name: 'Open', exact: true }).press('Enter');
    await expect(page.getByRole('heading', { name: 'Withdrawn' })).toBeVisible();

    expect((await desk.run(...REJECT, '--json')).code).toBe(3);
    await expect(page.getByRole('alert').filter({ hasText: 'a dissent was added' })).toBeVisible();
    await page.keyboard.press('.');
    await expect(page.getByText('Kept beside it as a dissent')).toBeVisible();
    const shown = await desk.json<Dissenting>('show', ID, '--tenant', TENANT);
    expect(shown.decision).toMatchObject({ outcome: 'withdrawn', reason: REASON });
    expect(shown.dissents).toEqual([expect.objectContaining({ outcome: 'rejected' })]);
  },
);

deskTest('two windows: what one holds the other sees, and cannot decide (I8, I10)', async ({ desk, page, context }) => {
  await openFirst(desk, page);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole('button', { name: /^Approve…/ })).toBeEnabled();
  await openForm(page, 'r');
  await giveReason(page, REASON);
  await page.keyboard.press('Control+Enter');
  await expect(other.getByText(/^Rejecting in \d+ s$/)).toBeVisible();
  await expect(formOf(other)).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(other.getByRole('textbox', { name: /^Reason/ })).toHaveValue(REASON);
});
