import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { noteKey, readNote, SIGNATURE_TYPE, writeNote } from '../../../electron/audit/head/note.ts';
import { publicKeyOf, signEd25519 } from '../../../electron/evidence/trust/ed25519.ts';
import { projectRoot } from '../../helpers/project-root.ts';
import { expectClean } from '../support/axe.ts';
import { commitNow, giveReason, openForm } from '../support/decide.ts';
import { at, deskTest, escalationPath, openDemo, openFirst, REVIEWER } from '../support/desk-test.ts';
import { dropFiles } from '../support/drop.ts';
import { chooseFile } from '../support/keys.ts';
import type { ServedDesk } from '../support/served-desk.ts';

const LOG = '/t/acme-payments/log';
const TRUST = join(projectRoot, 'test', 'fixtures', 'fixtures', 'trust.json');
const FIRST = escalationPath('acme-payments', 'esc-pay-0001');

const focused = (page: Page) => page.locator('[role=row]:focus');
const panel = (page: Page) => page.getByRole('complementary', { name: 'The event' });

/** Opens `esc-pay-0001`, looks at its evidence for a moment and rejects it. */
async function rejectFirst(desk: ServedDesk, page: Page): Promise<void> {
  await openFirst(desk, page);
  await page.keyboard.press('v');
  await expect(page.getByRole('dialog', { name: 'Bytes and details' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await openForm(page, 'r');
  await giveReason(page, 'Checked with the owner by phone.');
  await commitNow(page);
  await expect(page.getByText(/^Rejected, recorded/)).toBeVisible();
}

async function verifyAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Verify all' }).press('Enter');
}

deskTest(
  'the timeline by the keyboard: newest first, the panel follows, the address names the event',
  async ({ desk, page }) => {
    await rejectFirst(desk, page);
    await page.keyboard.type('gu');
    await expect(page.getByRole('heading', { name: 'Audit log', level: 1 })).toBeVisible();
    await expect(focused(page)).toContainText('decision.rejected');
    await expect(focused(page)).toContainText('esc-pay-0001');
    const newest = Number(await focused(page).getByRole('gridcell').first().textContent());
    await expect(page).toHaveURL(new RegExp(`/log/${newest}$`));
    await page.keyboard.press('j');
    await expect(panel(page)).toContainText(`event ${newest - 1}`);
    await expect(page).toHaveURL(new RegExp(`/log/${newest - 1}$`));
    await page.keyboard.press('End');
    await expect(panel(page)).toContainText('event 0');
    await page.keyboard.press('Home');
    await expect(panel(page)).toContainText(`event ${newest}`);
    await page.getByRole('textbox', { name: 'Go to event' }).fill('7');
    await page.keyboard.press('Enter');
    await expect(panel(page)).toContainText('event 7');
    await page.getByRole('textbox', { name: 'Go to event' }).fill('9999');
    await expect(page.getByText('The log has no event 9999.')).toBeVisible();
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('decisions');
    await expect(page.getByRole('row')).toHaveCount(2);
    await page.getByRole('row').nth(1).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'esc-pay-0001', level: 1 })).toBeVisible();
    await page.goBack();
    await expect(panel(page)).toContainText('decision.rejected');
  },
);

deskTest(
  'a decision’s statement says how it was read, who signed and where it stands; its proof is a file that proves it',
  async ({ desk, page }) => {
    await rejectFirst(desk, page);
    await page.getByRole('button', { name: 'Open', exact: true }).press('Enter');
    const card = page.getByRole('region', { name: 'Statement and place in the log' });
    await expect(card).toContainText('proven under the root of');
    await expect(card).toContainText('The reviewer had no open key, so the desk signed.');
    await card.getByRole('link', { name: /^event \d+ of the log$/ }).press('Enter');
    const statement = panel(page).getByRole('region', { name: 'Signed statement' });
    await expect(statement.locator('[data-sign=verified]').first()).toBeVisible();
    await expect(statement).toContainText('rejected');
    await expect(statement, 'the evidence that was opened').toContainText(/1 piece for \d+ s/);
    await expect(statement).toContainText('the desk’s key');
    const place = panel(page).getByRole('region', { name: 'In the log' });
    await expect(place.locator('[data-sign=verified]')).toBeVisible();
    await panel(page).getByRole('button', { name: 'Show bytes' }).press('Enter');
    await expect(page.getByRole('dialog')).toContainText('"kind":"decision.recorded"');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);

    const arriving = page.waitForEvent('download');
    await panel(page).getByRole('button', { name: 'Save proof…' }).press('Enter');
    const download = await arriving;
    const file = join(desk.home, download.suggestedFilename());
    await download.saveAs(file);
    await expect(panel(page)).toContainText('It proves this event without this desk.');
    await dropFiles(page, [file]);
    const page1 = page.getByRole('dialog').getByRole('article');
    await expect(page1.getByRole('heading', { name: 'Proof of one event' })).toBeVisible();
    await expect(page1.locator('[data-sign=failed]')).toHaveCount(0);
    await expect(page1.locator('[data-sign=verified]').first()).toBeVisible();
  },
);

deskTest('each event says in plain words what it is about', async ({ desk, page }) => {
  await openDemo(desk, page, LOG);
  const as = ['--tenant', 'acme-payments', '--as', REVIEWER];
  await desk.json('keys', 'trust', TRUST, ...as);
  await desk.run('retention', 'hold', '--reason', 'Case 12.', ...as);
  await desk.json('export', '--format', 'csv', '--out', join(desk.home, 'all.csv'), ...as);
  await desk.json('backup', join(desk.home, 'all.backup'), ...as);
  await page.reload();
  for (const [kind, said] of [
    ['backup.made', /the ledger at \d+ events, file [0-9a-f]{4} [0-9a-f]{4}/],
    ['export.finished', /40 records, file [0-9a-f]{4} [0-9a-f]{4} · all\.csv/],
    ['hold.legal.set', /everything of this tenant is held/],
    ['trust.pinned', /gate key [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}, by a command/],
    ['import.finished', /40 imported, \d+ packets · vex\.db/],
  ] as const)
    await expect(page.getByRole('row').filter({ hasText: kind }).filter({ hasText: said }).first()).toBeVisible();
  await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Imports and exports' });
  await expect(page.getByRole('row').filter({ hasText: 'trust.pinned' })).toHaveCount(0);
  await expect(page.getByRole('row').filter({ hasText: 'export.finished' })).toBeVisible();
});

deskTest(
  'a checkpoint and a verification of all, and what comes after is not called verified (I6)',
  async ({ desk, page }) => {
    await openDemo(desk, page, LOG);
    await expect(page.getByText('Not verified yet')).toBeVisible();
    await expect(page.getByText('No checkpoint')).toBeVisible();
    await page.getByRole('button', { name: 'Sign a checkpoint' }).press('Enter');
    await expect(page.getByText(/^Checkpoint at \d+$/)).toBeVisible();
    await expect(page.getByText('nothing since')).toBeVisible();
    await verifyAll(page);
    await expect(page.getByText('Log verified')).toBeVisible();
    // Another program writes into the same ledger.
    await desk.json('reject', 'esc-pay-0001', '--tenant', 'acme-payments', '--reason', 'No.', '--as', REVIEWER);
    await expect(page.getByText(/^Verified to event \d+$/)).toBeVisible();
    await expect(page.getByText(/^The log goes on: \d+ newer/)).toBeVisible();
    await expect(focused(page).or(page.getByRole('row').nth(1)).first()).not.toContainText('decision.rejected');
    await page.getByRole('row').nth(1).focus();
    await page.keyboard.press('.');
    await expect(page.getByRole('row').nth(1)).toContainText('decision.rejected');
  },
);

deskTest('a pinned witness’s cosignature comes from a file, and stands over the log', async ({ desk, page }) => {
  await openDemo(desk, page, LOG);
  const known = join(desk.home, 'witness.json');
  writeFileSync(known, JSON.stringify([{ name: 'oslo', purpose: 'witness', public_hex: hexOf(publicKeyOf(WITNESS)) }]));
  await desk.json('keys', 'trust', known, '--tenant', 'acme-payments');
  await page.getByRole('button', { name: 'Sign a checkpoint' }).press('Enter');
  await expect(page.getByText(/^Checkpoint at \d+$/)).toBeVisible();
  const { note } = await desk.json<{ note: string }>(
    'log',
    'checkpoint',
    '--tenant',
    'acme-payments',
    '--as',
    REVIEWER,
  );
  await chooseFile(page, ADD, cosigned(desk, note));
  await expect(page.getByText('The cosignature holds and was added.')).toBeVisible();
  await expect(page.getByText('1 witness')).toBeVisible();
  await page.reload();
  await expect(page.getByText('oslo')).toBeVisible();
});

const ADD = 'Add a witness’s cosignature from a file';
const WITNESS = new Uint8Array(32).fill(7);

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The note with a line that the witness made of it (C2SP tlog-cosignature), as a file. */
function cosigned(desk: ServedDesk, note: string): string {
  const { text, signatures } = readNote(Buffer.from(note)) ?? { text: '', signatures: [] };
  const key = noteKey('witness.example/w1', publicKeyOf(WITNESS), SIGNATURE_TYPE.cosignature);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(1_794_756_000n);
  const sig = signEd25519(WITNESS, Buffer.from(`cosignature/v1\ntime 1794756000\n${text}`));
  const line = { name: key.name, id: key.id, signature: Buffer.concat([time, sig]) };
  const path = join(desk.home, 'cosigned.txt');
  writeFileSync(path, writeNote(text, [...signatures, line]));
  return path;
}

deskTest.describe('a ledger that was changed while no desk ran', () => {
  deskTest.use({ hostGoesAway: true });

  deskTest('a changed byte is found, named, and nothing is decided on such a log', async ({ desk, page }) => {
    await openDemo(desk, page, LOG);
    await verifyAll(page);
    await expect(page.getByText('Log verified')).toBeVisible();
    await desk.end();
    changeLeaf(desk, 3);
    await page.goto(at(await desk.serve(), LOG));
    await verifyAll(page);
    await expect(page.getByText('The log does not hold', { exact: true })).toBeVisible();
    await expect(page.getByRole('heading', { name: /^(One place differs|\d+ places differ)/ })).toBeVisible();
    const broken = page.getByRole('row', { name: /Event 3 does not match its leaf\./ });
    await page.getByRole('textbox', { name: 'Go to event' }).fill('3');
    await page.keyboard.press('Enter');
    await expect(broken).toBeVisible();
    await expect(panel(page)).toContainText('Event 3 does not match its leaf.');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectClean(page, `a broken log, ${colorScheme}`);
    }
    await page.goto(`http://127.0.0.1:${desk.port}${FIRST}`);
    await expect(page.getByRole('alert').filter({ hasText: 'The log does not hold.' })).toBeVisible();
    await expect(page.getByText('Deciding is off: the log does not hold.').first()).toBeVisible();
    await expect(page.getByRole('button', { name: /^Approve…/ })).toBeDisabled();

    await page.getByRole('button', { name: 'Accept with a reason…' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Accept what was found' });
    await expect(dialog.getByRole('button', { name: 'Accept what was found' })).toBeDisabled();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('The disk lost a page; compared with the gateway.');
    await dialog.getByRole('button', { name: 'Accept what was found' }).press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'The log does not hold.' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^Approve…/ })).toBeEnabled();
    await page.keyboard.type('gu');
    await expect(page.getByRole('row').nth(1)).toContainText(/log\.accepted.*accepted with \d+ difference/);
    await expect(page.getByText(/accepted by event \d+$/)).toBeVisible();
  });

  deskTest(
    'I7: a ledger put back to an older copy is noticed, said, and accepted only with a reason',
    async ({ desk, page }) => {
      await openDemo(desk, page, LOG);
      await desk.end();
      const [store, older] = [join(desk.home, 'desk.db'), join(desk.home, 'older.db')];
      copyFileSync(store, older);
      await desk.json('reject', 'esc-pay-0001', '--tenant', 'acme-payments', '--reason', 'No.', '--as', REVIEWER);
      copyFileSync(older, store);
      await page.goto(at(await desk.serve(), FIRST));
      const bar = page.getByRole('alert').filter({ hasText: 'This log is shorter than the one this desk knew.' });
      await expect(bar).toContainText('All that is there is kept.');
      await expect(page.getByRole('button', { name: /^Approve…/ })).toBeDisabled();
      await bar.getByRole('button', { name: 'Accept with a reason…' }).press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Accept this log' });
      await expect(dialog.getByRole('button', { name: 'Accept this log' })).toBeDisabled();
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('The disk failed; restored from the backup of today.');
      await dialog.getByRole('button', { name: 'Accept this log' }).press('Enter');
      await expect(bar).toHaveCount(0);
      await expect(page.getByRole('button', { name: /^Approve…/ })).toBeEnabled();
      await page.keyboard.type('gu');
      await expect(page.getByRole('row').nth(1)).toContainText('log.restored');
      await expect(panel(page)).toContainText('The disk failed; restored from the backup of today.');
    },
  );
});

/** Changes one digit of an event, as someone could who writes into the file by other means. */
function changeLeaf(desk: ServedDesk, seq: number): void {
  const db = new Database(join(desk.home, 'desk.db'));
  try {
    const found = db.prepare('SELECT event_id, leaf FROM ledger_events WHERE seq = ?').get(seq) as Leaf;
    const leaf = Buffer.from(found.leaf.toString('latin1').replace(/"at":"2/, '"at":"1'), 'latin1');
    if (leaf.equals(found.leaf)) throw new Error(`Event ${seq} says no time.`);
    const guards = db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all() as Trigger[];
    for (const { name } of guards) db.exec(`DROP TRIGGER ${name}`);
    db.prepare('UPDATE ledger_events SET leaf = ? WHERE event_id = ?').run(leaf, found.event_id);
    for (const { sql } of guards) db.exec(sql);
  } finally {
    db.close();
  }
}

interface Leaf {
  readonly event_id: number;
  readonly leaf: Buffer;
}

interface Trigger {
  readonly name: string;
  readonly sql: string;
}

deskTest.describe('at 200 % zoom', () => {
  deskTest.use({ viewport: { width: 640, height: 400 } });

  deskTest('nothing scrolls sideways, and the panel can be reached', async ({ desk, page }) => {
    await openDemo(desk, page, LOG);
    await expect(panel(page).getByRole('region', { name: 'In the log' })).toBeVisible();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over).toBeLessThanOrEqual(0);
    const save = panel(page).getByRole('button', { name: 'Save proof…' });
    await save.focus();
    await expect(save).toBeInViewport({ ratio: 1 });
  });
});

for (const scheme of ['light', 'dark'] as const) {
  deskTest.describe(scheme, () => {
    deskTest.use({ colorScheme: scheme });
    deskTest.slow();

    deskTest(`axe finds nothing on the audit log, its bytes and a decided page (${scheme})`, async ({ desk, page }) => {
      await rejectFirst(desk, page);
      await page.getByRole('button', { name: 'Open', exact: true }).press('Enter');
      await expect(page.getByText(/^proven under the root of/)).toBeVisible();
      await expectClean(page, 'decided page');
      await page.keyboard.type('gu');
      await expect(panel(page).getByRole('region', { name: 'In the log' })).toBeVisible();
      await expectClean(page, 'audit log');
      await panel(page).getByRole('button', { name: 'Show bytes' }).press('Enter');
      await expect(page.getByRole('dialog')).toContainText('"kind":"decision.recorded"');
      await expectClean(page, 'bytes');
    });
  });
}
