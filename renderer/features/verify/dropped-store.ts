import { useSyncExternalStore } from 'react';
import type { PacketAnatomy } from '../../../shared/domain/anatomy.ts';
import type { EvidenceReport } from '../../../shared/domain/verdict.ts';
import type { LedgerClient, StagedFile } from '../../transport/transport.ts';
import { bringIn } from '../imports/import-store.ts';
import { isLedger, isRecords } from './incoming-kind.ts';

/** A file that was dropped, with what it is worth. Nothing of it is stored. */
export interface VerifiedFile {
  readonly file: StagedFile;
  readonly report: EvidenceReport;
  readonly anatomy: PacketAnatomy | null;
  /** Of a bundle or a proof of the log: what it proves, in one sentence. */
  readonly proven: string | null;
}

/** What was dropped: being verified, shown with its verdicts, or refused. */
export interface Dropped {
  readonly state: 'idle' | 'busy' | 'shown' | 'failed';
  readonly files: readonly VerifiedFile[];
  readonly error: unknown;
}

const IDLE: Dropped = { state: 'idle', files: [], error: null };
let dropped = IDLE;
const listeners = new Set<() => void>();

function become(next: Dropped): void {
  dropped = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useDropped(): Dropped {
  return useSyncExternalStore(subscribe, () => dropped);
}

export function forgetDropped(): void {
  become(IDLE);
}

/** More files than these are a folder for an import, not something to look at one by one. */
const MOST_FILES = 100;

/**
 * Takes what was dropped: a ledger goes to the import, all else is verified first with the tenant's keys and shown.
 * Without a tenant there are no keys, and so only the import.
 */
export async function takeDropped(
  stage: () => Promise<readonly StagedFile[]>,
  api: LedgerClient,
  tenant: string | null,
): Promise<void> {
  become({ ...IDLE, state: 'busy' });
  try {
    const files = await stage();
    const ledger = files.length > MOST_FILES || files.some(({ name }) => isLedger(name));
    const shown = tenant === null || ledger ? null : await verifyAll(files, api, tenant);
    if (shown !== null && shown.length > 0) return become({ state: 'shown', files: shown, error: null });
    become(IDLE);
    await bringIn(async () => files);
  } catch (error) {
    become({ state: 'failed', files: [], error });
  }
}

/** The verdicts of the files; null as soon as one turns out to be meant for an import. */
async function verifyAll(
  files: readonly StagedFile[],
  api: LedgerClient,
  tenant: string,
): Promise<readonly VerifiedFile[] | null> {
  const verified: VerifiedFile[] = [];
  for (const file of files) {
    const { report, anatomy, proven } = await api.evidence.verify_file({ tenant, staged: file.staged });
    if (report.kind === 'unknown' && isRecords(file.name)) return null;
    verified.push({ file, report, anatomy, proven });
  }
  return verified;
}
