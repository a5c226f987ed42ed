import { describe, expect, it } from 'vitest';
import { aboutText, faultOf, foundFaults } from '../../../renderer/features/log/about.ts';
import { ExactJson } from '../../../shared/domain/escalation.ts';
import { LedgerEvent } from '../../../shared/domain/ledger-event.ts';
import { aRow } from './makers.ts';

const HASH = '5c0e91ab'.repeat(8);
const UID = '00000000-0000-4000-8000-000000000001';
const PLACED = { v: 1, seq: '131', at: '2026-11-16T09:36:40Z', tenant: UID };
const JOB = { job: UID, fields: { actor: HASH } };
const KEY = { entry: UID, purpose: 'gate', fingerprint: HASH, valid_from: null, valid_until: null };
const KEYED = { idempotency_key: UID };

const row = (event: object) => aRow({ leaf: ExactJson.parse(JSON.stringify({ ...PLACED, ...event })) });

describe('what an event is about', () => {
  it.each([
    [
      { kind: 'import.finished', ...JOB, counts: { imported: 1204, updated: 0, conflicts: 2, evidence: 1 } },
      '1,204 imported, 2 in conflict, 1 packet',
    ],
    [{ kind: 'import.finished', ...JOB, counts: { imported: 0, evidence: 0 } }, 'nothing new'],
    [{ kind: 'export.finished', ...JOB, counts: { records: 1 }, sha256: HASH }, '1 record, file 5c0e 91ab'],
    [{ kind: 'export.finished', ...JOB, counts: { decisions: 16 }, sha256: null }, 'a report of 16 decisions'],
    [
      {
        kind: 'settings.changed',
        changed: ['auto_expire', 'evidence_days', 'what_is_new'],
        fields: { actor: HASH, settings: HASH },
      },
      'expiring by itself, how long evidence is kept, what_is_new',
    ],
    [
      {
        kind: 'log.restored',
        ...KEYED,
        remembered: { size: '284', root: HASH },
        fields: { actor: HASH, reason: HASH },
      },
      'this log, taken in place of one of 284 events',
    ],
    [
      {
        kind: 'evidence.removed',
        event: UID,
        job: UID,
        rule: { days: 365, before: PLACED.at },
        evidence: [{ sha256: HASH, role: 'escalation', bytes: 11_000 }],
        fields: { actor: HASH, escalation_id: HASH },
      },
      '1 piece removed, 11 KB, by the rule of 365 days',
    ],
    [
      {
        kind: 'fields.removed',
        job: UID,
        rule: { days: 1, before: PLACED.at },
        events: [
          { from: '0', to: '9' },
          { from: '20', to: '20' },
        ],
        values: 42,
        fields: { actor: HASH },
      },
      '42 values of 11 events removed, by the rule of 1 day',
    ],
    [
      { kind: 'hold.legal.set', ...KEYED, hold: UID, fields: { actor: HASH, reason: HASH } },
      'everything of this tenant is held',
    ],
    [
      {
        kind: 'hold.legal.lifted',
        ...KEYED,
        hold: UID,
        event: UID,
        fields: { actor: HASH, reason: HASH, escalation_id: HASH },
      },
      'its hold ended',
    ],
    [
      { kind: 'backup.made', sha256: HASH, log: { size: '284', root: HASH }, fields: { actor: HASH } },
      'the ledger at 284 events, file 5c0e 91ab',
    ],
    [
      {
        kind: 'store.restored',
        sha256: HASH,
        log: { size: '1', root: HASH },
        known: null,
        agrees: 'older',
        fields: { actor: HASH },
      },
      'the ledger at 1 event: older than the head that was known',
    ],
    [
      {
        kind: 'trust.pinned',
        ...KEYED,
        ...KEY,
        confirmed: 'compared',
        replaces: UID,
        fields: { actor: HASH, entry: HASH, source: HASH },
      },
      'gate key 5c0e 91ab 5c0e, compared, in place of another',
    ],
    [
      { kind: 'trust.retired', ...KEYED, ...KEY, valid_until: '2026-10-01T00:00:00Z', fields: { actor: HASH } },
      'gate key 5c0e 91ab 5c0e, until 2026-10-01',
    ],
    [
      { kind: 'trust.revoked', ...KEYED, ...KEY, purpose: 'pcrs', fields: { actor: HASH, reason: HASH } },
      'PCR baseline 5c0e 91ab 5c0e, never to be relied on again',
    ],
  ])('is said in plain words: %j', (event, said) => {
    expect(LedgerEvent.safeParse({ ...PLACED, ...event }).error).toBeUndefined();
    expect(aboutText(row(event))).toBe(said);
  });

  it('is its escalation alone where the row has no leaf, and no guess where the form is not known', () => {
    expect(aboutText(aRow())).toBe('');
    const unknown = 'said in a form that this window does not know';
    expect(aboutText(row({ kind: 'export.finished', v: 99 }))).toBe(unknown);
    expect(aboutText(aRow({ leaf: ExactJson.parse('{') }))).toBe(unknown);
  });
});

describe('a fault of a row', () => {
  const failures = [
    { place: 'event 131', detail: 'Its bytes are not those of its leaf.' },
    { place: 'statement of event 7', detail: 'Its signature does not hold.' },
    { place: 'event 131', detail: 'And another.' },
    { place: 'tile 0/3', detail: 'It differs.' },
  ];

  it('is what the row shows by itself, else the first that the verification found there', () => {
    const found = foundFaults(failures);
    expect(faultOf(aRow({ seq: '1131', holds: false }), found)).toBe('Event 1,131 does not match its leaf.');
    expect(faultOf(aRow({ seq: '131' }), found)).toBe('event 131: Its bytes are not those of its leaf.');
    expect(faultOf(aRow({ seq: '7' }), found)).toBe('statement of event 7: Its signature does not hold.');
    expect(faultOf(aRow({ seq: '3' }), found)).toBeNull();
  });
});
