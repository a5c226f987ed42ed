import { createHash } from 'node:crypto';
import { bytesAsSource } from '../../electron/audit/archive/byte-source.ts';
import type { BundledEvidence, BundleEntry, BundleInput } from '../../electron/audit/bundle/bundle-input.ts';
import { writeBundle } from '../../electron/audit/bundle/write-bundle.ts';
import { leftHashes } from '../../electron/audit/log/compact-range.ts';
import { type CommittedField, commitment, leafHash } from '../../electron/audit/log/leaf.ts';
import { consistencyProof, inclusionProof, rootOf } from '../../electron/audit/log/tiles.ts';
import {
  type DecisionPredicate,
  DecisionStatement,
  writeDecision,
} from '../../electron/audit/statement/decision-statement.ts';
import { pae, writeEnvelope } from '../../electron/audit/statement/dsse.ts';
import { PAYLOAD_TYPE } from '../../electron/audit/statement/statement.ts';
import { verifyBundle } from '../../electron/audit/verify/verify-bundle.ts';
import { jcs } from '../../electron/evidence/json/jcs.ts';
import type { TrustStore } from '../../electron/evidence/trust/trust.ts';
import { uuid } from '../contract/store/makers.ts';
import { growLog, type MemoryTiles } from './memory-tiles.ts';
import { ORIGIN, predicate, sha, signedHead, subjects, TENANT, type TestKey, testKey } from './synthetic-log.ts';

export const desk = testKey('desk');
export const reviewer = testKey('reviewer');
export const stranger = testKey('stranger');

export const trust: TrustStore = {
  keys: [
    { name: 'The desk', purpose: 'desk', public_hex: desk.publicHex },
    { name: 'Ada', purpose: 'reviewer', public_hex: reviewer.publicHex },
  ],
  baselines: [],
};
export const NOBODY: TrustStore = { keys: [], baselines: [] };

/** A whole log in memory, as a store has it. */
export interface SyntheticLog {
  readonly entries: readonly { readonly leaf: Uint8Array; readonly fields: readonly CommittedField[] }[];
  readonly hashes: readonly Uint8Array[];
  readonly tiles: MemoryTiles;
  readonly evidence: ReadonlyMap<string, Buffer>;
}

export interface LogOptions {
  /** Who signs the decision at a place; null: nobody, as in older logs. */
  readonly signer?: (seq: number) => TestKey | null;
  /** A decision's envelope as the log has it; that of a sound desk where it is left out. */
  readonly envelope?: (statement: DecisionStatement, key: TestKey) => unknown;
}

/** A log of escalations, decisions and claims by turns. */
export function makeLog(size: number, options: LogOptions = {}): SyntheticLog {
  const signer = options.signer ?? ((seq) => (seq % 2 === 0 ? reviewer : desk));
  const evidence = new Map<string, Buffer>();
  const entries = Array.from({ length: size }, (_, seq) => {
    if (seq % 3 === 0) return recorded(seq, evidence);
    return seq % 3 === 1 ? decided(seq, signer(seq), options.envelope ?? sound) : claimed(seq);
  });
  const hashes = entries.map(({ leaf }) => leafHash(leaf));
  return { entries, hashes, tiles: growLog(hashes), evidence };
}

const at = (seq: number) => new Date(Date.UTC(2026, 10, 15) + seq * 1000).toISOString();

function recorded(seq: number, evidence: Map<string, Buffer>) {
  const packet = Buffer.from(`packet ${Math.floor(seq / 6)}`);
  const sha256 = createHash('sha256').update(packet).digest('hex');
  evidence.set(sha256, packet);
  const said = { kind: 'escalation.recorded', event: uuid(seq), evidence: [sha256] };
  return makeEntry(seq, said, { actor: { name: 'Ada', profile: uuid(9) }, escalation_id: `esc-${seq} ✓` });
}

function claimed(seq: number) {
  return makeEntry(
    seq,
    { kind: 'claim.taken', event: uuid(seq), until: at(seq + 60) },
    { actor: 'Ada', escalation_id: 'x' },
  );
}

/** A decision as version 2 of its event has it; without a signer as version 1 had it. */
function decided(seq: number, key: TestKey | null, envelope: NonNullable<LogOptions['envelope']>) {
  const hidden = {
    actor: 'Ada',
    escalation_id: `esc-${seq}`,
    policy: 'FIN-001',
    reason: `because ${seq}`,
    reviewer: 'Ada',
  };
  const fields = commit(seq, hidden);
  const by = key === desk ? 'desk' : 'reviewer';
  const shared = {
    event: uuid(seq),
    outcome: 'approved',
    reason_code: 'OTHER',
    view_sha256: sha(`view ${seq}`),
  } as const;
  const lists = { overrides: ['root'], accepted_unchecked: ['stark'] };
  const resolution = { event_id: uuid(seq + 1), vep_hash: subjects.resolution };
  const said = { kind: 'decision.recorded', ...shared, ...lists, resolution };
  if (key === null) return makeEntry(seq, { ...said, unsigned: true }, hidden);
  const claims: DecisionPredicate = {
    ...predicate(),
    ...shared,
    ...lists,
    ...commitmentsOf(fields, ['escalation_id', 'policy', 'reason', 'reviewer']),
    signed_by: by,
    decided_at: at(seq),
    key: key.publicHex,
  };
  const statement = DecisionStatement.parse(JSON.parse(Buffer.from(writeDecision(subjects, claims)).toString()));
  return makeEntry(seq, { ...said, v: 2, signed_by: by, envelope: envelope(statement, key) }, hidden);
}

const sound: NonNullable<LogOptions['envelope']> = (statement, key) => envelopeOf(statement, [key]);

/** Anything as the payload of an envelope, signed by these keys. */
export function envelopeOf(payload: unknown, keys: readonly TestKey[], payloadType = PAYLOAD_TYPE) {
  const bytes = jcs(payload);
  const signatures = keys.map(({ publicHex, sign }) => ({ keyid: publicHex, sig: sign(pae(payloadType, bytes)) }));
  return writeEnvelope({ payloadType, payload: bytes, signatures });
}

function commitmentsOf<N extends string>(fields: readonly CommittedField[], names: readonly N[]): Record<N, string> {
  const found = fields.map(
    ({ name, salt, value }) => [name, Buffer.from(commitment(salt, value)).toString('hex')] as const,
  );
  return Object.fromEntries(found.filter(([name]) => names.some((one) => one === name))) as Record<N, string>;
}

function commit(seq: number, hidden: Record<string, unknown>): CommittedField[] {
  return Object.entries(hidden).map(([name, value]) => {
    const salt = createHash('sha256').update(`salt ${seq} ${name}`).digest();
    return { name, salt, value: jcs(value) };
  });
}

function makeEntry(seq: number, said: Record<string, unknown>, hidden: Record<string, unknown>) {
  const fields = commit(seq, hidden);
  const commitments = commitmentsOf(fields, Object.keys(hidden));
  const leaf = jcs({ v: 1, ...said, seq: String(seq), at: at(seq), tenant: TENANT, fields: commitments });
  return { leaf, fields };
}

export interface BundleChoice {
  readonly from?: number;
  readonly to?: number;
  readonly previous?: number | null;
  readonly redact?: readonly string[];
  /** Which entries the query leaves out. */
  readonly hashed?: (seq: number) => boolean;
  readonly changed?: Partial<BundleInput>;
}

/** Evidence of which each piece is what `pieceOf` says. */
export function evidenceAs(pieceOf: (sha256: string) => BundledEvidence | null): BundleInput['evidence'] {
  return (sha256s) => [...sha256s].map((sha256) => ({ sha256, piece: pieceOf(sha256) }));
}

/** All that a bundle of the log is made of. */
export function bundleInput(log: SyntheticLog, choice: BundleChoice = {}): BundleInput {
  const { from = 0, to = log.entries.length, previous = null, redact = [], hashed = () => false } = choice;
  const { read } = log.tiles;
  const entry = (seq: number): BundleEntry => {
    const { leaf, fields } = log.entries[seq] as SyntheticLog['entries'][number];
    return hashed(seq) ? { hash: leafHash(leaf) } : { leaf, fields };
  };
  const isWholeDecision = ({ seq, leaf }: { seq: number; leaf: Uint8Array }) =>
    from <= seq && seq < to && !hashed(seq) && Buffer.from(leaf).includes('"kind":"decision.recorded"');
  const proof = previous === null ? [] : consistencyProof(read, previous, to);
  return {
    generator: 'vex-review-desk 0.0.0-test',
    tenant: TENANT,
    origin: ORIGIN,
    period: { from: null, to: null },
    query: { status: 'all' },
    range: { from, to },
    entries: () => Array.from({ length: to - from }, (_, n) => entry(from + n)),
    redact,
    proofs: {
      left: leftHashes(read, from),
      consistency: proof,
      inclusion: (seq) => inclusionProof(read, seq, to),
    },
    checkpoint: headOf(log, to),
    previous: previous === null ? null : headOf(log, previous),
    decisions: () => log.entries.map(({ leaf }, seq) => ({ seq, leaf })).filter(isWholeDecision),
    evidence: evidenceAs((sha256) => piece(log.evidence.get(sha256))),
    records: { json: Buffer.from('[]'), csv: Buffer.from('"tenant"\r\n'), count: 0, left_out: 0 },
    keys: [
      {
        purpose: 'desk',
        name: 'The desk',
        public_hex: desk.publicHex,
        status: 'active',
        valid_from: null,
        valid_until: null,
      },
    ],
    desk,
    ...choice.changed,
  };
}

function piece(content: Buffer | undefined): BundledEvidence | null {
  return content === undefined ? null : { kind: 'vep', bytes: content.length, content };
}

export function headOf(log: SyntheticLog, size: number, key = desk): Uint8Array {
  return signedHead(size, rootOf(log.tiles.read, size), key);
}

export async function bundleBytes(input: BundleInput): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  await writeBundle(input, (bytes) => {
    pieces.push(bytes);
  });
  return Buffer.concat(pieces);
}

export function verify(bytes: Uint8Array, context: { trust?: TrustStore; previous?: Uint8Array | null } = {}) {
  return verifyBundle(bytesAsSource(bytes), { trust: context.trust ?? trust, previous: context.previous ?? null });
}
