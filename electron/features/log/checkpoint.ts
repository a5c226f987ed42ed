import { instantText } from '../../../shared/domain/clock.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { decodeHex, encodeHex } from '../../../shared/domain/hex.ts';
import { writeCheckpoint } from '../../audit/head/checkpoint.ts';
import { type Note, noteKey, readNote, signNote, writeNote } from '../../audit/head/note.ts';
import { readHead } from '../../audit/head/signed-head.ts';
import { emptyRoot, equalBytes, verifyConsistency } from '../../audit/log/merkle.ts';
import type { StoredCheckpoint, Write } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { keyRingOf, type Signer } from '../keys/key-ring.ts';
import { headWatchOf } from './head-watch.ts';
import { originOf } from './origin.ts';
import { refuseUnsound } from './soundness.ts';

/** In which tenant a checkpoint is signed, and on whose call. */
export interface Seat {
  readonly tenant: string;
  readonly by: string;
}

/** A head of the log as it was read. */
interface Head {
  readonly uid: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/**
 * The log's head signed with the desk's key (C2SP tlog-checkpoint), kept, and remembered outside the store. One that this
 * key signed already is answered as it is. INTEGRITY_FAILED, and nothing is signed, where the head does not follow on the
 * newest checkpoint and on the head remembered outside (S61), and in a log that was found broken. NOT_FOUND.
 */
export function signCheckpoint(context: FeatureContext, seat: Seat): Promise<StoredCheckpoint> {
  return keep(context, seat, async (checkpoint) => {
    await context.store.saveCheckpoint(seat.tenant, checkpoint);
    return checkpoint;
  });
}

/** As `signCheckpoint`, once for the caller's key: a copy of the call is answered with the head that the first one signed. */
export async function signCheckpointOnce(context: FeatureContext, write: Write): Promise<StoredCheckpoint> {
  return keep(context, write, (checkpoint) => context.store.keepCheckpoint(write, checkpoint));
}

/** `save` keeps the head and answers the one that counts. */
async function keep(
  context: FeatureContext,
  seat: Seat,
  save: (checkpoint: StoredCheckpoint) => Promise<StoredCheckpoint>,
): Promise<StoredCheckpoint> {
  const { store } = context;
  const { tenant } = seat;
  const watch = await headWatchOf(context);
  await refuseUnsound(context, tenant);
  // The key may have to be made and pinned first: those are events of the log, too.
  const signer = await keyRingOf(context).deskSigner(seat);
  const head = await store.logHead(tenant);
  const [newest = null] = await store.checkpoints(tenant, 1);
  if (newest !== null) await refuseUnlessFollows(context, tenant, head, newest);
  const { remembered } = await watch.compare(tenant);
  await watch.refuseOther(tenant);
  if (remembered !== null) await refuseUnlessFollows(context, tenant, head, ofRemembered(remembered));
  const known = newest?.size === head.size ? readNote(Buffer.from(newest.note)) : null;
  const signed = newest !== null && known !== null && isSignedBy(known, head, signer) ? newest : null;
  const checkpoint = await save(signed ?? sign(context, head, signer, known));
  if (checkpoint.size === head.size) await watch.remember(head, checkpoint.note);
  return checkpoint;
}

function sign(context: FeatureContext, head: Head, signer: Signer, known: Note | null): StoredCheckpoint {
  const origin = originOf(head.uid);
  const text = writeCheckpoint({ origin, size: BigInt(head.size), root: head.root, extensions: [] });
  const key = noteKey(origin, signer.publicKey);
  const note = signNote(text, key, (message) => signer.sign(message));
  const own = readNote(Buffer.from(note))?.signatures ?? [];
  const whole = known === null ? note : writeNote(text, [...own, ...known.signatures]);
  return { size: head.size, root: head.root, note: whole, madeAt: instantText(context.clock.now()) };
}

function isSignedBy({ signatures }: Note, { uid }: Head, { publicKey }: Signer): boolean {
  const key = noteKey(originOf(uid), publicKey);
  return signatures.some(({ name, id }) => name === key.name && equalBytes(id, key.id));
}

function ofRemembered({ size, root }: { size: number; root: string }): Pick<Head, 'size' | 'root'> {
  return { size, root: decodeHex(root) ?? new Uint8Array() };
}

/** INTEGRITY_FAILED unless the log of `head` begins with that of `older`, by a proof that holds. */
async function refuseUnlessFollows(
  context: FeatureContext,
  tenant: string,
  head: Head,
  older: Pick<Head, 'size' | 'root'> & { note?: string },
): Promise<void> {
  const [from, to] = [headOf(older), headOf(head)];
  if (saysSo(older, head) && (await follows(context, tenant, from, to))) return;
  throw new DeskError(
    'INTEGRITY_FAILED',
    `The log does not go on from the head of ${older.size} entries that is kept. Nothing was signed; all that is there was kept. Verify the log to see what differs, and put back a backup.`,
    { size: head.size, kept: { size: older.size, root: encodeHex(older.root) } },
  );
}

/** Whether the note of a stored checkpoint is of the head that it is stored as, and of this log. */
function saysSo({ note, size, root }: Pick<Head, 'size' | 'root'> & { note?: string }, { uid }: Head): boolean {
  if (note === undefined) return true;
  const said = readHead(Buffer.from(note))?.head;
  return said?.origin === originOf(uid) && said.size === BigInt(size) && equalBytes(said.root, root);
}

async function follows(
  { store }: FeatureContext,
  tenant: string,
  from: { size: bigint; root: Uint8Array },
  to: { size: bigint; root: Uint8Array },
): Promise<boolean> {
  if (from.size > to.size) return false;
  if (from.size === 0n) return equalBytes(from.root, emptyRoot());
  const proof = await store.consistencyProof(tenant, Number(from.size), Number(to.size));
  return verifyConsistency({ from, to, proof });
}

function headOf({ size, root }: Pick<Head, 'size' | 'root'>) {
  return { size: BigInt(size), root };
}
