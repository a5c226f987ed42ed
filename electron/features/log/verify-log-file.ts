import type { EvidenceReport } from '../../../shared/domain/verdict.ts';
import type { ByteSource } from '../../audit/archive/byte-source.ts';
import { auditFileKind } from '../../audit/verify/file-kind.ts';
import { printedIn, verifyPrinted } from '../../audit/verify/printed.ts';
import type { AuditContext } from '../../audit/verify/report.ts';
import { verifyBundle } from '../../audit/verify/verify-bundle.ts';
import { type DigestBeside, isExportEnvelope, verifyExportFile } from '../../audit/verify/verify-export.ts';
import { verifyCheckpointFile, verifyProofFile } from '../../audit/verify/verify-head.ts';
import { bareManifest } from './bare-manifest.ts';

/** A proof carries its entry, which has a row of at most 1 MiB behind it; a note has 1,000,000 bytes. */
const MAX_TEXT_BYTES = 16 * 1024 * 1024;
const START_BYTES = 4;
const ZIP_END = Buffer.from('504b0506', 'hex');
const ZIP_END_BYTES = 22;

/** Of bytes that came without a place: nothing is known to lie beside them. */
const NOTHING_BESIDE: DigestBeside = () => Promise.resolve(null);

/**
 * Verifies a file of the log, whichever it is by its content: a bundle, a checkpoint, a proof, either of them in JSON, the
 * signed manifest of an export (whose files `beside` finds). null where it is none of these. Needs no store, no network and no clock; throws only
 * what `source` and `beside` throw.
 */
export async function verifyLogFile(
  source: ByteSource,
  context: AuditContext,
  beside: DigestBeside = NOTHING_BESIDE,
): Promise<EvidenceReport | null> {
  if (await isBundle(source)) return verifyBundle(source, context);
  if (source.size > MAX_TEXT_BYTES) return null;
  const bytes = await source.read(0, source.size);
  const kind = auditFileKind(bytes);
  if (kind === 'proof') return verifyProofFile(bytes, context);
  if (kind === 'checkpoint') return verifyCheckpointFile(bytes, context);
  if (isExportEnvelope(bytes)) return verifyExportFile(bytes, context.trust, beside);
  const printed = printedIn(bytes);
  if (printed !== null) return verifyPrinted(bytes, printed, context);
  return bareManifest(bytes);
}

/** A container whose beginning was damaged is still taken for one by its end, so that it is said to be damaged. */
async function isBundle({ size, read }: ByteSource): Promise<boolean> {
  if (auditFileKind(await read(0, Math.min(size, START_BYTES))) === 'bundle') return true;
  if (size < ZIP_END_BYTES) return false;
  return Buffer.from(await read(size - ZIP_END_BYTES, ZIP_END.length)).equals(ZIP_END);
}
