import { encodeHex } from '../../../../../shared/domain/hex.ts';
import type {
  BundleDecision,
  BundledEvidence,
  BundledKey,
  BundleEntry,
  BundleInput,
  NamedEvidence,
} from '../../../../audit/bundle/bundle-input.ts';
import { writeBundle } from '../../../../audit/bundle/write-bundle.ts';
import { readHead } from '../../../../audit/head/signed-head.ts';
import { HashedFile } from '../../../../gateways/files/sealed-file.ts';
import type { StoredCheckpoint } from '../../../../store/ledger-store.ts';
import { fileFacts } from '../../../escalation/evidence-file.ts';
import { keyRingOf } from '../../../keys/key-ring.ts';
import { originOf } from '../../../log/origin.ts';
import type { ExportRun, Written } from '../export-run.ts';
import { type Redaction, redactionOf } from '../redaction.ts';
import { isWhole } from './bundle-choice.ts';
import { type SpooledRecords, withSpooledRecords } from './bundle-records.ts';
import { leftOf } from './left-hashes.ts';

/** A ledger where many decide is read again this often before its records are taken as they are. */
const TRIES = 3;

/**
 * Writes a bundle (docs/formats/bundle.md): the log from the previous checkpoint (or where the order begins) to a head that is signed for it, whole
 * entries for what the query selects, hashes for the rest. Nothing in it is of the clock; the export's own event comes
 * after its range. Errors as `signCheckpoint` and `writeBundle`.
 */
export async function exportBundle(run: ExportRun, path: string, tries = TRIES): Promise<Written> {
  const redaction = redactionOf(run.query);
  const { size: before } = await run.context.store.logHead(run.tenant);
  const written = await withSpooledRecords(run, path, redaction, async (records) => {
    const checkpoint = await run.signHead();
    if (tries > 1 && (await changedBetween(run, before, checkpoint.size))) return null;
    return write(run, path, await inputOf(run, checkpoint, records, redaction), checkpoint);
  });
  return written ?? exportBundle(run, path, tries - 1);
}

/** Whether an escalation changed while the records were read: they would be of another moment than the head. */
async function changedBetween({ context, tenant }: ExportRun, from: number, to: number): Promise<boolean> {
  for await (const batch of context.store.logRange(tenant, from, to)) {
    if (batch.some(({ key }) => key !== null)) return true;
  }
  return false;
}

async function write(run: ExportRun, path: string, input: BundleInput, checkpoint: StoredCheckpoint): Promise<Written> {
  const file = await HashedFile.create(path);
  try {
    await writeBundle(input, (bytes) => file.write(bytes));
    run.stopIfCancelled();
    return { ...(await file.end()), records: input.records.count, checkpoint };
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

async function inputOf(
  run: ExportRun,
  checkpoint: StoredCheckpoint,
  records: SpooledRecords,
  redaction: Redaction,
): Promise<BundleInput> {
  const { context, query, tenant, order } = run;
  const { store } = context;
  const { uid } = await store.logHead(tenant);
  const older = Math.min(sizeOf(order.previous), checkpoint.size);
  const range = { from: Math.min(order.begin ?? older, checkpoint.size), to: checkpoint.size };
  const all = await store.countRange({ tenant, status: 'all', now: context.clock.now() });
  const signer = await keyRingOf(context).deskSigner({ tenant, by: order.by });
  return {
    generator: `vex-review-desk ${context.version}`,
    tenant: uid,
    origin: originOf(uid),
    period: { from: query.from ?? null, to: query.to ?? null },
    query: askedFor(run, redaction),
    range,
    entries: () => entries(run, range, records),
    decisions: () => decisions(run, range, records),
    redact: redaction.names,
    proofs: {
      left: await leftOf(store, tenant, range.from),
      consistency: await store.consistencyProof(tenant, older, range.to),
      inclusion: (seq) => store.inclusionProof(tenant, seq, range.to),
    },
    checkpoint: Buffer.from(checkpoint.note),
    previous: order.previous,
    evidence: (sha256s) => evidenceOf(run, sha256s, records),
    records: {
      json: records.json(),
      csv: records.csv(),
      count: records.count,
      left_out: Math.max(0, all.records - records.count),
    },
    keys: await keysOf(run, redaction),
    desk: { publicHex: encodeHex(signer.publicKey), sign: (message) => signer.sign(message) },
  };
}

function sizeOf(previous: Uint8Array | null): number {
  const head = previous === null ? null : readHead(previous);
  return Number(head?.head.size ?? 0n);
}

function askedFor({ query, context }: ExportRun, { names }: Redaction): BundleInput['query'] {
  const { status, search = null, evidence = 'bytes' } = query;
  const redact = names.length === 0 ? null : names.join(' ');
  return { status, search, evidence, redact, ...(context.sample ? { sample: true } : {}) };
}

async function* entries(
  run: ExportRun,
  { from, to }: { from: number; to: number },
  { selected }: SpooledRecords,
): AsyncGenerator<BundleEntry> {
  let done = 0;
  run.progress(done, to - from, 'events');
  for await (const batch of run.context.store.logRange(run.tenant, from, to)) {
    for (const event of batch) yield isWhole(event, run.query, selected) ? event : { hash: event.leafSha256 };
    done += batch.length;
    run.progress(done, to - from, 'events');
  }
}

async function* decisions(
  { context, tenant, query }: ExportRun,
  { from, to }: { from: number; to: number },
  { selected }: SpooledRecords,
): AsyncGenerator<BundleDecision> {
  for await (const batch of context.store.logRange(tenant, from, to, 'decision.recorded'))
    yield* batch.filter((event) => isWhole(event, query, selected));
}

async function* evidenceOf(
  run: ExportRun,
  sha256s: Iterable<string>,
  records: SpooledRecords,
): AsyncGenerator<NamedEvidence> {
  for await (const pieces of run.context.store.evidencePieces(run.tenant, sha256s)) {
    run.stopIfCancelled();
    for (const { sha256, bytes } of pieces) yield { sha256, piece: pieceOf(run, sha256, bytes, records) };
  }
}

function pieceOf(
  { query }: ExportRun,
  sha256: string,
  bytes: Uint8Array | null,
  records: SpooledRecords,
): BundledEvidence | null {
  if (bytes === null) return null;
  const content = query.evidence === 'hashes' ? null : bytes;
  return { kind: records.kindOf(sha256) ?? kindByContent(bytes), bytes: bytes.length, content };
}

/** Of evidence that no record here has: what it looks like. */
function kindByContent(bytes: Uint8Array): BundledEvidence['kind'] {
  const { kind } = fileFacts(bytes);
  return kind === 'unknown' ? 'source-row' : kind;
}

async function keysOf({ context, tenant }: ExportRun, redaction: Redaction): Promise<BundledKey[]> {
  const { entries: all } = await context.store.trust(tenant);
  return all.flatMap(({ status, entry }) => {
    if (status === 'offered' || entry.purpose === 'pcrs') return [];
    const { purpose, name, public_hex, valid_from = null, valid_until = null } = entry;
    return [{ purpose, name: redaction.keyName(purpose, name), public_hex, status, valid_from, valid_until }];
  });
}
