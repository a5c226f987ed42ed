import type { SignedHead } from '../../../shared/contract/log.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { type Note, readNote } from '../../audit/head/note.ts';
import type { AddedCosignature, StoredCheckpoint } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { trustOf } from '../keys/trust-store.ts';
import { stagedBytes } from '../staged-bytes.ts';
import { sha256Hex, tenantWrite } from '../writing.ts';
import { signedHead, witnessesOn, witnessOf } from './signed-head.ts';

const MAX_NOTE_BYTES = 1_000_000;
/** Checkpoints that a note may still be of; one a day makes this many years. */
const LOOKED_AT = 10_000;

interface CosignInput {
  readonly by: string;
  readonly idempotency_key: string;
  readonly tenant: string;
  readonly staged: string;
}

/**
 * Adds the cosignatures of pinned witnesses, as a note file has them, to the checkpoint that the note is of; each must
 * hold (C2SP tlog-cosignature), and an event says which are new. INTEGRITY_FAILED: it is no note of a checkpoint of this log,
 * or a pinned witness's line in it does not hold. NOT_FOUND, LIMIT_EXCEEDED.
 */
export async function cosign(context: FeatureContext, input: CosignInput): Promise<SignedHead> {
  const { tenant } = input;
  const bytes = await stagedBytes(context.staging.source(input.staged), MAX_NOTE_BYTES);
  const note = readNote(bytes);
  if (note === null) throw refused('The file is no signed note.');
  const checkpoint = await checkpointOf(context, tenant, note);
  const cosignatures = await freshOn(context, tenant, checkpoint, note);
  const write = tenantWrite(context, 'log.cosign', input, { ...input, staged: sha256Hex(bytes) });
  const { size } = checkpoint;
  const head = await signedHead(context, tenant, await context.store.addCosignatures(write, { size, cosignatures }));
  if (head !== null) return head;
  throw refused('The desk’s own signature on this checkpoint does not hold.');
}

async function checkpointOf({ store }: FeatureContext, tenant: string, note: Note): Promise<StoredCheckpoint> {
  const all = await store.checkpoints(tenant, LOOKED_AT);
  const same = all.find((one) => readNote(Buffer.from(one.note))?.text === note.text);
  if (same !== undefined) return same;
  throw refused('The note is of no checkpoint that this desk signed of this log.');
}

/** The lines of pinned witnesses that the checkpoint does not have yet. */
async function freshOn(
  context: FeatureContext,
  tenant: string,
  checkpoint: StoredCheckpoint,
  note: Note,
): Promise<AddedCosignature[]> {
  const { trust } = await trustOf(context, tenant);
  const offered = note.signatures.filter((line) => witnessOf(line, trust.keys) !== null);
  const holding = witnessesOn(note, trust.keys);
  if (offered.length === 0) throw refused('No witness that is pinned here cosigned it.');
  if (holding.length < new Set(offered.map((line) => witnessOf(line, trust.keys)?.public_hex)).size) {
    throw refused('The cosignature of a pinned witness does not hold.');
  }
  const known = readNote(Buffer.from(checkpoint.note));
  const had = new Set(known === null ? [] : witnessesOn(known, trust.keys).map(({ name }) => name));
  return holding.filter(({ name }) => !had.has(name));
}

function refused(what: string): DeskError {
  return new DeskError('INTEGRITY_FAILED', `${what} Nothing was added.`, {});
}
