import { describe, expect, test } from 'vitest';
import { bytesAsSource } from '../../../electron/audit/archive/byte-source.ts';
import { jcsText } from '../../../electron/evidence/json/jcs.ts';
import { LoggedEscalations } from '../../../electron/features/transfer/import/bundle/bundle-log.ts';

const EVENT = '919108f7-52d1-4320-9bac-f847db4148a8';
const OTHER = '11111111-1111-4111-8111-111111111111';
const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string];
const SALT = '5'.repeat(64);

interface Said {
  readonly kind: string;
  readonly v?: number;
  /** null: withheld. */
  readonly id: string | null;
  readonly [member: string]: unknown;
}

/** A log of these entries; what their commitments hide is verified elsewhere. */
function logOf(...entries: Said[]): LoggedEscalations {
  const lines = entries.map(({ id, hidden = {}, ...said }, seq) => {
    const values: Record<string, unknown> = { escalation_id: id, actor: null, ...(hidden as object) };
    const names = Object.keys(values).sort();
    const leaf = {
      v: 1,
      seq: String(seq),
      at: `2026-11-01T00:00:0${seq}Z`,
      tenant: OTHER,
      event: EVENT,
      idempotency_key: OTHER,
      fields: Object.fromEntries(names.map((name) => [name, A])),
      ...said,
    };
    const fields = names.map((name) => {
      const value = values[name];
      return value === null ? { name, withheld: 'removed' } : { name, salt: SALT, value: jcsText(value) };
    });
    return jcsText({ seq: String(seq), leaf: jcsText(leaf), fields });
  });
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const log = new LoggedEscalations(bytesAsSource(bytes));
  let at = 0;
  for (const line of lines) {
    const length = Buffer.byteLength(line);
    log.take(bytes.subarray(at, at + length), { at, length });
    at += length + 1;
  }
  return log;
}

const recorded = (id: string | null, evidence: unknown[] = []) => ({
  kind: 'escalation.recorded',
  id,
  status: 'ESCALATED',
  timestamp: '2026-10-01T00:00:00Z',
  outcome: null,
  evidence,
});
const decided = (id: string | null, hidden: object = {}) => ({
  kind: 'decision.recorded',
  id,
  outcome: 'rejected',
  reason_code: 'OTHER',
  view_sha256: A,
  resolution: null,
  overrides: ['root'],
  accepted_unchecked: [],
  evidence: [C],
  unsigned: true,
  hidden: { reason: null, reviewer: null, ...hidden },
});

describe('what a bundle’s log says of an escalation', () => {
  test('is in the events of every version: pieces as they were named, the decision as far as it is open', async () => {
    const log = logOf(
      recorded('a', [A]),
      { kind: 'evidence.attached', id: 'a', evidence: [{ sha256: B, role: 'escalation' }] },
      decided('a', { reviewer: 'Ada' }),
    );
    expect(await log.find(EVENT, 'a')).toMatchObject({
      recordedAt: '2026-11-01T00:00:00Z',
      pieces: [
        { sha256: A, kind: null, role: null },
        { sha256: B, kind: null, role: 'escalation' },
        { sha256: C, kind: null, role: 'resolution' },
      ],
      decision: {
        outcome: 'rejected',
        at: '2026-11-01T00:00:02Z',
        reviewer: 'Ada',
        overrides: ['root'],
        isSigned: false,
      },
    });
    expect((await log.find(EVENT, 'a'))?.decision).not.toHaveProperty('reason');
    expect(await log.find(OTHER, 'a')).toBeNull();
    expect(await log.find(EVENT, 'b')).toBeNull();
  });

  test('is kept apart for ids that share an event', async () => {
    const log = logOf(recorded('a', [A]), recorded('b', [B]), decided('b'));
    expect(await log.find(EVENT, 'a')).toMatchObject({ pieces: [{ sha256: A }], decision: null });
    expect(await log.find(EVENT, 'b')).toMatchObject({ pieces: [{ sha256: B }, { sha256: C }], decision: {} });
  });

  test('counts where the id was removed and nobody else can be meant', async () => {
    const log = logOf(recorded(null, [A]), decided('a'));
    expect(await log.find(EVENT, 'a')).toMatchObject({ pieces: [{ sha256: A }, { sha256: C }], decision: {} });
    const all = logOf(recorded(null, [A]), decided(null));
    expect(await all.find(EVENT, 'whatever')).toMatchObject({ decision: { outcome: 'rejected' } });
  });

  test('does not count where the id was removed and it could be another’s', async () => {
    const twice = logOf(recorded(null, [A]), recorded(null, [B]), decided(null));
    expect(await twice.find(EVENT, 'a')).toBeNull();
    const others = logOf(recorded('b', [B]), recorded(null, [A]), decided(null));
    expect(await others.find(EVENT, 'a')).toBeNull();
    expect(await others.find(EVENT, 'b')).toMatchObject({ pieces: [{ sha256: B }], decision: null });
  });

  test('is nothing of lines that are none, and of kinds and versions that this desk does not know', async () => {
    const log = logOf({ ...recorded('a'), v: 99 }, { ...recorded('a'), kind: 'escalation.forgotten' });
    log.take(null, { at: 0, length: 0 });
    log.take(Buffer.from('{"hash":"x"}'), { at: 0, length: 12 });
    expect(await log.find(EVENT, 'a')).toBeNull();
  });
});
