import type { ErrorCode } from '../../../../../shared/domain/errors.ts';
import type { EscalationKey } from '../../../../../shared/domain/escalation.ts';
import { type Archive, openArchive, smallFile } from '../../../../audit/archive/archive-reader.ts';
import type { ByteSource } from '../../../../audit/archive/byte-source.ts';
import { MANIFEST } from '../../../../audit/bundle/layout.ts';
import { type Manifest, readManifest } from '../../../../audit/bundle/manifest.ts';
import type { Outbox } from '../../../../gateways/files/outbox.ts';
import type { ReaderBundle } from '../../../../gateways/files/reader-protocol.ts';
import type { NewEvidence } from '../../../../store/ledger-store.ts';
import type { FeatureContext } from '../../../context.ts';
import { trustOf } from '../../../keys/trust-store.ts';
import { BundledPieces } from './bundle-evidence.ts';
import { readLoggedEscalations } from './bundle-log.ts';
import { judgeBundle, tenantOfBundle } from './judge-bundle.ts';
import { BundledRecords } from './read-bundled-records.ts';

/** Why nothing of a bundle, or nothing more of it, is taken. Its message is for people. */
export class BundleRefusal extends Error {
  readonly code: Extract<ErrorCode, 'INVALID_INPUT' | 'INTEGRITY_FAILED' | 'NOT_FOUND'>;
  readonly needsTenant: boolean;

  constructor(code: BundleRefusal['code'], message: string, options: { cause?: unknown; needsTenant?: boolean } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.needsTenant = options.needsTenant ?? false;
  }
}

export interface BundleReading {
  readonly file: Pick<ReaderBundle, 'source'>;
  readonly source: ByteSource;
  readonly tenants: readonly string[];
  progress(done: number, total: number | null, unit: string): void;
}

const NOBODY = { keys: [], baselines: [] };

/** Verifies a bundle and gives `outbox` its records with what its log says of them. Throws BundleRefusal, ArchiveFault. */
export async function readBundle(context: FeatureContext, reading: BundleReading, outbox: Outbox): Promise<void> {
  const archive = await openArchive(reading.source);
  const whose = whoseOf(await tenantOfBundle(archive), reading.tenants);
  const { trust } = typeof whose === 'string' ? { trust: NOBODY } : await trustOf(context, whose.name);
  const judged = await judgeBundle(counted(reading), archive, trust);
  if (!judged.holds) throw refusedFor(reading, judged.check);
  const manifest = await manifestOf(archive);
  if (whose === 'unsaid')
    throw new BundleRefusal('INVALID_INPUT', `${reading.file.source}: ${UNSAID}`, { needsTenant: true });
  if (leavesIdsOut(manifest)) throw new BundleRefusal('INVALID_INPUT', `${reading.file.source}: ${NO_IDS}`);
  if (whose === 'other') {
    for (let n = 0; n < manifest.records; n += 1) outbox.count('OTHER_TENANT');
    return;
  }
  outbox.take(whose.name);
  const place = { source: reading.file.source, locator: '' };
  for (const { name, detail } of judged.unchecked)
    outbox.addFinding(place, 'BUNDLE_UNCHECKED', { message: `Not checked of the bundle: ${name}. ${detail}` });
  const { progress, source } = reading;
  const rowsOf = (key: EscalationKey) => knownRows(context, key);
  const records = { ...place, tenant: whose.name, now: context.clock.now(), outbox, rowsOf, progress };
  await new BundledRecords(
    records,
    await readLoggedEscalations(archive, source, manifest),
    await BundledPieces.of(archive, source),
  ).read(archive, manifest);
  await outbox.flush();
}

/** What it came from at this desk, so that a bundle that goes on from another one adds to what that one brought. */
async function knownRows({ store, clock }: FeatureContext, key: EscalationKey): Promise<NewEvidence[]> {
  const stored = await store.read(key, clock.now());
  const rows: NewEvidence[] = [];
  for (const { sha256, kind, role } of stored?.escalation.evidence ?? []) {
    const bytes = kind === 'source-row' ? await store.evidenceBytes(key.tenant, sha256) : null;
    if (bytes !== null) rows.push({ bytes, kind, role });
  }
  return rows;
}

/** The bundle's own word, else the one tenant that was asked for. */
function whoseOf(said: string | null, asked: readonly string[]): 'other' | 'unsaid' | { name: string } {
  const [only] = asked;
  if (said === null) return only === undefined || asked.length > 1 ? 'unsaid' : { name: only };
  return asked.length > 0 && !asked.includes(said) ? 'other' : { name: said };
}

function counted({ source, progress }: BundleReading): ByteSource {
  let done = 0;
  return {
    size: source.size,
    read(at, length) {
      done += length;
      progress(done, null, 'bytes verified');
      return source.read(at, length);
    },
  };
}

function refusedFor(
  { file }: BundleReading,
  { name, detail, verdict }: { name: string; detail: string; verdict: string },
) {
  const isBroken = name !== 'structure' && verdict === 'failed';
  const message = `${file.source} is refused: ${detail} Nothing of it was imported.`;
  return new BundleRefusal(isBroken ? 'INTEGRITY_FAILED' : 'INVALID_INPUT', message);
}

async function manifestOf(archive: Archive): Promise<Manifest> {
  const bytes = await smallFile(archive, MANIFEST);
  const read = bytes === null ? null : readManifest(bytes);
  if (read?.ok !== true) throw new BundleRefusal('INVALID_INPUT', 'The bundle was changed while it was read.');
  return read.manifest;
}

function leavesIdsOut({ query, withheld }: Manifest): boolean {
  const asked = typeof query.redact === 'string' ? query.redact.split(' ') : [];
  return asked.includes('escalation_id') || withheld.redacted.escalation_id !== undefined;
}

const UNSAID =
  'the bundle does not say whose records these are. Nothing of it was imported. Name the tenant and import it again.';
const NO_IDS =
  'the bundle leaves the escalations’ ids out, so that its records can be kept under none. Nothing of it was imported.';
