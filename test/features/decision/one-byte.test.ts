import { readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OwnKey } from '../../../shared/contract/keys.ts';
import { PACKET } from '../../hosts/test-desk.ts';
import { isSound, type JudgedDesk, openJudgedDesk, PATIENTLY, waiting } from '../evidence/judged-desk.ts';

const SOUND = waiting(isSound);
const HOLD_MS = 10_000;
type Form = Parameters<JudgedDesk['client']['decision']['hold']>[0]['form'];
const SEALED: Form = { outcome: 'approved', reason: 'Yes.', resolution: { kind: 'seal' } };

/** One changed byte after display blocks the signature and the record, wherever it lies (I9, S68). */
describe('one byte that changed after it was shown', () => {
  let desk: JudgedDesk;
  let key: OwnKey;
  beforeEach(async () => {
    desk = await openJudgedDesk();
    key = await desk.client.keys.make({ ...desk.acting(), name: 'Ada' });
    await desk.atRest();
  });
  afterEach(() => desk.close());

  const show = () => desk.client.escalation.get(SOUND);
  async function input(form: Form) {
    const { escalation } = await show();
    return { ...desk.acting(), ...SOUND, view_sha256: escalation.view_sha256, form };
  }
  async function hold(form: Form): Promise<void> {
    await desk.client.decision.hold(await input(form));
    // The desk's own key, made on first need, lets the tenant's evidence be verified again.
    await desk.atRest();
  }
  /** Changes the store's file behind the desk's back. */
  function tamper(change: (db: Database.Database) => void): void {
    const db = new Database(desk.store);
    change(db);
    db.close();
  }
  async function packetSha(): Promise<string> {
    return (await show()).reports.find(({ kind }) => kind === 'vep')?.sha256 ?? '';
  }
  async function endedAsDraft(): Promise<void> {
    desk.clock.pass(HOLD_MS);
    await vi.waitFor(
      async () =>
        expect(await desk.client.decision.draft({ ...SOUND, by: desk.by })).toMatchObject({
          saved_because: 'conflict',
        }),
      PATIENTLY,
    );
  }
  async function nothingRecorded(): Promise<void> {
    const { escalation, pending } = await show();
    expect(escalation.decision).toBeNull();
    expect(escalation.record.status).toBe('ESCALATED');
    expect(escalation.evidence.some(({ role }) => role === 'resolution')).toBe(false);
    expect(pending).toBeNull();
  }
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => 'done',
      (error: { code: string }) => error.code,
    );

  it('in the stored evidence: the hold ends as a draft, and the page says that the bytes are not the ones that came', async () => {
    const sha256 = await packetSha();
    await hold(SEALED);
    tamper((db) => flipBlob(db, sha256));
    await endedAsDraft();
    expect(desk.lines.join('\n')).toContain('INTEGRITY_FAILED');
    await nothingRecorded();
    expect((await show()).reports.find((report) => report.sha256 === sha256)?.checks).toMatchObject([
      { name: 'structure', verdict: 'failed', code: 'BYTES_CHANGED' },
    ]);
  });

  it('in the stored evidence before the decision is sent: it is refused, and no override helps', async () => {
    const sha256 = await packetSha();
    const asked = await input({ ...SEALED, overrides: ['structure', 'root', 'signature'] } as Form);
    tamper((db) => flipBlob(db, sha256));
    expect(await codeOf(desk.client.decision.decide(asked))).toBe('INTEGRITY_FAILED');
    expect(await codeOf(desk.client.decision.hold({ ...asked, ...desk.acting() }))).toBe('INTEGRITY_FAILED');
    await nothingRecorded();
  });

  it('in what a source’s row said: every piece is read again, the unjudged ones too', async () => {
    const row = (await show()).escalation.evidence.find(({ kind }) => kind === 'source-row');
    await hold(SEALED);
    tamper((db) => flipBlob(db, row?.sha256 ?? ''));
    await endedAsDraft();
    await nothingRecorded();
  });

  it.each([
    ['record', /"timestamp":"2026/, '"timestamp":"2025'],
    ['request', /"target":"/, '"target":"x'],
  ])('in the stored %s: another view, nothing recorded', async (column, from, to) => {
    await hold(SEALED);
    tamper((db) => {
      const id = Buffer.from(SOUND.id);
      const { body } = db.prepare(`SELECT ${column} AS body FROM escalations WHERE id = ?`).get(id) as { body: Buffer };
      const changed = Buffer.from(body.toString('utf8').replace(from, to));
      expect(changed).not.toEqual(body);
      db.prepare(`UPDATE escalations SET ${column} = ? WHERE id = ?`).run(changed, id);
    });
    await endedAsDraft();
    await nothingRecorded();
  });

  it('in the verdict that the store keeps: it is found again, and what was shown is no longer there', async () => {
    tamper((db) => {
      const judged = "report IS NOT NULL AND kind = 'vep'";
      const lies = 'CAST(replace(CAST(report AS TEXT), \'"unchecked"\', \'"verified"\') AS BLOB)';
      db.prepare(`UPDATE evidence SET report = ${lies}, verdict = 'verified' WHERE ${judged}`).run();
      db.prepare("UPDATE escalations SET verdict = 'verified' WHERE verdict = 'unchecked'").run();
    });
    const lie = await input(SEALED);
    expect((await show()).escalation.evidence.find(({ kind }) => kind === 'vep')?.verdict).toBe('verified');
    expect(await codeOf(desk.client.decision.decide(lie))).toBe('CONFLICT');
    expect((await show()).escalation.evidence.find(({ kind }) => kind === 'vep')?.verdict).toBe('unchecked');
    await nothingRecorded();
  });

  it('in the digest of the view that is sent', async () => {
    const asked = await input(SEALED);
    const other = asked.view_sha256.replace(/^./, (first) => (first === '0' ? '1' : '0'));
    expect(await codeOf(desk.client.decision.decide({ ...asked, view_sha256: other }))).toBe('CONFLICT');
    expect(await codeOf(desk.client.decision.hold({ ...asked, view_sha256: other }))).toBe('CONFLICT');
    await nothingRecorded();
  });

  it('in a staged packet between hold and commit: what is recorded is what was held', async () => {
    const path = desk.write(bytesOf(PACKET));
    const packet: Form = {
      outcome: 'approved',
      reason: 'Yes.',
      resolution: { kind: 'packet', staged: desk.stage(path) },
      overrides: ['signature', 'escalation', 'aid', 'nonce'],
    };
    await hold(packet);
    writeFileSync(path, flipped(bytesOf(PACKET)));
    desk.clock.pass(HOLD_MS);
    await vi.waitFor(async () => expect((await show()).escalation.decision).not.toBeNull(), PATIENTLY);
    const { base64 } = await desk.client.escalation.evidence(SOUND);
    expect(Buffer.from(base64, 'base64')).toEqual(bytesOf(PACKET));
  });

  it('in the packet that the hold keeps: it is not the one that was shown', async () => {
    const staged = desk.stage(PACKET);
    const packet: Form = {
      outcome: 'approved',
      reason: 'Yes.',
      resolution: { kind: 'packet', staged },
      overrides: ['signature', 'escalation', 'aid', 'nonce'],
    };
    await hold(packet);
    tamper((db) => {
      const { decision } = db.prepare('SELECT decision FROM pending_decisions').get() as { decision: Uint8Array };
      const held = JSON.parse(Buffer.from(decision).toString('utf8')) as { resolution: { packet: { bytes: string } } };
      held.resolution.packet.bytes = flipped(Buffer.from(held.resolution.packet.bytes, 'base64')).toString('base64');
      db.prepare('UPDATE pending_decisions SET decision = ?').run(Buffer.from(JSON.stringify(held)));
    });
    await endedAsDraft();
    await nothingRecorded();
  });

  it('in the key: what it signs does not verify, and is not kept', async () => {
    await hold(SEALED);
    tamper((db) => {
      const publicKey = Buffer.from(key.public_hex, 'hex');
      const other = flipped(publicKey);
      const named = `CAST(replace(CAST(body AS TEXT), '${key.public_hex}', '${other.toString('hex')}') AS BLOB)`;
      const changed = db.prepare(`UPDATE own_keys SET public_key = ?, body = ${named} WHERE public_key = ?`);
      expect(changed.run(other, publicKey).changes).toBe(1);
    });
    await endedAsDraft();
    await nothingRecorded();
  });
});

function bytesOf(path: string): Buffer {
  return readFileSync(path);
}

/** The same bytes but for the lowest bit of the one in the middle. */
function flipped(bytes: Buffer): Buffer {
  const other = Buffer.from(bytes);
  const middle = other.length >> 1;
  other.writeUInt8(other.readUInt8(middle) ^ 1, middle);
  return other;
}

function flipBlob(db: Database.Database, sha256: string): void {
  const digest = Buffer.from(sha256, 'hex');
  const row = db.prepare('SELECT blob_id, body FROM blobs WHERE sha256 = ?').get(digest) as {
    blob_id: number;
    body: Buffer | null;
  };
  if (row.body !== null) {
    db.prepare('UPDATE blobs SET body = ? WHERE blob_id = ?').run(flipped(row.body), row.blob_id);
    return;
  }
  const piece = db.prepare('SELECT body FROM blob_pieces WHERE blob_id = ? AND n = 0').get(row.blob_id) as {
    body: Buffer;
  };
  db.prepare('UPDATE blob_pieces SET body = ? WHERE blob_id = ? AND n = 0').run(flipped(piece.body), row.blob_id);
}
