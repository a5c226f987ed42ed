import { hash } from 'node:crypto';
import { systemIds } from '../../electron/desk/system-clock.ts';
import type { LedgerStore, NewDecision, NewEscalation, Write } from '../../electron/store/ledger-store.ts';
import type { DeadlinePart, EscalationKey, ExactJson, Request, WireRecord } from '../../shared/domain/escalation.ts';
import { SIGNER_HEX, signed } from '../contract/store/signing.ts';
import { FIRST_RECORD_MS, STEP_MS, type Story, tellStory } from './ledger-story.ts';
import { SeededRandom } from './random.ts';
import { AuditChain, recordText } from './vex-form.ts';

export const LOG_TENANT = 'bench';
const IN_A_BATCH = 1000;
/** One record in so many is decided here, and the decision signed. */
const DECIDED_EVERY = 20;

/**
 * Gives the store a log of `records` escalations in one tenant, one in twenty of them decided, each event appended by the
 * store's own operations, so that all tables and tiles belong to it; how many events it has. `now` is the clock's.
 */
export async function makeLog(store: LedgerStore, records: number, seed: number, now: number): Promise<number> {
  const active = await recordAll(store, { records, wanted: Math.floor(records / DECIDED_EVERY) }, seed, now);
  const entry = { name: 'bench', purpose: 'desk' as const, public_hex: SIGNER_HEX };
  await store.pinTrust(newWrite(now), [{ source: 'bench', entry, confirmed: 'command' }]);
  for (const key of active) {
    const write = newWrite(now);
    await store.decide(write, await signed(store, write, await approvalOn(store, key, now)));
  }
  return (await store.logHead(LOG_TENANT)).size;
}

/** Records them; answers so many that still wait, over the whole log. */
async function recordAll(
  store: LedgerStore,
  { records, wanted }: { records: number; wanted: number },
  seed: number,
  now: number,
): Promise<EscalationKey[]> {
  const random = new SeededRandom(seed);
  const chain = new AuditChain();
  const newestMs = newestOf(records);
  const active: EscalationKey[] = [];
  for (let from = 0; from < records; from += IN_A_BATCH) {
    const rows: NewEscalation[] = [];
    for (let n = from; n < Math.min(records, from + IN_A_BATCH); n += 1) {
      const story = tellStory(random, n, newestMs);
      rows.push(newEscalation(story, chain));
      const due = (n + 1) * (wanted / records) > active.length;
      if (story.fate === 'active' && due) active.push({ tenant: LOG_TENANT, id: story.id, event: story.eventId });
    }
    await store.recordBatch({
      ...newWrite(now),
      rows,
      sourceRows: [],
      unattached: [],
      jobId: null,
      dryRun: false,
    });
  }
  return active.slice(0, wanted);
}

/** When the newest record of a made log was recorded, in milliseconds since 1970. */
export function newestOf(records: number): number {
  return FIRST_RECORD_MS + (records - 1) * STEP_MS;
}

function newEscalation(story: Story, chain: AuditChain): NewEscalation {
  const asked = chain.escalation(story).text;
  const { token, respondBy, decision } = story;
  const written = recordText(story);
  const deadlines: DeadlinePart[] = [
    ...(token === null ? [] : [{ at: new Date(token.exp * 1000).toISOString(), source: 'token' as const }]),
    ...(respondBy === null ? [] : [{ at: respondBy, source: 'agent' as const }]),
  ];
  const record = recordOf(written);
  return {
    record,
    request: requestOf(story, asked),
    deadlines,
    decision:
      story.fate === 'active'
        ? null
        : { outcome: decision === null ? 'expired' : 'approved', decidedAt: record.timestamp },
    evidence: [written, asked].map((text) => ({ bytes: Buffer.from(text), kind: 'source-row', role: 'escalation' })),
    findings: [],
    ...(token === null ? {} : { tokenRoot: token.root }),
  };
}

/** The record as the desk keeps it: the token as its text. */
function recordOf(written: string): WireRecord {
  const { continuation_token: token, ...record } = JSON.parse(written) as Omit<WireRecord, 'continuation_token'> & {
    continuation_token?: object;
  };
  return token === undefined ? record : { ...record, continuation_token: JSON.stringify(token) as ExactJson };
}

function requestOf({ eventId }: Story, asked: string): Request {
  const { agent_id, data } = JSON.parse(asked) as { agent_id: string; data: Record<string, unknown> };
  const { intent: _intent, escalation_id: _id, amount, ...read } = data;
  const exact = { amount: JSON.stringify(amount) as ExactJson, raw: JSON.stringify(data) as ExactJson };
  return { event_id: eventId, agent_id, source_hash: 'ok', signed: [], ...read, ...exact };
}

/** An approval of the escalation as it is now, with a typed VEP hash; not signed yet. */
export async function approvalOn(
  store: LedgerStore,
  about: Omit<EscalationKey, 'tenant'> | undefined,
  now: number,
): Promise<NewDecision> {
  const key = { tenant: LOG_TENANT, id: '', event: '', ...about };
  const seen = await store.read(key, now);
  return {
    key,
    viewSha256: seen?.escalation.view_sha256 ?? '',
    outcome: 'approved',
    reason: 'Checked against the order and called the owner back.',
    reasonCode: 'OTHER',
    reviewer: 'Bench',
    resolution: { eventId: systemIds.uuid(), vepHash: 'ab'.repeat(32), packet: null },
    seal: null,
    sealed: null,
    overrides: [],
    acceptedUnchecked: [],
    statement: null,
    seen: null,
  };
}

function newWrite(now: number): Write {
  const key = systemIds.uuid();
  return { tenant: LOG_TENANT, by: 'bench', idempotencyKey: key, inputHash: hash('sha256', key), now };
}
