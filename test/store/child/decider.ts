/**
 * A process that decides what it is told to, as fast as it can: `decider.ts STORE NAME ID...`. It waits for a line on
 * standard input, so that several start at once; prints one line of JSON for each answer, after the answer.
 */
import { once } from 'node:events';
import { openSqliteStore } from '../../../electron/store/sqlite/open.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { decisionOn, escalation, keyOf } from '../../contract/store/makers.ts';
import { signing } from '../../contract/store/signing.ts';
import { systemClock, systemIds } from './system.ts';

const [path = '', name = '', ...ids] = process.argv.slice(2);
const store = signing(await openSqliteStore({ path, clock: systemClock, ids: systemIds }));
const by = systemIds.uuid();
const write = () => ({ tenant: 'acme', by, idempotencyKey: systemIds.uuid(), inputHash: name, now: systemClock.now() });
process.stdout.write('"ready"\n');
await once(process.stdin, 'data');

for (const id of ids) {
  const key = keyOf(escalation(id));
  process.stdout.write(`${JSON.stringify({ id, code: await decide(key) })}\n`);
  const own = escalation(`${name}-${id}`);
  await store.recordBatch({ ...write(), rows: [own], sourceRows: [], unattached: [], jobId: null, dryRun: false });
  process.stdout.write(`${JSON.stringify({ id: own.record.escalation_id, code: 'recorded' })}\n`);
}
await store.close();
process.stdin.destroy();

/** What became of the decision; a view that another one made stale is read again, as a reviewer would. */
async function decide(key: ReturnType<typeof keyOf>): Promise<string> {
  const decision = await decisionOn(store, key, systemClock, { reason: `${name} says no.`, reviewer: name });
  try {
    await store.decide(write(), decision);
    return 'decided';
  } catch (error) {
    if (error instanceof DeskError) return error.code;
    throw error;
  }
}
