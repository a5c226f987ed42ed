import { hash } from 'node:crypto';
import { writeCheckpoint } from '../../electron/audit/head/checkpoint.ts';
import { noteKey, signNote } from '../../electron/audit/head/note.ts';
import { publicKeyOf, signEd25519 } from '../../electron/evidence/trust/ed25519.ts';
import type { LedgerStore, StoredCheckpoint, StoredOwnKey } from '../../electron/store/ledger-store.ts';
import { gateKey, judge } from '../contract/store/judge-makers.ts';
import {
  ADA,
  approval,
  BOB,
  decisionOn,
  escalation,
  evidence,
  type HandClock,
  importRows,
  keyOf,
  MINUTE,
  minutes,
  request,
  resolvedUpstream,
  uuid,
  writing,
} from '../contract/store/makers.ts';
import { scheduled } from '../contract/store/scheduling.ts';

const SEED = hash('sha256', 'seed of the desk', 'buffer');
const DESK_KEY = publicKeyOf(SEED);
/** More than a tile's width, so that the tree has two levels. */
const MANY = 240;

function ownKey(n: number, parts: Partial<StoredOwnKey> = {}): StoredOwnKey {
  return {
    key_id: uuid(500 + n),
    profile_id: ADA,
    name: `Key ${n}`,
    purpose: 'reviewer',
    public_hex: hash('sha256', `own key ${n}`),
    status: 'in-use',
    protection: 'keyring',
    made_at: minutes(0),
    ended_at: null,
    reason: null,
    backed_up_at: null,
    sealed: Buffer.from(`sealed ${n}`),
    ...parts,
  };
}

/** The key that `headOf` signs with, as the desk's own. */
export function deskKey(): StoredOwnKey {
  return ownKey(1, { profile_id: null, purpose: 'desk', public_hex: Buffer.from(DESK_KEY).toString('hex') });
}

/** The head of the tenant's log as it is now, signed by the desk whose key is `deskKey`. */
export async function headOf(store: LedgerStore, tenant: string): Promise<StoredCheckpoint> {
  const { uid, size, root } = await store.logHead(tenant);
  const origin = `vex-review-desk/log/${uid}`;
  const text = writeCheckpoint({ origin, size: BigInt(size), root, extensions: [] });
  const note = signNote(text, noteKey(origin, DESK_KEY), (message) => signEd25519(SEED, message));
  return { size, root, note, madeAt: minutes(0) };
}

/** Tells a ledger of two tenants in which every table of the log has rows of every sort; `store` signs. */
export async function fillLedger(store: LedgerStore, clock: HandClock): Promise<void> {
  const write = (by: string = ADA, tenant = 'acme') => writing(clock, by, tenant);
  await importRows(store, write(BOB, 'beta'), [escalation('of beta', { evidence: [evidence('of beta')] })]);
  await importRows(store, write(), []);
  await store.addOwnKey(write(), deskKey());
  await store.addOwnKey(write(), ownKey(2));
  await store.addOwnKey(write(), ownKey(3), uuid(502));
  await store.addOwnKey(write(), ownKey(4));
  await store.updateOwnKey(write(), uuid(504), { revoked: { reason: 'It was lost.' } });
  await tellEscalations(store, clock);
  await tellKeys(store, clock);
  const settings = await store.settings('acme');
  await store.saveSettings(write(), { ...settings, sla_minutes: 90 });
  await store.saveCheckpoint('acme', await headOf(store, 'acme'));
  await tellDecisions(store, clock);
  const rows = Array.from({ length: MANY }, (_, n) => escalation(`one of many ${n}`));
  await importRows(store, write(), rows);
  await store.saveCheckpoint('acme', await headOf(store, 'acme'));
  await tellKeeping(store, clock);
  await tellOrders(store, clock);
}

/** A scheduled export, and a head that a witness saw. */
async function tellOrders(store: LedgerStore, clock: HandClock): Promise<void> {
  const write = () => writing(clock);
  for (const n of [1, 2]) await store.saveSchedule(write(), scheduled(n), true);
  await store.removeSchedule(write(), scheduled(2).scheduleId);
  const head = await headOf(store, 'acme');
  await store.saveCheckpoint('acme', head);
  const line = { name: 'a-witness', id: Buffer.alloc(4, 7), signature: Buffer.alloc(72, 7) };
  const seen = { line, name: 'a witness', key: hash('sha256', 'its key'), at: minutes(1) };
  await store.addCosignatures(write(), { size: head.size, cosignatures: [seen] });
}

/** Evidence of a decided escalation was removed by a rule; one is under a legal hold. */
async function tellKeeping(store: LedgerStore, clock: HandClock): Promise<void> {
  const write = () => writing(clock, BOB, 'beta');
  const [gone, held] = [
    resolvedUpstream('gone', { evidence: [evidence('removed by a rule')] }),
    resolvedUpstream('held', { evidence: [evidence('held by law')] }),
  ];
  await importRows(store, write(), [gone, held]);
  await store.setLegalHold(write(), { key: keyOf(held, 'beta'), reason: 'A case.' });
  const rules = { evidence: { days: 1, beforeMs: clock.now() + 1 }, fields: null };
  await store.removeDue(write(), { jobId: uuid(90), rules, after: null });
}

async function tellEscalations(store: LedgerStore, clock: HandClock): Promise<void> {
  const write = (by: string = ADA) => writing(clock, by);
  const brought = { outcome: 'rejected' as const, source: 'upstream' as const, at: minutes(-40), reason: 'Said so.' };
  const rows = [
    escalation('first', {
      request: request(),
      deadlines: [{ at: minutes(60), source: 'token' }],
      findings: [{ code: 'BIDI_CONTROL', message: 'A text turns round.' }],
      evidence: [evidence('packet', { root: 'cd'.repeat(32) }), evidence('a'.repeat(150_000), { kind: 'capsule' })],
      tokenRoot: 'ef'.repeat(32),
      listPosition: 3,
    }),
    escalation('second', { pastOnArrival: true }),
    resolvedUpstream('third', { dissents: [brought, { ...brought, at: minutes(-30) }] }),
    escalation('fourth', { evidence: [evidence('packet')] }),
  ];
  await importRows(store, write(), rows, { unattached: [evidence('of nobody')], jobId: uuid(80) });
  await importRows(store, write(), [
    resolvedUpstream('second', { evidence: [evidence('late', { role: 'resolution' })] }),
    escalation('fourth', { request: request({ policy: 'P-7' }) }, { timestamp: minutes(-10) }),
  ]);
  await store.attach(write(BOB), { key: keyOf(escalation('first')), evidence: [evidence('more', { kind: 'token' })] });
}

async function tellKeys(store: LedgerStore, clock: HandClock): Promise<void> {
  const pin = (n: number) =>
    store.pinTrust(writing(clock), [{ source: 'typed', entry: gateKey(n), confirmed: 'typed' }]);
  await store.offerTrust(writing(clock), { source: 'a file', entries: [gateKey(6), gateKey(7)] });
  for (const n of [7, 8, 9]) await pin(n);
  clock.pass(MINUTE);
  const entryOf = async (n: number) =>
    (await store.trust('acme')).entries.find(({ entry }) => entry.name === `gate-${n}`)?.entry_id ?? '';
  await store.endTrust(writing(clock), { entryId: await entryOf(8), status: 'retired', validUntil: minutes(1) });
  await store.endTrust(writing(clock), { entryId: await entryOf(9), status: 'revoked', reason: 'It was lost.' });
}

async function tellDecisions(store: LedgerStore, clock: HandClock): Promise<void> {
  const [first, fourth] = [keyOf(escalation('first')), keyOf(escalation('fourth'))];
  await judge(store, first, clock, 'failed');
  await store.claim(writing(clock), { key: first, untilMs: clock.now() + MINUTE });
  const packet = evidence('the packet', { role: 'resolution' });
  const resolution = { eventId: uuid(11), vepHash: hash('sha256', packet.bytes), packet };
  const approved = await decisionOn(store, first, clock, { ...approval, resolution, overrides: ['root'] });
  await store.decide(writing(clock), approved);
  await store.decide(writing(clock), await decisionOn(store, fourth, clock));
  const late = { ...approved, reason: 'Not so fast.', reviewer: 'Bob' };
  await store.decide(writing(clock, BOB), late).catch(() => undefined);
  await importRows(store, writing(clock), [resolvedUpstream('fourth', {}, { timestamp: minutes(30) })]);
  await store.correct(writing(clock), { key: first, reason: 'It was the other one.' });
}
