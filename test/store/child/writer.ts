/**
 * A process that writes without end until it is killed: `writer.ts STORE SEED`. For each operation it prints a line of
 * JSON, but only once the store has acknowledged it; whatever stands in a whole line must never be lost (I1).
 */
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../../electron/store/sqlite/open.ts';
import { gateKey, judge } from '../../contract/store/judge-makers.ts';
import { decisionOn, escalation, evidence, keyOf, request, resolvedUpstream } from '../../contract/store/makers.ts';
import { signing } from '../../contract/store/signing.ts';
import { systemClock, systemIds } from './system.ts';

const [path = '', seed = ''] = process.argv.slice(2);
const store = signing(await openSqliteStore({ path, clock: systemClock, ids: systemIds }));
const by = systemIds.uuid();
const write = () => ({ tenant: 'acme', by, idempotencyKey: systemIds.uuid(), inputHash: seed, now: systemClock.now() });
const acknowledge = (did: object) => writeSync(1, `${JSON.stringify(did)}\n`);
acknowledge({ did: 'opened' });

for (let n = 0; ; n += 1) {
  const ids = [0, 1, 2].map((at) => `${seed}-${n}-${at}`);
  const rows = ids.map((id) =>
    escalation(id, { request: request(), evidence: [evidence(id.repeat(n % 7 === 0 ? 9_000 : 50))] }),
  );
  await store.recordBatch({ ...write(), rows, sourceRows: [], unattached: [], jobId: null, dryRun: false });
  acknowledge({ did: 'recorded', ids });
  const [first = '', second = '', third = ''] = ids;
  const key = keyOf(escalation(first));
  await store.claim(write(), { key, untilMs: systemClock.now() + 60_000 });
  acknowledge({ did: 'claimed', ids: [first] });
  await store.decide(write(), await decisionOn(store, key, systemClock));
  acknowledge({ did: 'decided', ids: [first] });
  await store.recordBatch({
    ...write(),
    rows: [resolvedUpstream(second)],
    sourceRows: [],
    unattached: [],
    jobId: null,
    dryRun: false,
  });
  acknowledge({ did: 'updated', ids: [second] });
  await judge(store, keyOf(escalation(third)), systemClock, n % 2 === 0 ? 'failed' : 'verified');
  acknowledge({ did: 'judged', ids: [third] });
  const name = `${seed}-${n}`;
  await store.pinTrust(write(), [
    { source: 'typed', entry: gateKey(Number(seed) * 10_000 + n, { name }), confirmed: 'typed' },
  ]);
  acknowledge({ did: 'pinned', ids: [name] });
  const entryId = (await store.trust('acme')).entries.find(({ entry }) => entry.name === name)?.entry_id ?? '';
  await store.endTrust(write(), { entryId, status: 'revoked', reason: 'It was lost.' });
  acknowledge({ did: 'revoked', ids: [name] });
}
