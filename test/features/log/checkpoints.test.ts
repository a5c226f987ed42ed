import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeCheckpoint } from '../../../electron/audit/head/checkpoint.ts';
import { noteKey, readNote, SIGNATURE_TYPE, writeNote } from '../../../electron/audit/head/note.ts';
import { leafHash } from '../../../electron/audit/log/leaf.ts';
import { nodeHash } from '../../../electron/audit/log/merkle.ts';
import { verifyCheckpointFile, verifyProofFile } from '../../../electron/audit/verify/verify-head.ts';
import { publicKeyOf, signEd25519 } from '../../../electron/evidence/trust/ed25519.ts';
import { sidesOf } from '../../../electron/features/log/event.ts';
import { sha256Hex } from '../../../electron/features/writing.ts';
import { decodeHex, encodeHex } from '../../../shared/domain/hex.ts';
import { type LogDesk, openLogDesk, PATIENTLY, refusal, TENANT } from './log-desk.ts';

const DAY_MS = 24 * 60 * 60_000;
const WITNESS = witness(7);

function witness(n: number) {
  const seed = new Uint8Array(32).fill(n);
  return { seed, publicKey: publicKeyOf(seed), hex: encodeHex(publicKeyOf(seed)) };
}

describe('the head of the log', () => {
  let desk: LogDesk;
  beforeEach(async () => {
    desk = await openLogDesk();
    await desk.decide();
  });
  afterEach(() => desk.close());

  const head = () => desk.client.log.head({ tenant: TENANT });
  const sign = () => desk.client.log.checkpoint(desk.acting());
  const stored = async () => (await desk.desk.main.store.checkpoints(TENANT, 100)).map(({ size }) => size);

  it('is signed with the desk’s key as a checkpoint that others can verify, and says since when it is due', async () => {
    const before = await head();
    expect(before).toMatchObject({ checkpoint: null, remembered: 'none', verified: null });
    expect(before.due_since).toBe((await desk.client.log.get({ tenant: TENANT, seq: '0' })).row.at);
    const signed = await sign();
    expect(signed).toMatchObject({ size: before.size, root: before.root, witnesses: [] });
    const report = verifyCheckpointFile(Buffer.from(signed.note), { trust: await desk.trust(), previous: null });
    expect(report).toMatchObject({ verdict: 'verified', root: before.root });
    expect(await head()).toMatchObject({ checkpoint: signed, due_since: null });
  });

  it('is signed once for what it is, and anew when something came', async () => {
    const first = await sign();
    expect(await sign()).toEqual(first);
    await desk.decide();
    const second = await sign();
    expect(Number(second.size)).toBeGreaterThan(Number(first.size));
    expect(await stored()).toEqual([Number(second.size), Number(first.size)]);
  });

  it('is signed once for a key, whatever came since: the copy of the call is answered with the first', async () => {
    const call = desk.acting();
    const first = await desk.client.log.checkpoint(call);
    await desk.decide();
    expect(await desk.client.log.checkpoint(call)).toEqual(first);
    expect(await stored()).toEqual([Number(first.size)]);
  });

  it('gets the signature of the desk’s new key beside the old one’s', async () => {
    const first = await sign();
    const { trust } = await desk.client.keys.list({ tenant: TENANT });
    const own = trust.find(({ entry }) => entry.purpose === 'desk')?.entry_id ?? '';
    await desk.client.keys.retire({ ...desk.acting(), entry_id: own });
    const second = await sign();
    expect(second.key).not.toBe(first.key);
    expect(Number(second.size)).toBeGreaterThan(Number(first.size));
    const report = verifyCheckpointFile(Buffer.from(second.note), { trust: await desk.trust(), previous: null });
    expect(report.verdict).toBe('verified');
  });

  it.each([
    ['of another root', (note: string) => note, `UPDATE checkpoints SET root = zeroblob(32)`],
    ['whose note says another head', (note: string) => note.replace(/\n[0-9]+\n/, '\n1\n'), null],
  ])('S61: is never signed after a kept checkpoint %s', async (_name, change, sql) => {
    const first = await sign();
    desk.tamper((db) => {
      if (sql !== null) db.exec(sql);
      else db.prepare('UPDATE checkpoints SET note = ?').run(change(first.note));
    });
    await desk.decide();
    expect(await refusal(sign())).toMatchObject({
      code: 'INTEGRITY_FAILED',
      message: expect.stringMatching(/Nothing was signed/),
    });
    expect(await stored()).toEqual([Number(first.size)]);
  });

  it('is signed daily while the desk runs, by itself', async () => {
    // Its first look is over when the desk is open; the next one is ten minutes later.
    expect(await stored()).toEqual([]);
    desk.clock.pass(DAY_MS);
    await vi.waitFor(async () => expect(await stored()).toHaveLength(1), PATIENTLY);
    const { clock } = desk;
    clock.pass(DAY_MS);
    await clock.waitsFor(5000);
    expect(await stored()).toHaveLength(1);
  });

  describe('witnesses', () => {
    const entry = { name: 'A witness', purpose: 'witness', public_hex: WITNESS.hex } as const;
    /** The note with a line that a witness made of it (C2SP tlog-cosignature). */
    function cosigned(note: string, by = WITNESS, spoil = false): string {
      const { text, signatures } = readNote(Buffer.from(note)) ?? { text: '', signatures: [] };
      const key = noteKey('witness.example/w1', by.publicKey, SIGNATURE_TYPE.cosignature);
      const time = Buffer.alloc(8);
      time.writeBigUInt64BE(1_794_756_000n);
      const message = Buffer.from(`cosignature/v1\ntime 1794756000\n${text}${spoil ? 'x' : ''}`);
      const signature = Buffer.concat([time, signEd25519(by.seed, message)]);
      return writeNote(text, [...signatures, { name: key.name, id: key.id, signature }]);
    }
    const add = (note: string) => {
      writeFileSync(desk.file('cosigned.txt'), note);
      return desk.client.log.cosign({ ...desk.acting(), staged: desk.stage(desk.file('cosigned.txt')) });
    };

    it('add their cosignatures from a note file, each once', async () => {
      await desk.pin(entry);
      const { note } = await sign();
      const both = await add(cosigned(note));
      expect(both.witnesses).toEqual([{ name: 'A witness', at: '2026-11-15T15:20:00Z' }]);
      expect(await add(cosigned(note))).toEqual(both);
      expect((await head()).checkpoint?.witnesses).toHaveLength(1);
      const report = verifyCheckpointFile(Buffer.from(both.note), { trust: await desk.trust(), previous: null });
      expect(report.checks[0]?.detail).toContain('Cosigned by A witness');
    });

    it('are an event that names key and line, once, and a copy of the call adds nothing', async () => {
      await desk.pin(entry);
      const { note, size } = await sign();
      writeFileSync(desk.file('cosigned.txt'), cosigned(note));
      const call = desk.acting();
      const cosign = () => desk.client.log.cosign({ ...call, staged: desk.stage(desk.file('cosigned.txt')) });
      const both = await cosign();
      expect(await cosign()).toEqual(both);
      const { rows } = await desk.client.log.list({ tenant: TENANT, kinds: ['cosignature.added'], limit: 9 });
      expect(rows).toHaveLength(1);
      const { leaf } = await desk.client.log.get({ tenant: TENANT, seq: rows[0]?.seq ?? '' });
      const cosigned_at = '2026-11-15T15:20:00Z';
      const key = sha256Hex(WITNESS.publicKey);
      expect(JSON.parse(leaf)).toMatchObject({ size, root: both.root, cosignatures: [{ key, cosigned_at }] });
      // Another file under the same key is another call.
      writeFileSync(desk.file('cosigned.txt'), cosigned(both.note, witness(8)));
      expect(await refusal(cosign())).toMatchObject({ code: 'INVALID_INPUT' });
      const { job_id } = await desk.client.log.verify(desk.acting());
      expect((await desk.ended(job_id)).log_result).toMatchObject({ verified: true });
      desk.tamper((db) => db.prepare('UPDATE checkpoints SET note = ?').run(note));
      const again = await desk.client.log.verify(desk.acting());
      expect((await desk.ended(again.job_id)).log_result?.failures).toMatchObject([{ code: 'COSIGNATURE' }]);
    });

    it('that nobody pinned, whose line does not hold, or of another head are refused', async () => {
      const { note } = await sign();
      expect(await refusal(add(cosigned(note)))).toMatchObject({ code: 'INTEGRITY_FAILED' });
      await desk.pin(entry);
      expect(await refusal(add(cosigned(note, WITNESS, true)))).toMatchObject({ code: 'INTEGRITY_FAILED' });
      const { origin } = await head();
      const other = writeCheckpoint({ origin, size: 1n, root: new Uint8Array(32), extensions: [] });
      const lines = readNote(Buffer.from(note))?.signatures ?? [];
      expect(await refusal(add(cosigned(writeNote(other, lines))))).toMatchObject({ code: 'INTEGRITY_FAILED' });
      expect(await refusal(add('no note'))).toMatchObject({ code: 'INTEGRITY_FAILED' });
      expect((await head()).checkpoint?.witnesses).toEqual([]);
    });
  });

  describe('proofs of events', () => {
    const prove = (what: object, name = 'a.proof') =>
      desk.client.log.prove({ ...desk.acting(), target: desk.target(name), ...what });
    const judged = async (name = 'a.proof') =>
      verifyProofFile(readFileSync(desk.file(name)), { trust: await desk.trust(), previous: null });

    it('of an escalation are those of its decision, and while there is none, of its recording', async () => {
      const id = await desk.record();
      await prove({ escalation: { tenant: TENANT, id } }, 'recorded.proof');
      expect((await judged('recorded.proof')).checks.map(({ name }) => name)).toEqual(['checkpoint', 'inclusion']);
      await desk.client.decision.decide(await desk.rejecting(id));
      const proof = await prove({ escalation: { tenant: TENANT, id } });
      const bytes = readFileSync(desk.file('a.proof'));
      expect(proof).toMatchObject({ file: 'a.proof', bytes: bytes.length });
      const report = await judged();
      expect(report.verdict).toBe('verified');
      expect(report.checks.map(({ name }) => name)).toEqual(['checkpoint', 'inclusion', 'statement']);
    });

    it('of any event verify, and no changed byte does', async () => {
      const { size } = await head();
      for (let seq = 0; seq < Number(size); seq += 1) {
        await prove({ seq: String(seq) }, `${seq}.proof`);
        expect((await judged(`${seq}.proof`)).verdict).toBe('verified');
      }
      const context = { trust: await desk.trust(), previous: null };
      const bytes = readFileSync(desk.file('1.proof'));
      for (let at = 0; at < bytes.length; at += 11) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 1;
        expect(verifyProofFile(changed, context).verdict).not.toBe('verified');
      }
    });

    it('name what there is: another event is NOT_FOUND, none named INVALID_INPUT, and a file that is there stays', async () => {
      expect(await refusal(prove({ seq: '999' }))).toMatchObject({ code: 'NOT_FOUND' });
      expect(await refusal(prove({}))).toMatchObject({ code: 'INVALID_INPUT' });
      await prove({ seq: '0' });
      expect(() => desk.target('a.proof')).toThrow(expect.objectContaining({ code: 'ALREADY_EXISTS' }));
    });

    it('are shown in the window as a path that climbs to the root', async () => {
      for (let n = 0; n < 5; n += 1) await desk.record();
      const { size } = await head();
      for (let seq = 0; seq < Number(size); seq += 1) {
        const { leaf, inclusion } = await desk.client.log.get({ tenant: TENANT, seq: String(seq) });
        expect(inclusion.verdict).toBe('verified');
        const top = inclusion.path.reduce(
          (hash, { side, hash: hex }) => {
            const sibling = decodeHex(hex) ?? new Uint8Array();
            return side === 'left' ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
          },
          leafHash(Buffer.from(leaf)),
        );
        expect(encodeHex(top)).toBe(inclusion.root);
      }
      expect(sidesOf(0, 1)).toEqual([]);
    });
  });

  it('has its events page by page, newest first, narrowed by kind', async () => {
    for (let n = 0; n < 6; n += 1) await desk.decide();
    const { size } = await head();
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await desk.client.log.list({
        tenant: TENANT,
        limit: 4,
        ...(before === undefined ? {} : { before }),
      });
      expect(page.size).toBe(size);
      seen.push(...page.rows.map(({ seq }) => seq));
      before = page.next_before ?? undefined;
    } while (before !== undefined);
    expect(seen).toEqual(Array.from({ length: Number(size) }, (_, n) => String(Number(size) - 1 - n)));
    const { rows } = await desk.client.log.list({ tenant: TENANT, kinds: ['decision.recorded'], limit: 500 });
    expect(rows).toHaveLength(7);
    expect(rows[0]).toMatchObject({ kind: 'decision.recorded', outcome: 'rejected', actor: 'Ada Lovelace' });
    expect(rows[0]?.escalation?.id).toMatch(/^esc-/);
  });
});
