import { expect, type Page } from '@playwright/test';
import { expectClean } from '../support/axe.ts';
import { commitNow, formOf, giveReason, openForm } from '../support/decide.ts';
import { deskTest, escalationPath, openDemo } from '../support/desk-test.ts';
import { trustByCommand } from '../support/keys.ts';

const TENANT = 'acme-payments';
/** Signed by the gate that is pinned, live, without a token; only its PCRs have no baseline. */
const SIGNED = 'wire_transfer/PAY-92204#36';
/** Signed by a stranger. */
const FORGED = 'esc-pay-0010';
const WAIVED = 'pcrs was not checked. This tenant waived it by name';

interface Shown {
  readonly decision: { readonly accepted_unchecked: readonly string[]; readonly overrides: readonly string[] } | null;
  readonly evidence: readonly { readonly kind: string; readonly verdict: string | null }[];
}

/** Holds the screen to axe's rules in the light theme and in the dark one. */
async function expectCleanInBoth(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectClean(page, `${screen} (${colorScheme})`);
  }
}

deskTest(
  'a check that the tenant waived asks for no tick, and is shown and recorded; one that failed asks for its name (I6)',
  async ({ desk, page }) => {
    await openDemo(desk, page, '/settings/tenant');
    await trustByCommand(desk, TENANT);
    const waivers = page.getByRole('group', { name: 'Checks that this tenant waives' });
    await expect(waivers.getByRole('checkbox', { checked: true }), 'none at first').toHaveCount(0);
    await expect(waivers.getByRole('checkbox', { name: 'structure', exact: true })).toHaveCount(0);
    for (const name of ['signature', 'pcrs']) {
      await waivers.getByRole('checkbox', { name, exact: true }).focus();
      await page.keyboard.press('Space');
    }
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await expect(page.getByText('Saved.')).toBeVisible();
    await expectCleanInBoth(page, 'the settings with waived checks');

    await page.goto(new URL(escalationPath(TENANT, FORGED), page.url()).href);
    const forged = await openForm(page, 'a');
    await expect(forged.getByRole('textbox', { name: 'Type signature' })).toBeVisible();

    await page.goto(new URL(escalationPath(TENANT, SIGNED), page.url()).href);
    await expect(page.getByText(WAIVED)).toBeVisible();
    await expect(page.getByText('unchecked, waived', { exact: true })).toBeVisible();
    await expectCleanInBoth(page, 'an escalation with a waived check');
    const form = await openForm(page, 'a');
    await expect(form.getByText(WAIVED)).toBeVisible();
    await expect(form.getByText(/^I accept that/)).toHaveCount(0);
    await expectCleanInBoth(page, 'the form with a waived check');
    for (const tick of await formOf(page).getByRole('checkbox').all()) await tick.press('Space');
    await form.getByRole('radio', { name: 'Hash only' }).press('Space');
    await form.getByRole('textbox', { name: /^VEP hash/ }).fill('ab'.repeat(32));
    await giveReason(page, 'Checked with the owner of the list by phone.');
    await commitNow(page);
    await expect(page.getByText(/^Approved, recorded/)).toBeVisible();
    const { decision, evidence } = await desk.json<Shown>('show', SIGNED, '--tenant', TENANT);
    expect(decision).toMatchObject({ accepted_unchecked: ['pcrs'], overrides: [] });
    expect(evidence.find(({ kind }) => kind === 'vep')?.verdict, 'a waiver verifies nothing').toBe('unchecked');
  },
);

deskTest(
  'a waiver that is taken back under an open form brings the tick, and nothing goes without it',
  async ({ desk, page }) => {
    await openDemo(desk, page, '/settings/tenant');
    await trustByCommand(desk, TENANT);
    const toggle = async (on: typeof page) => {
      await on.getByRole('checkbox', { name: 'pcrs', exact: true }).press('Space');
      await on.getByRole('button', { name: 'Save' }).press('Enter');
      await expect(on.getByText('Saved.')).toBeVisible();
    };
    await toggle(page);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await expect(other.getByRole('checkbox', { name: 'pcrs', exact: true })).toBeChecked();

    await page.goto(new URL(escalationPath(TENANT, SIGNED), page.url()).href);
    const form = await openForm(page, 'a');
    await expect(form.getByText(WAIVED)).toBeVisible();
    await toggle(other);
    const tick = form.getByRole('checkbox', { name: 'I accept that pcrs was not checked.' });
    await expect(tick).not.toBeChecked();
    await expect(form.getByText(/^Approve is off: .*accept what was not checked/)).toBeVisible();
    await expect(form.getByText(WAIVED)).toHaveCount(0);
  },
);
