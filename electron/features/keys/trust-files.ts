import { DeskError } from '../../../shared/domain/errors.ts';
import type { TrustEntry } from '../../../shared/domain/trust.ts';
import { readTrustFile, writeTrustFile } from '../../evidence/trust/trust-file.ts';
import type { FeatureContext } from '../context.ts';
import { stagedBytes } from '../staged-bytes.ts';
import { tenantWrite } from '../writing.ts';
import { onceHere } from './once-here.ts';
import { writeTarget } from './write-target.ts';

/** The entries of a staged trust file, of which nothing is kept. NOT_FOUND, INTEGRITY_FAILED, LIMIT_EXCEEDED. */
export async function readFile(
  context: FeatureContext,
  input: { staged: string },
): Promise<{ name: string; entries: TrustEntry[] }> {
  const file = context.staging.source(input.staged);
  const read = readTrustFile(await stagedBytes(file));
  if (read.ok) return { name: file.name, entries: [...read.entries] };
  const message = `This is no trust file. Nothing of it was kept. ${read.why}`;
  throw new DeskError('INTEGRITY_FAILED', message, { file: file.name });
}

interface ExportInput {
  readonly by: string;
  readonly idempotency_key: string;
  readonly tenant: string;
  readonly target: string;
}

/** Writes what is pinned and what was retired, never what was offered or revoked. NOT_FOUND, ALREADY_EXISTS. */
export async function exportFile(
  context: FeatureContext,
  input: ExportInput,
): Promise<{ file: string; entries: number }> {
  const target = context.staging.target(input.target);
  const { entries } = await context.store.trust(input.tenant);
  const trusted = entries.filter(({ status }) => status === 'pinned' || status === 'retired');
  const text = writeTrustFile(trusted.map(({ entry }) => entry));
  await onceHere(context, tenantWrite(context, 'keys.export', input), () => writeTarget(target, text));
  return { file: target.name, entries: trusted.length };
}
