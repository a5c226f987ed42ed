import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { leafHash } from '../../electron/audit/log/leaf.ts';
import { equalBytes, verifyInclusion } from '../../electron/audit/log/merkle.ts';
import { rootOf } from '../../electron/audit/log/tiles.ts';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import { growLog } from '../audit/memory-tiles.ts';
import { allLogFailures } from '../contract/store/checked.ts';
import {
  CountedIds,
  decisionOn,
  escalation,
  flattened,
  HandClock,
  importRows,
  writing,
} from '../contract/store/makers.ts';
import { signing } from '../contract/store/signing.ts';
import { faultsOf } from './check-store.ts';
import { addOldLog, makeOldStore, OLD } from './old-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const clock = new HandClock();
const ids = new CountedIds();
/** More than are read at once, so that tiles grow over the ends of batches; and no multiple of anything. */
const LONG = 9_001;

describe('a ledger from before there was a tree', () => {
  test('4: its events become the first leaves, in order, of every tenant, and are paged by their kinds', async () => {
    const path = folder.path('third.ledger');
    makeOldStore(path, 3, { clock, ids });
    addOldLog(path, 'beta', LONG);
    const store = await openSqliteStore({ path, clock, ids });
    for (const [tenant, size] of [
      ['acme', 3],
      ['beta', LONG],
    ] as const) {
      const head = await store.logHead(tenant);
      const hashes = (await flattened(store.logRange(tenant, 0, size))).map(({ leaf }) => leafHash(leaf));
      expect([head.size, hashes.length]).toEqual([size, size]);
      expect(equalBytes(head.root, rootOf(growLog(hashes).read, size))).toBe(true);
    }
    const path4097 = await store.inclusionProof('beta', 4097, LONG);
    const { leafSha256 } = (await store.logEvent('beta', 4097)) ?? expect.fail('gone');
    const { root } = await store.logHead('beta');
    const claim = { index: 4097n, size: BigInt(LONG), leafHash: leafSha256, proof: path4097, root };
    expect(verifyInclusion(claim)).toBe(true);
    const kinds = async (kind: string) =>
      (await store.logRows({ tenant: 'acme', kinds: [kind], limit: 9 })).map(({ seq }) => seq);
    expect([await kinds('escalation.recorded'), await kinds('decision.recorded')]).toEqual([[1, 0], [2]]);
    expect(await allLogFailures(store)).toEqual([]);
    await store.close();
    expect(faultsOf(path)).toEqual([]);
  });

  test('4, I7: what is written from then on grows the same tree; older events stay as they were, and readable', async () => {
    const path = folder.path('grows.ledger');
    makeOldStore(path, 3, { clock, ids });
    const store = signing(await openSqliteStore({ path, clock, ids }));
    const before = await store.logHead('acme');
    await importRows(store, writing(clock), [escalation('new')]);
    await store.decide(writing(clock), await decisionOn(store, OLD.active, clock, { pendingId: OLD.pendingId }));
    expect((await store.logHead('acme')).size).toBe(5);
    expect(await store.logRoot('acme', 3)).toEqual(before.root);
    const versions = (await flattened(store.logRange('acme', 0, 5))).map(({ leaf }) => {
      const { kind, v } = JSON.parse(Buffer.from(leaf).toString()) as { kind: string; v: number };
      return `${kind} ${v}`;
    });
    const [RECORDED, DECIDED] = ['escalation.recorded', 'decision.recorded'];
    expect(versions).toEqual([`${RECORDED} 1`, `${RECORDED} 1`, `${DECIDED} 1`, `${RECORDED} 2`, `${DECIDED} 2`]);
    expect(await store.decisionEvent(OLD.decided)).toBe(2);
    expect(await allLogFailures(store)).toEqual([]);
    await store.close();
    expect(faultsOf(path)).toEqual([]);
  });

  test('4: a leaf that was tampered with before does not keep the ledger from opening, and is found', async () => {
    const path = folder.path('tampered.ledger');
    makeOldStore(path, 3, { clock, ids });
    const db = new Database(path);
    db.exec('DROP TRIGGER ledger_events_are_never_edited');
    db.exec("UPDATE ledger_events SET leaf = CAST('{' AS BLOB) WHERE seq = 2");
    db.exec(`CREATE TRIGGER ledger_events_are_never_edited BEFORE UPDATE ON ledger_events
      BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END`);
    db.close();
    const store = await openSqliteStore({ path, clock, ids });
    expect((await allLogFailures(store))[0]).toMatchObject({ place: 'event 2', code: 'LEAF_HASH' });
    await store.close();
  });
});
