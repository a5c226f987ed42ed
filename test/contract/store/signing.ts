import { hash } from 'node:crypto';
import { commitment } from '../../../electron/audit/log/leaf.ts';
import { signDecision } from '../../../electron/audit/statement/decision-statement.ts';
import { jcs } from '../../../electron/evidence/json/jcs.ts';
import { publicKeyOf, signEd25519 } from '../../../electron/evidence/trust/ed25519.ts';
import type { LedgerStore, NewDecision, SignedStatement, Write } from '../../../electron/store/ledger-store.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import { isSha256Hex } from '../../../shared/domain/hex.ts';

const SEED = hash('sha256', 'seed of the desk that signs in tests', 'buffer');
const KEY = {
  publicHex: Buffer.from(publicKeyOf(SEED)).toString('hex'),
  sign: (message: Uint8Array) => signEd25519(SEED, message),
};

/** Whose key it is, for those who pin it. */
export const SIGNER_HEX = KEY.publicHex;

/** A store that signs what it is asked to decide, as the desk does once a decision is due. */
export function signing(store: LedgerStore): LedgerStore {
  return {
    ...store,
    decide: async (write, decision) => store.decide(write, await signed(store, write, decision)),
  };
}

/** The decision with its statement, unless it has one. */
export async function signed(store: LedgerStore, write: Write, decision: NewDecision): Promise<NewDecision> {
  if (decision.statement !== null || !(await store.tenants()).includes(write.tenant)) return decision;
  return { ...decision, statement: statementOf((await store.logHead(write.tenant)).uid, write, decision) };
}

/** What the desk signs of a decision: `uid` is its tenant's. */
export function statementOf(
  uid: string,
  write: Write,
  decision: NewDecision,
  { policy }: { policy?: string } = {},
): SignedStatement {
  const { key, reason, reviewer } = decision;
  const values = { escalation_id: key.id, reason, reviewer, ...(policy === undefined ? {} : { policy }) };
  const salts = Object.fromEntries(
    Object.keys(values).map((name) => [name, hash('sha256', `${write.idempotencyKey} ${name}`, 'buffer')]),
  );
  const commit = (name: keyof typeof values) =>
    Buffer.from(commitment(salts[name] ?? new Uint8Array(), jcs(values[name]))).toString('hex');
  const vepHash = decision.resolution?.vepHash ?? '';
  const resolution = isSha256Hex(vepHash) ? vepHash : null;
  const envelope = signDecision(
    { event: hash('sha256', decision.key.event), resolution, evidence: [] },
    {
      tenant: uid,
      escalation_id: commit('escalation_id'),
      event: decision.key.event,
      outcome: decision.outcome,
      reason_code: decision.reasonCode,
      reason: commit('reason'),
      reviewer: commit('reviewer'),
      signed_by: 'desk',
      view_sha256: decision.viewSha256,
      shown_at: decision.seen?.shown_at ?? null,
      decided_at: instantText(write.now),
      verdicts: [],
      findings: [],
      opened: [...(decision.seen?.opened ?? [])],
      suggestion: { shown: false, default: null },
      overrides: [...decision.overrides],
      accepted_unchecked: [...(decision.acceptedUnchecked ?? [])],
      policy: policy === undefined ? null : commit('policy'),
      settings: null,
    },
    KEY,
  );
  return { envelope, signedBy: 'desk', salts };
}
