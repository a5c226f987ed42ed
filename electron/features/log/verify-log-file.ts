import type { EvidenceFileKind, EvidenceReport } from '../../../shared/domain/verdict.ts';
import type { ByteSource } from '../../audit/bundle/byte-source.ts';
import { auditFileKind } from '../../audit/bundle/file-kind.ts';
import type { AuditContext } from '../../audit/bundle/report.ts';
import { verifyBundle } from '../../audit/bundle/verify-bundle.ts';
import { verifyCheckpointFile, verifyProofFile } from '../../audit/bundle/verify-head.ts';
import { type DigestBeside, isExportEnvelope, verifyExportFile } from '../../audit/verify-export.ts';
import { bareManifest, isBareManifest } from './bare-manifest.ts';

type LogFileKind = Extract<EvidenceFileKind, 'bundle' | 'checkpoint' | 'proof'> | 'export' | 'manifest';

/** A proof carries its entry, which has a row of at most 1 MiB behind it; a note has 1,000,000 bytes. */
const MAX_TEXT_BYTES = 16 * 1024 * 1024;
const START_BYTES = 4096;
const ZIP_END = Buffer.from('504b0506', 'hex');
const ZIP_END_BYTES = 22;

/** Of bytes that came without a place: nothing is known to lie beside them. */
const NOTHING_BESIDE: DigestBeside = () => Promise.resolve(null);

/**
 * Verifies a file of the log, whichever it is by its content: a bundle, a checkpoint, a proof, the signed manifest of an
 * export (whose files `beside` finds). null where it is none of these. Needs no store, no network and no clock; throws only
 * what `source` and `beside` throw.
 */
export async function verifyLogFile(
  source: ByteSource,
  context: AuditContext,
  beside: DigestBeside = NOTHING_BESIDE,
): Promise<EvidenceReport | null> {
  const kind = await kindOf(source);
  if (kind === null) return null;
  if (kind === 'bundle') return verifyBundle(source, context);
  const bytes = await source.read(0, source.size);
  if (kind === 'export') return verifyExportFile(bytes, context.trust, beside);
  if (kind === 'manifest') return bareManifest(bytes);
  return kind === 'proof' ? verifyProofFile(bytes, context) : verifyCheckpointFile(bytes, context);
}

/** A container whose beginning was damaged is still taken for one by its end, so that it is said to be damaged. */
async function kindOf(source: ByteSource): Promise<LogFileKind | null> {
  const { size } = source;
  const start = auditFileKind(await source.read(0, Math.min(size, START_BYTES)));
  if (start === 'bundle' || (await endsAsContainer(source))) return 'bundle';
  if (size > MAX_TEXT_BYTES) return null;
  if (start !== null) return start;
  const bytes = await source.read(0, size);
  return auditFileKind(bytes) ?? exportKind(bytes);
}

function exportKind(bytes: Uint8Array): LogFileKind | null {
  if (isExportEnvelope(bytes)) return 'export';
  return isBareManifest(bytes) ? 'manifest' : null;
}

async function endsAsContainer({ size, read }: ByteSource): Promise<boolean> {
  if (size < ZIP_END_BYTES) return false;
  return Buffer.from(await read(size - ZIP_END_BYTES, ZIP_END.length)).equals(ZIP_END);
}
