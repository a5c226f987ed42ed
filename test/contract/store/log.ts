import { expect, test } from 'vitest';
import { writeCheckpoint } from '../../../electron/audit/head/checkpoint.ts';
import { readNote, writeNote } from '../../../electron/audit/head/note.ts';
import { leafHash } from '../../../electron/audit/log/leaf.ts';
import { equalBytes, verifyConsistency, verifyInclusion } from '../../../electron/audit/log/merkle.ts';
import { rootOf } from '../../../electron/audit/log/tiles.ts';
import type { LedgerStore, StoredCheckpoint } from '../../../electron/store/ledger-store.ts';
import { growLog } from '../../audit/memory-tiles.ts';
import { logFailures } from './checked.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { type Fresh, freshly } from './fresh.ts';
import {
  ADA,
  BOB,
  batchesOf,
  decisionOn,
  escalation,
  evidence,
  flattened,
  importRows,
  keyOf,
  resolvedUpstream,
  uuid,
  writing,
} from './makers.ts';

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );
const kindOf = ({ leaf }: { leaf: Uint8Array }) => (JSON.parse(Buffer.from(leaf).toString()) as { kind: string }).kind;

async function record(made: Fresh, count: number, tenant = 'acme'): Promise<void> {
  const { size } = await made.store.logHead(tenant).catch(() => ({ size: 0 }));
  const rows = Array.from({ length: count }, (_, n) => escalation(`of ${tenant} ${size + n}`));
  await importRows(made.store, writing(made.clock, ADA, tenant), rows);
}

async function leafHashes(store: LedgerStore, tenant = 'acme'): Promise<Uint8Array[]> {
  const { size } = await store.logHead(tenant);
  return (await flattened(store.logRange(tenant, 0, size))).map(({ leaf }) => leafHash(leaf));
}

const keyOfLine = ({ key }: { key: string }) => key;

/** The log's head as a note that one unknown signed. */
async function unsignedHead(store: LedgerStore): Promise<StoredCheckpoint> {
  const { uid, size, root } = await store.logHead('acme');
  const text = writeCheckpoint({ origin: uid, size: BigInt(size), root, extensions: [] });
  const line = { name: 'somebody', id: Buffer.alloc(4), signature: Buffer.alloc(64) };
  return { size, root, note: writeNote(text, [line]), madeAt: '2026-11-15T12:00:00Z' };
}

export function log(open: OpenStore): void {
  const fresh = freshly(open);

  test('I7: its head is the RFC 6962 root over its leaves, whatever sizes the transactions had, and stays what it was', async () => {
    const made = await fresh();
    const { store } = made;
    const heads: { size: number; root: Uint8Array }[] = [];
    for (const count of [1, 2, 253, 1, 255, 1, 300]) {
      await record(made, count);
      heads.push(await store.logHead('acme'));
    }
    const { read } = growLog(await leafHashes(store));
    expect(heads.map(({ size }) => size)).toEqual([1, 3, 256, 257, 512, 513, 813]);
    for (const { size, root } of heads) {
      expect(equalBytes(root, rootOf(read, size))).toBe(true);
      expect(equalBytes(root, await store.logRoot('acme', size))).toBe(true);
    }
    expect((await store.logRoot('acme', 0)).length).toBe(32);
  });

  test('I7: the log of yesterday is a prefix of that of today, and each event is in it: both are proven', async () => {
    const made = await fresh();
    const { store } = made;
    await record(made, 300);
    const yesterday = await store.logHead('acme');
    await record(made, 290);
    const today = await store.logHead('acme');
    const proof = await store.consistencyProof('acme', yesterday.size, today.size);
    const from = { size: BigInt(yesterday.size), root: yesterday.root };
    const to = { size: BigInt(today.size), root: today.root };
    expect(verifyConsistency({ from, to, proof })).toBe(true);
    const hashes = await leafHashes(store);
    for (const [seq, size] of [0, 1, 255, 256, 299, 589].flatMap((seq) =>
      [300, 512, 590].map((size) => [seq, size] as const),
    )) {
      if (seq >= size) continue;
      const path = await store.inclusionProof('acme', seq, size);
      const root = await store.logRoot('acme', size);
      const leaf = hashes[seq] ?? new Uint8Array();
      const inclusion = { index: BigInt(seq), size: BigInt(size), leafHash: leaf, proof: path, root };
      expect([seq, size, verifyInclusion(inclusion)]).toEqual([seq, size, true]);
    }
  });

  test('beyond its end nothing is proven, and of an unknown tenant there is no log', async () => {
    const made = await fresh();
    const { store } = made;
    await record(made, 3);
    for (const call of [
      store.logRoot('acme', 4),
      store.logRoot('acme', -1),
      store.inclusionProof('acme', 3, 3),
      store.inclusionProof('acme', 0, 4),
      store.consistencyProof('acme', 3, 2),
      store.consistencyProof('acme', 0.5, 2),
    ])
      expect(await codeOf(call)).toBe('INVALID_INPUT');
    expect(await store.logEvent('acme', 3)).toBeNull();
    for (const call of [store.logHead('nobody'), store.logEvent('nobody', 0), store.checkpoints('nobody', 1)])
      expect(await codeOf(call)).toBe('NOT_FOUND');
  });

  test('its timeline is newest first, narrowed by kind, and pages from where it ended', async () => {
    const made = await fresh();
    const { store, clock } = made;
    const key = keyOf(escalation('one'));
    await importRows(store, writing(clock), [escalation('one'), escalation('two'), escalation('three')]);
    await store.claim(writing(clock, BOB), { key, untilMs: clock.now() + 1000 });
    await store.decide(writing(clock, BOB), await decisionOn(store, key, clock));
    await store.recordTransfer(writing(clock), { kind: 'import', jobId: uuid(80), counts: {} });
    const rows = await store.logRows({ tenant: 'acme', limit: 10 });
    expect(rows.map(({ seq, escalationId, actor }) => [seq, escalationId, actor])).toEqual([
      [5, null, 'Ada'],
      [4, 'one', 'Bob'],
      [3, 'one', 'Bob'],
      [2, 'three', 'Ada'],
      [1, 'two', 'Ada'],
      [0, 'one', 'Ada'],
    ]);
    const seqs = async (query: object) =>
      (await store.logRows({ tenant: 'acme', limit: 2, ...query })).map(({ seq }) => seq);
    expect([await seqs({}), await seqs({ before: 4 }), await seqs({ before: 0 })]).toEqual([[5, 4], [3, 2], []]);
    const kinds = ['decision.recorded', 'escalation.recorded'];
    expect([await seqs({ kinds }), await seqs({ kinds, before: 2 }), await seqs({ kinds: [] })]).toEqual([
      [4, 2],
      [1, 0],
      [],
    ]);
    expect(await store.decisionEvent(key)).toBe(4);
    expect(await store.decisionEvent(keyOf(escalation('two')))).toBeNull();
    await importRows(store, writing(clock), [resolvedUpstream('two')]);
    expect(await store.decisionEvent(keyOf(escalation('two')))).toBe(6);
  });

  test('an event comes whole: its leaf, its fields with their salts, and which escalation it is about', async () => {
    const made = await fresh();
    const { store, clock } = made;
    await importRows(store, writing(clock), [escalation('one', { evidence: [evidence('packet')] })]);
    const event = (await store.logEvent('acme', 0)) ?? expect.fail('no event');
    expect(equalBytes(leafHash(event.leaf), event.leafSha256)).toBe(true);
    expect(event).toMatchObject({ seq: 0, escalationId: 'one', actor: 'Ada', key: keyOf(escalation('one')) });
    expect(event.fields.map(({ name }) => name)).toEqual(['actor', 'content', 'escalation_id']);
    expect(event.fields.map(({ salt }) => salt?.length)).toEqual([32, 32, 32]);
    expect(Buffer.from(event.fields[2]?.value ?? []).toString()).toBe('"one"');
  });

  test('a range comes in order, in batches that others write between, and ends where it was to end', async () => {
    const made = await fresh();
    const { store } = made;
    await record(made, 900);
    await record(made, 600);
    const seqs: number[] = [];
    for await (const batch of store.logRange('acme', 3, 1400)) {
      seqs.push(...batch.map(({ seq }) => seq));
      if (seqs.length < 600) await record(made, 5);
    }
    expect(seqs).toEqual(Array.from({ length: 1397 }, (_, n) => n + 3));
    expect((await batchesOf(store.logRange('acme', 0, 1500))).length).toBeGreaterThan(1);
    expect(await flattened(store.logRange('acme', 7, 7))).toEqual([]);
  });

  test('signed heads are kept by size, newest first; of one size the one that more have signed', async () => {
    const made = await fresh();
    const { store } = made;
    const head = async (signatures: number) => {
      const { uid, size, root } = await store.logHead('acme');
      const text = writeCheckpoint({ origin: uid, size: BigInt(size), root, extensions: [] });
      const lines = Array.from({ length: signatures }, (_, n) => ({
        name: `witness-${n}`,
        id: Buffer.alloc(4, n),
        signature: Buffer.alloc(64, n),
      }));
      return { size, root, note: writeNote(text, lines), madeAt: '2026-11-15T12:00:00Z' };
    };
    await record(made, 2);
    const [one, two, other] = [await head(1), await head(2), await head(1)];
    for (const checkpoint of [one, two, other]) await store.saveCheckpoint('acme', checkpoint);
    await record(made, 1);
    const later = await head(1);
    await store.saveCheckpoint('acme', later);
    expect(await store.checkpoints('acme', 9)).toEqual([later, two]);
    expect(await store.checkpoints('acme', 1)).toEqual([later]);
    for (const wrong of [
      { ...later, size: 4 },
      { ...later, size: 2 },
      { ...later, root: one.root },
    ])
      expect(await codeOf(store.saveCheckpoint('acme', wrong))).toBe('INTEGRITY_FAILED');
    expect((await logFailures(store, 'acme')).map(({ place, code }) => [place, code])).toEqual([
      ['checkpoint 2', 'CHECKPOINT_NOTE'],
      ['checkpoint 3', 'CHECKPOINT_NOTE'],
    ]);
    made.forgive();
  });

  test('another log than the one remembered is accepted once, by an event that says which and why', async () => {
    const made = await fresh();
    const { store, clock } = made;
    await record(made, 1);
    const write = writing(clock);
    const accepted = { reason: 'The backup of Monday was put back.', remembered: { size: 12, root: 'ab'.repeat(32) } };
    for (const _ of [1, 2]) await store.acceptLog(write, accepted);
    const [event, ...others] = await store.logRows({ tenant: 'acme', kinds: ['log.restored'], limit: 9 });
    expect(others).toEqual([]);
    expect(JSON.parse(Buffer.from(event?.leaf ?? []).toString())).toMatchObject({
      remembered: { size: '12', root: 'ab'.repeat(32) },
    });
  });

  test('a head that is signed on a call is kept once for its key, and the copy is answered with the first', async () => {
    const made = await fresh();
    const { store, clock } = made;
    await record(made, 1);
    const write = writing(clock);
    const first = await store.keepCheckpoint(write, await unsignedHead(store));
    await record(made, 1);
    expect(await store.keepCheckpoint(write, await unsignedHead(store))).toEqual(first);
    expect((await store.checkpoints('acme', 9)).map(({ size }) => size)).toEqual([1]);
    expect(await codeOf(store.keepCheckpoint({ ...write, inputHash: 'ab'.repeat(32) }, first))).toBe('INVALID_INPUT');
    made.forgive();
  });

  test('cosignatures are added beside what came meanwhile, each once, and an event tells of those that are new', async () => {
    const made = await fresh();
    const { store, clock } = made;
    await record(made, 1);
    await store.saveCheckpoint('acme', await unsignedHead(store));
    const by = (n: number) => {
      const line = { name: `w-${n}`, id: Buffer.alloc(4, n), signature: Buffer.alloc(72, n) };
      return { line, name: `Witness ${n}`, key: `0${n}`.repeat(32), at: '2026-11-15T12:00:00Z' };
    };
    const add = (...numbers: number[]) =>
      store.addCosignatures(writing(clock), { size: 1, cosignatures: numbers.map(by) });
    await add(1);
    const both = await add(1, 2);
    expect(await add(2)).toEqual(both);
    expect(readNote(Buffer.from(both.note))?.signatures.map(({ name }) => name)).toEqual(['somebody', 'w-1', 'w-2']);
    const rows = await store.logRows({ tenant: 'acme', kinds: ['cosignature.added'], limit: 9 });
    const keys = rows.map(({ leaf }) => JSON.parse(Buffer.from(leaf).toString()).cosignatures.map(keyOfLine));
    expect(keys.reverse()).toEqual([[by(1).key], [by(2).key]]);
    expect(await codeOf(store.addCosignatures(writing(clock), { size: 7, cosignatures: [by(3)] }))).toBe('NOT_FOUND');
    made.forgive();
  });

  test('I5, S61: in a log that was found broken nothing is decided, corrected or signed, until it is clean or accepted', async () => {
    const made = await fresh();
    const { store, clock } = made;
    await record(made, 2);
    await record(made, 1, 'beta');
    const [one, two] = [0, 1].map((n) => keyOf(escalation(`of acme ${n}`)));
    if (one === undefined || two === undefined) throw new Error('nothing was recorded');
    await store.decide(writing(clock), await decisionOn(store, one, clock));
    const finding = (...codes: string[]) => ({
      at: '2026-11-15T12:00:00.000Z',
      size: 3,
      root: 'ab'.repeat(32),
      failures: codes.map((code) => ({ place: 'event 1', code, detail: 'It differs.' })),
    });
    const decide = async () => codeOf(store.decide(writing(clock), await decisionOn(store, two, clock)));
    const accept = () => store.acceptLog(writing(clock), { reason: 'It is known.', remembered: null });
    await store.saveLogVerdict('acme', finding('FIELD', 'LEAF_HASH'), false);
    expect(await store.logVerdict('acme')).toEqual({ ...finding('FIELD', 'LEAF_HASH'), accepted: null });
    expect(await decide()).toBe('INTEGRITY_FAILED');
    expect(await codeOf(store.correct(writing(clock), { key: one, reason: 'No.' }))).toBe('INTEGRITY_FAILED');
    expect(await codeOf(store.saveCheckpoint('acme', await unsignedHead(store)))).toBe('INTEGRITY_FAILED');
    expect(await store.logVerdict('beta')).toBeNull();
    await accept();
    const accepted = (await store.logVerdict('acme'))?.accepted;
    expect(JSON.parse(String(Buffer.from((await store.logEvent('acme', Number(accepted)))?.leaf ?? [])))).toMatchObject(
      {
        kind: 'log.accepted',
        differences: 2,
        verified: { size: '3' },
      },
    );
    // What is found again is what was accepted; what is new, or may be, is not.
    await store.saveLogVerdict('acme', finding('FIELD'), false);
    expect((await store.logVerdict('acme'))?.accepted).toBe(accepted);
    await store.saveLogVerdict('acme', finding('FIELD'), true);
    expect(await decide()).toBe('INTEGRITY_FAILED');
    await accept();
    await store.saveLogVerdict('acme', finding('FIELD', 'SETTINGS'), false);
    expect(await decide()).toBe('INTEGRITY_FAILED');
    await store.saveLogVerdict('acme', finding(), false);
    await store.decide(writing(clock), await decisionOn(store, two, clock));
    const before = (await store.logHead('acme')).size;
    await accept();
    expect((await store.logHead('acme')).size).toBe(before);
  });

  test('I5: each tenant has a log of its own', async () => {
    const made = await fresh();
    const { store } = made;
    await record(made, 5);
    const before = await store.logHead('acme');
    await record(made, 7, 'beta');
    expect(await store.logHead('acme')).toEqual(before);
    expect((await store.logHead('beta')).size).toBe(7);
    expect(
      (await store.logRows({ tenant: 'beta', limit: 99 })).every(({ escalationId }) =>
        escalationId?.startsWith('of beta'),
      ),
    ).toBe(true);
  });

  test('I2: what fails or is rehearsed leaves the log and its tree as they were', async () => {
    const made = await fresh();
    const { store, clock } = made;
    await record(made, 256);
    const before = await store.logHead('acme');
    const rows = [escalation('good'), escalation('bad', {}, { escalation_event_id: 'no uuid' })];
    await expect(importRows(store, writing(clock), rows)).rejects.toThrow();
    await importRows(store, writing(clock), [escalation('good')], { dryRun: true });
    expect(await store.logHead('acme')).toEqual(before);
  });

  test('verifying goes on beside writes, says how far it is, and finds nothing in what is right', async () => {
    const made = await fresh();
    const { store, clock } = made;
    await record(made, 700);
    let steps = 0;
    for await (const { done, total, failures } of store.checkLog('acme')) {
      expect([failures, done <= total]).toEqual([[], true]);
      steps += 1;
      if (steps > 4) continue;
      await record(made, 40);
      await importRows(store, writing(clock), [resolvedUpstream('of acme 0')]);
    }
    expect(steps).toBeGreaterThan(3);
    expect(await codeOf(logFailures(store, 'nobody'))).toBe('NOT_FOUND');
    expect(kindOf((await store.logEvent('acme', 700)) ?? expect.fail('gone'))).toBe('escalation.recorded');
  });
}
