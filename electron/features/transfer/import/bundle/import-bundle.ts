import { relative, sep } from 'node:path';
import { DeskError } from '../../../../../shared/domain/errors.ts';
import { describeImportCode } from '../../../../../shared/domain/import-codes.ts';
import { ArchiveFault } from '../../../../audit/archive/archive-reader.ts';
import type { ByteSource } from '../../../../audit/archive/byte-source.ts';
import { Outbox } from '../../../../gateways/files/outbox.ts';
import type { ReaderBundle, ReaderFinding, ReaderMessage } from '../../../../gateways/files/reader-protocol.ts';
import type { FeatureContext } from '../../../context.ts';
import { withFileSource } from '../../../log/file-source.ts';
import type { ReaderWork } from '../reader-inbox.ts';
import { BundleRefusal, readBundle } from './read-bundle.ts';

export interface BundleOrder {
  readonly file: ReaderBundle;
  /** What the import was given: a file beside these is not read, whatever the reader says. */
  readonly sources: readonly { readonly path: string }[];
  /** Only these tenants; empty: the one that the bundle names. */
  readonly tenants: readonly string[];
  readonly signal: AbortSignal;
  progress(done: number, total: number | null, unit: string): void;
}

/**
 * Reads an audit bundle and gives `take` what the reader process gives of other sources: batches, findings, and the counts at
 * the end; early where the signal is aborted. One that is refused is a finding of its own; where no other file was given it is
 * the call's error, too: INTEGRITY_FAILED where a check of it failed; INVALID_INPUT for what is no bundle, names no tenant,
 * or leaves the ids out; NOT_FOUND where it cannot be read. Errors besides: as `take`.
 */
export async function importBundle(
  context: FeatureContext,
  order: BundleOrder,
  take: (work: ReaderWork) => Promise<void>,
): Promise<void> {
  const { file, signal } = order;
  const outbox = deskOutbox(signal, take);
  let refusal: BundleRefusal | null = null;
  try {
    if (!isAmong(file.path, order.sources))
      throw new BundleRefusal('NOT_FOUND', `${file.source} is no file of this import.`);
    await withFileSource(file.path, (source) =>
      readBundle(context, { ...order, source: watched(source, signal) }, outbox),
    );
  } catch (error) {
    if (!(error instanceof Stopped)) refusal = refusalOf(error, file, outbox.tenants.length > 0);
  }
  if (refusal !== null) await take({ type: 'findings', findings: [findingOf(refusal, file)] });
  await take({ type: 'end', refused: outbox.refused, rows: outbox.rows, tenants: outbox.tenants });
  if (refusal !== null && (file.alone || (file.named && refusal.needsTenant)))
    throw new DeskError(refusal.code, refusal.message);
}

/** Nobody wants the rest any more. */
class Stopped extends Error {}

/** Gathers as the reader's outbox does, and waits for the desk where that waits for `next`. */
function deskOutbox(signal: AbortSignal, take: (work: ReaderWork) => Promise<void>): Outbox {
  let posted: ReaderMessage | null = null;
  return new Outbox(
    (message) => {
      posted = message;
    },
    async () => {
      if (signal.aborted) throw new Stopped();
      if (posted !== null && posted.type !== 'failed' && posted.type !== 'checking') await take(posted);
    },
  );
}

function watched({ size, read }: ByteSource, signal: AbortSignal): ByteSource {
  return {
    size,
    read(at, length) {
      if (signal.aborted) return Promise.reject(new Stopped());
      return read(at, length);
    },
  };
}

function isAmong(path: string, sources: BundleOrder['sources']): boolean {
  return sources.some((source) => {
    const way = relative(source.path, path);
    return way === '' || (!way.split(sep).includes('..') && way !== path);
  });
}

function findingOf({ message }: BundleRefusal, { source }: ReaderBundle): ReaderFinding {
  return { source, locator: '', ...describeImportCode('BUNDLE_REFUSED'), message, text: null };
}

/** `hasBegun`: the bundle held, and records of it may be in. */
function refusalOf(error: unknown, { source }: ReaderBundle, hasBegun: boolean): BundleRefusal {
  if (error instanceof BundleRefusal) return error;
  if (error instanceof ArchiveFault) {
    const kept = hasBegun
      ? 'It was changed while it was read; what came in before stays.'
      : 'Nothing of it was imported.';
    return new BundleRefusal('INVALID_INPUT', `${source} is refused: ${error.message} ${kept}`);
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['EACCES', 'EPERM', 'ENOENT', 'EISDIR', 'EIO', 'SHRUNK'].includes(code))
    return new BundleRefusal('NOT_FOUND', `${source} could not be read to its end (${code}).`, { cause: error });
  throw error;
}
