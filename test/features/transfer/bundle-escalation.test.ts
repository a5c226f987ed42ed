import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openArchive } from '../../../electron/audit/archive/archive-reader.ts';
import { bytesAsSource } from '../../../electron/audit/archive/byte-source.ts';
import { bundledEscalation } from '../../../electron/features/transfer/import/bundle/bundle-escalation.ts';
import { BundledPieces } from '../../../electron/features/transfer/import/bundle/bundle-evidence.ts';
import type { LoggedPiece } from '../../../electron/features/transfer/import/bundle/bundle-log.ts';
import { readRecord } from '../../../shared/domain/wire/record.ts';
import { repack } from '../../audit/repack.ts';

const EVENT = '919108f7-52d1-4320-9bac-f847db4148a8';
const RESOLVES = '11111111-1111-4111-8111-111111111111';
const RECORD = {
  escalation_id: 'E-1',
  status: 'RESOLVED',
  escalation_event_id: EVENT,
  resolution_event_id: RESOLVES,
  resolution_vep_hash: 'ab'.repeat(32),
  timestamp: '2026-11-01T00:00:00Z',
};
const ASKS = { id: EVENT, event_type: 'ESCALATION', agent_id: 'a', data: { escalation_id: 'E-1', action: 'pay' } };
const DECIDES = {
  id: RESOLVES,
  event_type: 'HUMAN_OVERRIDE',
  data: { resolves_escalation_id: 'E-1', decision: 'approved', rationale: 'Fine.' },
};
const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const sha = (bytes: Uint8Array) => hash('sha256', bytes);

/** The escalation that these pieces make, named in their order as older events named them. */
async function made(pieces: readonly [kind: 'row' | 'vep', bytes: Uint8Array][], named: readonly LoggedPiece[] = []) {
  const files = pieces.map(([ending, bytes]): [string, Buffer] => [
    `evidence/${sha(bytes)}.${ending}`,
    Buffer.from(bytes),
  ]);
  const source = bytesAsSource(await repack(files.sort(([a], [b]) => (a < b ? -1 : 1))));
  const text = json(RECORD);
  const read = readRecord(text);
  if (!read.ok) throw new Error(read.message);
  const all = pieces.map(([, bytes]) => ({ sha256: sha(bytes), kind: null, role: null }));
  const told = {
    recordedAt: '2026-11-02T00:00:00Z',
    pieces: named.length === 0 ? all : named,
    cameAs: null,
    decision: null,
    dissents: [],
  };
  const found = await BundledPieces.of(await openArchive(source), source);
  return bundledEscalation({ read, text, told, codes: ['EVENT_ABSENT', 'NOT_LISTED', 'LOOKALIKE'], known: [] }, found);
}

describe('the escalation that a bundle’s record makes', () => {
  test('has request, outcome and roles from the rows among its evidence, where older events do not say them', async () => {
    const packet = Buffer.from('VEP of the agent');
    const [ours, asks, decides] = [json(RECORD), json(ASKS), json(DECIDES)];
    const built = await made([
      ['row', ours],
      ['row', asks],
      ['vep', packet],
      ['row', decides],
    ]);
    expect(built?.row).toMatchObject({
      request: { event_id: EVENT, action: 'pay' },
      decision: { outcome: 'approved', reason: 'Fine.', decidedAt: RECORD.timestamp },
      evidence: [
        { kind: 'source-row', role: 'escalation', bytes: ours },
        { kind: 'source-row', role: 'escalation', bytes: asks },
        { kind: 'vep', role: 'escalation', bytes: packet },
        { kind: 'source-row', role: 'resolution', bytes: decides },
      ],
    });
    // Its request is there, and what the texts hide is looked for anew.
    expect(built?.row.findings.map(({ code }) => code)).toEqual(['NOT_LISTED']);
    expect(built?.row).not.toHaveProperty('listPosition');
  });

  test('has what only its source could say from the desk’s findings', async () => {
    const built = await made([['row', json(RECORD)]]);
    expect(built?.row).toMatchObject({ request: null, decision: { outcome: 'unknown' } });
    expect(built?.row.findings.map(({ code }) => code)).toEqual(['EVENT_ABSENT', 'NOT_LISTED']);
  });

  test('has a piece once however often the log names it, and is none where one is larger than the desk takes', async () => {
    const packet = Buffer.from('VEP');
    const piece = { sha256: sha(packet), kind: 'vep', role: 'escalation' } as const;
    const built = await made([['vep', packet]], [piece, piece, { ...piece, role: 'resolution' }, piece]);
    expect(built?.row.evidence.map(({ role }) => role)).toEqual(['escalation', 'resolution']);
    expect(await made([['vep', Buffer.alloc(16 * 1024 * 1024 + 1)]])).toBeNull();
  });
});
