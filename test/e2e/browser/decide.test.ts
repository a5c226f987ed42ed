import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { projectRoot } from '../../helpers/project-root.ts';
import { commitNow, formOf, giveReason, openForm, tickAll, typeChecks } from '../support/decide.ts';
import { at, deskTest, escalationPath, openDemo, openFirst, queuePath, REVIEWER } from '../support/desk-test.ts';
import { keysPath, makeKey, PASSPHRASE, trustByCommand } from '../support/keys.ts';

const TENANT = 'acme-payments';
const ID = 'esc-pay-0001';
const REASON = 'Checked with the owner of the list by phone.';
const PACKET = join(projectRoot, 'test/fixtures/fixtures/packets/runtime-plain.vep');
const PACKET_SHA256 = createHash('sha256').update(readFileSync(PACKET)).digest('hex');

interface Shown {
  readonly record: {
    readonly status: string;
    readonly resolution_vep_hash?: string;
    readonly resolution_event_id?: string;
  };
  readonly decision: {
    readonly outcome: string;
    readonly reviewer: string;
    readonly reason: string;
    readonly reason_code: string;
    readonly accepted_unchecked: readonly string[];
    readonly overrides: readonly string[];
    readonly sealed: boolean;
    readonly vep_hash?: string;
  } | null;
  readonly evidence: readonly {
    readonly sha256: string;
    readonly role: string;
    readonly kind: string;
    readonly verdict: string | null;
  }[];
}

deskTest(
  'approve with a VEP file: its SHA-256 is shown whole before, and is the VEP hash after (I4, I9)',
  async ({ desk, page }) => {
    await openFirst(desk, page);
    const form = await openForm(page, 'a');
    await expect(
      form.getByRole('button', { name: /^Approve/ }),
      'no default focus on the commit (S69)',
    ).not.toBeFocused();
    await tickAll(page);
    await giveReason(page, REASON);
    const chooser = page.waitForEvent('filechooser');
    await form.getByRole('button', { name: 'Choose a packet…' }).press('Enter');
    await (await chooser).setFiles(PACKET);
    await expect(form.getByText(PACKET_SHA256.match(/.{16}/g)?.join(' ') ?? '')).toBeVisible();

    await page.keyboard.press('Control+Enter');
    const undo = page.getByRole('button', { name: /^Undo/ });
    await expect(undo, 'what the hold offers first is taking it back').toBeFocused();
    await expect(page.getByText('Nothing is signed or recorded yet.', { exact: true })).toBeVisible();
    expect(
      (await desk.json<Shown>('show', ID, '--tenant', TENANT)).decision,
      'nothing is stored as decided yet',
    ).toBeNull();
    await page.getByRole('button', { name: 'Record now' }).press('Enter');
    await expect(page.getByText(/^Approved, recorded \d\d:\d\d:\d\d$/)).toBeVisible();

    const shown = await desk.json<Shown>('show', ID, '--tenant', TENANT);
    expect(shown.record).toMatchObject({ status: 'RESOLVED', resolution_vep_hash: PACKET_SHA256 });
    expect(shown.record.resolution_event_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(shown.decision).toMatchObject({ outcome: 'approved', reviewer: REVIEWER, reason: REASON });
    expect(shown.evidence).toContainEqual(expect.objectContaining({ sha256: PACKET_SHA256, role: 'resolution' }));
    const out = join(desk.home, 'resolution.vep');
    await desk.json('evidence', ID, '--tenant', TENANT, '--out', out);
    expect(readFileSync(out).equals(readFileSync(PACKET)), 'the exact bytes are kept').toBe(true);
  },
);

deskTest(
  'approve with a typed hash; what is missing is named, a hash of another form is refused (I4)',
  async ({ desk, page }) => {
    await openFirst(desk, page);
    const form = await openForm(page, 'a');
    await expect(
      form.getByText(/^Approve is off: .*choose a reason code, give a reason, attach the resolution/),
    ).toBeVisible();
    await tickAll(page);
    await giveReason(page, REASON);
    await form.getByText('Hash only').click();
    const hash = form.getByRole('textbox', { name: /^VEP hash/ });
    await hash.fill('final-resolution');
    await expect(form.getByText(/enter a VEP hash of 64 hex digits/)).toBeVisible();
    await page.keyboard.press('Control+Enter');
    await expect(hash, 'the commit leads to what is missing').toBeFocused();
    await hash.fill('AB'.repeat(32));
    await commitNow(page);
    await expect
      .poll(async () => (await desk.json<Shown>('show', ID, '--tenant', TENANT)).record)
      .toMatchObject({
        status: 'RESOLVED',
        resolution_vep_hash: 'ab'.repeat(32),
      });
  },
);

deskTest(
  'a file that is no packet, and the request’s own packet, are refused as a resolution',
  async ({ desk, page }) => {
    await openFirst(desk, page);
    const own = join(desk.home, 'own.vep');
    const { evidence } = await desk.json<Shown>('show', ID, '--tenant', TENANT);
    const packet = evidence.find(({ kind }) => kind === 'vep')?.sha256 ?? '';
    await desk.json('evidence', ID, '--tenant', TENANT, '--sha256', packet, '--out', own);
    const form = await openForm(page, 'a');
    for (const [path, refusal] of [
      [join(projectRoot, 'package.json'), 'This is not a packet. Attach another.'],
      [
        join(projectRoot, 'test/fixtures/fixtures/packets/truncated-intent.vep'),
        'This packet fails structure. Attach another, or seal.',
      ],
      [own, 'This is the packet of the request, not of its resolution.'],
    ] as const) {
      const chooser = page.waitForEvent('filechooser');
      await form.getByRole('button', { name: 'Choose a packet…' }).press('Enter');
      await (await chooser).setFiles(path);
      await expect(form.getByText(refusal)).toBeVisible();
    }
  },
);

deskTest('reject with a reason: held, then recorded only once it stands on disk (I1, I2)', async ({ desk, page }) => {
  await openFirst(desk, page);
  await openForm(page, 'r');
  await giveReason(page, REASON);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/^Rejecting in \d+ s$/)).toBeVisible();
  await expect(page.getByText(/^Recorded \d/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Record now' }).press('Enter');
  // The next one opens by itself; the bar says what was recorded, and leads back to it.
  await expect(page).not.toHaveURL(new RegExp(ID));
  await expect(page.getByText(/^Rejected, recorded/)).toBeVisible();
  await page.getByRole('button', { name: 'Open', exact: true }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Rejected' })).toBeVisible();
  await expect(page.getByText(/^Recorded \d\d:\d\d:\d\d$/)).toBeVisible();
  await expect(page.getByText(/^Written to disk here, as ledger event \d+\.$/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Statement and place in the log' })).toContainText(
    'so the desk signed',
  );
  expect(await desk.json<Shown>('show', ID, '--tenant', TENANT)).toMatchObject({
    record: { status: 'EXPIRED' },
    decision: { outcome: 'rejected', reason: REASON },
  });
});

deskTest(
  'withdraw, and a correction that points at it: the decision itself never changes (I3)',
  async ({ desk, page }) => {
    await openFirst(desk, page);
    await openForm(page, 'w');
    await giveReason(page, REASON);
    await commitNow(page);
    await page.getByRole('button', { name: 'Open', exact: true }).press('Enter');
    await page.getByRole('button', { name: 'Correct…' }).press('Enter');
    await page.getByRole('textbox', { name: 'What is wrong with it' }).fill('The wrong list was named in my reason.');
    await page.getByRole('button', { name: 'Record the correction' }).press('Enter');
    await expect(page.getByText('The correction is recorded.')).toBeVisible();
    const shown = await desk.json<Shown & { events: { type: string }[] }>('show', ID, '--tenant', TENANT);
    expect(shown.decision).toMatchObject({ outcome: 'withdrawn', reason: REASON });
    expect(shown.events.at(-1)?.type).toMatch(/correct/);
  },
);

deskTest('undo within the hold brings the form back as it was; nothing was recorded', async ({ desk, page }) => {
  await openFirst(desk, page);
  await openForm(page, 'r');
  await giveReason(page, REASON);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeFocused();
  await page.keyboard.press('z');
  await expect(formOf(page).getByText('Taken back. Nothing was signed or recorded.')).toBeVisible();
  await expect(formOf(page).getByRole('textbox', { name: /^Reason/ })).toHaveValue(REASON);
  expect((await desk.json<Shown>('show', ID, '--tenant', TENANT)).decision).toBeNull();
});

deskTest('a hold of another page counts on in the bar, and is taken back there with z', async ({ desk, page }) => {
  await openFirst(desk, page);
  await openForm(page, 'r');
  await giveReason(page, REASON);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeFocused();
  await page.keyboard.type('gq');
  const bar = page.getByRole('region', { name: 'Decisions in their undo time' });
  await expect(bar.getByText(/^Rejecting in \d+ s$/).first()).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: ID })).toBeVisible();
  await page.keyboard.press('z');
  await expect(bar.getByText('Taken back. Nothing was signed or recorded.')).toBeVisible();
  expect((await desk.json<Shown>('show', ID, '--tenant', TENANT)).decision).toBeNull();
});

deskTest('a hold that is left alone is recorded by the desk when it ends', async ({ desk, page }) => {
  await openFirst(desk, page);
  await openForm(page, 'r');
  await giveReason(page, REASON);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/^Rejecting in \d+ s$/)).toBeVisible();
  await expect(page.getByText(/^Rejected, recorded/)).toBeVisible({ timeout: 20_000 });
  expect((await desk.json<Shown>('show', ID, '--tenant', TENANT)).decision).toMatchObject({ outcome: 'rejected' });
});

deskTest(
  'the desk is killed within the hold: nothing was decided, and the form comes back (I1, I2)',
  async ({ desk, page }) => {
    await openFirst(desk, page);
    await openForm(page, 'r');
    await giveReason(page, REASON);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('Nothing is signed or recorded yet.', { exact: true })).toBeVisible();
    await page.goto('about:blank');
    await desk.kill();
    expect((await desk.json<Shown>('show', ID, '--tenant', TENANT)).decision).toBeNull();
    await page.goto(at(await desk.serve(), escalationPath(TENANT, ID)));
    await openForm(page, 'r');
    await expect(formOf(page).getByRole('textbox', { name: /^Reason/ })).toHaveValue(REASON);
    await expect(formOf(page).getByText(/^The desk closed during the undo time/)).toBeVisible();
  },
);

deskTest('closed and opened again, all is there: decisions, drafts, claims', async ({ desk, page }) => {
  await openFirst(desk, page);
  await openForm(page, 'r');
  await giveReason(page, REASON);
  await commitNow(page);
  await expect(page.getByText(/^Rejected, recorded/)).toBeVisible();
  await openForm(page, 'a');
  await formOf(page)
    .getByRole('textbox', { name: /^Reason/ })
    .fill('I have not made up my mind.');
  const drafted = new URL(page.url());
  await page.keyboard.press('Escape');
  await expect(page.getByText('Draft kept')).toBeVisible();
  await page.goto('about:blank');
  expect(await desk.end(), 'Ctrl-C ends cleanly').toBe(0);

  await page.goto(at(await desk.serve(), queuePath(TENANT)));
  await expect(page.getByText('27 open, soonest deadline first')).toBeVisible();
  await page.keyboard.type('gl');
  await expect(page.getByText('40 escalations: 27 open, 13 decided')).toBeVisible();
  await page.keyboard.type('gq');
  await page
    .getByRole('row')
    .filter({ hasText: drafted.searchParams.get('id') ?? '' })
    .dblclick();
  await openForm(page, 'a');
  await expect(formOf(page).getByRole('textbox', { name: /^Reason/ })).toHaveValue('I have not made up my mind.');
});

/** Signed by the gate that is pinned; only its PCRs have no baseline. */
const SIGNED = 'wire_transfer/PAY-92204#36';
/** Signed by a stranger. */
const FORGED = 'esc-pay-0010';

deskTest(
  'seal an approval: what the packet will say is shown before, and it verifies as this escalation’s after (I4, I9)',
  async ({ desk, page }) => {
    await openDemo(desk, page, keysPath(TENANT));
    await trustByCommand(desk, TENANT);
    await makeKey(page);
    await page.goto(new URL(escalationPath(TENANT, SIGNED), page.url()).href);
    const form = await openForm(page, 'a');
    await expect(form.getByRole('radio', { name: 'Seal with my key' }), 'the first choice').toBeChecked();
    const will = form.getByRole('list', { name: 'The sealed packet' }).or(form.locator('dl[aria-label]'));
    await expect(will).toContainText('ALLOW');
    const { view_sha256 } = await desk.json<{ view_sha256: string }>('show', SIGNED, '--tenant', TENANT);
    await expect(will).toContainText(view_sha256.slice(0, 8));
    await expect(form.getByText('I accept that pcrs was not checked.')).toBeVisible();
    await tickAll(page);
    await giveReason(page, REASON);
    await commitNow(page);
    await expect(page.getByText(/^Approved, recorded/)).toBeVisible();

    const { record, decision, evidence } = await desk.json<Shown>('show', SIGNED, '--tenant', TENANT);
    expect(decision).toMatchObject({ outcome: 'approved', sealed: true, accepted_unchecked: ['pcrs'], overrides: [] });
    const hash = record.resolution_vep_hash ?? '';
    expect(evidence).toContainEqual(expect.objectContaining({ sha256: hash, role: 'resolution', verdict: 'verified' }));
    await page.goto(new URL(escalationPath(TENANT, SIGNED), page.url()).href);
    const arriving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the packet…' }).press('Enter');
    const saved = readFileSync(await (await arriving).path());
    expect(createHash('sha256').update(saved).digest('hex')).toBe(hash);
  },
);

deskTest(
  'a locked key is opened in the form; a sealed rejection’s packet stands in the decision, not in the record',
  async ({ desk, page }) => {
    await openDemo(desk, page, keysPath(TENANT));
    await makeKey(page);
    await page.goto('about:blank');
    await desk.end();
    await page.goto(at(await desk.serve(), escalationPath(TENANT, SIGNED)));
    const form = await openForm(page, 'r');
    await giveReason(page, REASON);
    await page.keyboard.press('Control+Enter');
    await expect(form.getByText('Reject is off: unlock your key.')).toBeVisible();
    await expect(form.getByLabel('Passphrase'), 'the commit leads to what is missing').toBeFocused();
    await page.keyboard.type(PASSPHRASE);
    await page.keyboard.press('Enter');
    await expect(form.getByText(/^unlocked for \d+ min$/)).toBeVisible();
    await expect(form.locator('dl[aria-label]')).toContainText('HALT');
    await commitNow(page);
    await expect(page.getByText(/^Rejected, recorded/)).toBeVisible();
    const { record, decision } = await desk.json<Shown>('show', SIGNED, '--tenant', TENANT);
    expect(decision).toMatchObject({
      outcome: 'rejected',
      sealed: true,
      vep_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(record).not.toHaveProperty('resolution_vep_hash');
  },
);

deskTest(
  'a failed check is overridden by typing its name, with a code for overrides and 30 characters (I6)',
  async ({ desk, page }) => {
    await openDemo(desk, page);
    await trustByCommand(desk, TENANT);
    await page.goto(new URL(escalationPath(TENANT, FORGED), page.url()).href);
    await expect(page.getByText('This evidence failed 1 check:')).toBeVisible();
    const form = await openForm(page, 'a');
    const name = form.getByRole('textbox', { name: 'Type signature' });
    await expect(name, 'the first thing that is missing').toBeFocused();
    await expect(form.getByText(/^Approve is off: type the check’s name, /)).toBeVisible();
    await form.getByRole('combobox', { name: /Reason code/ }).click();
    await expect(page.getByRole('option')).toHaveText([/^EXCEPTION_APPROVED/, /^OTHER/]);
    await page.getByRole('option').last().click();
    await form.getByRole('textbox', { name: /^Reason/ }).fill('The gate was moved.');
    await form.getByText('Hash only').click();
    await form.getByRole('textbox', { name: /^VEP hash/ }).fill('ab'.repeat(32));
    await tickAll(page);
    await expect(
      form.getByText('Approve is off: type the check’s name, give a reason of 30 characters or more.'),
    ).toBeVisible();
    await form.getByRole('textbox', { name: /^Reason/ }).fill('The gate was moved; its owner confirmed it by phone.');
    await typeChecks(page, 'signature');
    await expect(form.getByText('Overridden: signature.')).toBeVisible();
    await commitNow(page);
    await expect(page.getByText(/^Approved, recorded/)).toBeVisible();
    const { decision } = await desk.json<Shown>('show', FORGED, '--tenant', TENANT);
    expect(decision).toMatchObject({ overrides: ['signature'], reason_code: 'OTHER', sealed: false });
  },
);

deskTest(
  'keys that change under an open form clear its ticks and typed names until that is shown (S69)',
  async ({ desk, page }) => {
    await openDemo(desk, page);
    await page.goto(new URL(escalationPath(TENANT, FORGED), page.url()).href);
    const form = await openForm(page, 'a');
    await tickAll(page);
    await giveReason(page, REASON);
    await trustByCommand(desk, TENANT);
    await expect(form.getByText(/show what changed/)).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('.');
    await openForm(page, 'a');
    await expect(form.getByText('This evidence failed 1 check')).toBeVisible();
    for (const tick of await form.getByRole('checkbox').all()) await expect(tick).not.toBeChecked();
    await expect(form.getByRole('textbox', { name: /^Reason/ })).toHaveValue(REASON);
  },
);

deskTest('a packet of another escalation is named so, and taken only by that check’s name', async ({ desk, page }) => {
  await openDemo(desk, page);
  await trustByCommand(desk, TENANT);
  const other = join(desk.home, 'other.vep');
  const { evidence } = await desk.json<Shown>('show', SIGNED, '--tenant', TENANT);
  const packet = evidence.find(({ kind }) => kind === 'vep')?.sha256 ?? '';
  await desk.json('evidence', SIGNED, '--tenant', TENANT, '--sha256', packet, '--out', other);
  await page.goto(new URL(escalationPath(TENANT, ID), page.url()).href);
  const form = await openForm(page, 'a');
  await tickAll(page);
  await form.getByRole('combobox', { name: /Reason code/ }).click();
  await page.getByRole('option', { name: /^OTHER/ }).click();
  await form
    .getByRole('textbox', { name: /^Reason/ })
    .fill('The same transfer was escalated twice; this is its packet.');
  const chooser = page.waitForEvent('filechooser');
  await form.getByRole('button', { name: 'Choose a packet…' }).press('Enter');
  await (await chooser).setFiles(other);
  await expect(form.getByText('This packet failed 1 check')).toBeVisible();
  await expect(form.getByText(SIGNED)).toBeVisible();
  await expect(form.getByText('Approve is off: type the name of the packet’s failed check.')).toBeVisible();
  await typeChecks(page, 'escalation');
  await commitNow(page);
  await expect(page.getByText(/^Approved, recorded/)).toBeVisible();
  const { decision } = await desk.json<Shown>('show', ID, '--tenant', TENANT);
  expect(decision).toMatchObject({ overrides: ['escalation'] });
});

deskTest(
  'a key that locks within the undo time: the decision waits, says so, and goes on once it is unlocked',
  async ({ desk, page, context }) => {
    await openDemo(desk, page, keysPath(TENANT));
    await makeKey(page);
    const keys = await context.newPage();
    await keys.goto(page.url());
    await page.goto(new URL(escalationPath(TENANT, SIGNED), page.url()).href);
    await openForm(page, 'r');
    await giveReason(page, REASON);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText(/^Rejecting in \d+ s$/)).toBeVisible();
    await keys.getByRole('button', { name: `More for ${REVIEWER}` }).press('Enter');
    await keys.getByRole('menuitem', { name: 'Lock now' }).press('Enter');
    await expect(page.getByRole('heading', { name: 'Waits for your key' })).toBeVisible();
    await expect(keys.getByRole('region', { name: 'Decisions in their undo time' })).toContainText(
      'Waits for your key',
    );
    expect((await desk.json<Shown>('show', SIGNED, '--tenant', TENANT)).decision).toBeNull();
    await page.getByLabel('Passphrase').fill(PASSPHRASE);
    await page.keyboard.press('Enter');
    await expect(page.getByText(/^Rejected, recorded/)).toBeVisible();
    const { decision } = await desk.json<Shown>('show', SIGNED, '--tenant', TENANT);
    expect(decision).toMatchObject({ outcome: 'rejected', sealed: true });
  },
);
