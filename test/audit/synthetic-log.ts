import { createHash, hash } from 'node:crypto';
import { writeCheckpoint } from '../../electron/audit/head/checkpoint.ts';
import { noteKey, signNote } from '../../electron/audit/head/note.ts';
import type { DecisionPredicate } from '../../electron/audit/statement/decision-statement.ts';
import type { StatementSigner } from '../../electron/audit/statement/own-statement.ts';
import { publicKeyOf, signEd25519 } from '../../electron/evidence/trust/ed25519.ts';
import { uuid } from '../contract/store/makers.ts';

export const sha = (text: string) => createHash('sha256').update(text).digest('hex');

/** A key that the test alone knows, by a name. */
export interface TestKey extends StatementSigner {
  readonly seed: Uint8Array;
  readonly publicKey: Uint8Array;
}

export function testKey(name: string): TestKey {
  const seed = hash('sha256', `seed of ${name}`, 'buffer');
  const publicKey = publicKeyOf(seed);
  return {
    seed,
    publicKey,
    publicHex: Buffer.from(publicKey).toString('hex'),
    sign: (message) => signEd25519(seed, message),
  };
}

export const TENANT = uuid(1);
export const ORIGIN = `vex-review-desk/log/${TENANT}`;

export const subjects = { event: sha('event'), resolution: sha('vep'), evidence: [sha('one'), sha('two')] };

/** A decision with something in every member. */
export function predicate(changed: Partial<DecisionPredicate> = {}): DecisionPredicate {
  return {
    tenant: TENANT,
    escalation_id: sha('escalation id'),
    event: uuid(7),
    outcome: 'approved',
    reason_code: 'OTHER',
    reason: sha('reason'),
    reviewer: sha('reviewer'),
    key: sha('key'),
    signed_by: 'reviewer',
    view_sha256: sha('view'),
    shown_at: '2026-11-15T15:00:00.000Z',
    decided_at: '2026-11-15T15:01:00.000Z',
    verdicts: [
      {
        sha256: sha('one'),
        role: 'escalation',
        verdict: 'failed',
        checks: [{ name: 'root', verdict: 'failed', code: 'ROOT_DIFFERS' }],
      },
    ],
    findings: ['CLAIM_DIFFERS'],
    opened: [{ sha256: sha('one'), ms: 4200 }],
    suggestion: { shown: false, default: null },
    overrides: ['root'],
    accepted_unchecked: ['stark'],
    policy: sha('policy'),
    settings: sha('settings'),
    ...changed,
  };
}

/** The signed head of a log. */
export function signedHead(size: number, root: Uint8Array, key: TestKey, origin = ORIGIN): Uint8Array {
  const text = writeCheckpoint({ origin, size: BigInt(size), root, extensions: [] });
  return Buffer.from(signNote(text, noteKey(origin, key.publicKey), key.sign));
}
