import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { vi } from 'vitest';
import type { HostServices } from '../../../electron/desk/host-services.ts';
import type { TrustStore } from '../../../electron/evidence/trust/trust.ts';
import { readTrustFile, trustOf } from '../../../electron/evidence/trust/trust-file.ts';
import type { Job } from '../../../shared/contract/job.ts';
import type { TrustEntry } from '../../../shared/domain/trust.ts';
import { type DecidedDesk, openDecidedDesk, TENANT } from '../../hosts/decided-desk.ts';
import { HandKeyring } from '../keys/keys-desk.ts';

export { TENANT };
/** Only ends what hangs. */
export const PATIENTLY = { timeout: 60_000, interval: 5 };

/** A desk that decides by hand, with what tests of its log need. */
export interface LogDesk extends DecidedDesk {
  acting(): { by: string; idempotency_key: string; tenant: string };
  /** Rejects a new escalation; its id. */
  decide(id?: string): Promise<string>;
  /** A file in the desk's folder, and a target of that name. */
  file(name: string): string;
  target(name: string, force?: boolean): string;
  stage(path: string): string;
  pin(entry: TrustEntry): Promise<void>;
  /** What is pinned here, as an auditor gets it. */
  trust(): Promise<TrustStore>;
  ended(jobId: string): Promise<Job>;
  /** Changes the store's file behind the desk's back. */
  tamper(change: (db: Database.Database) => void): void;
}

/** With a system keyring, so that a reviewer's key opens by itself, once one is made. */
export async function openLogDesk(parts: Partial<HostServices> = {}): Promise<LogDesk> {
  const desk = await openDecidedDesk({ keyring: new HandKeyring(), ...parts });
  const { client, by, home } = desk;
  const acting = () => ({ by, idempotency_key: randomUUID(), tenant: TENANT });
  const log: LogDesk = {
    ...desk,
    acting,
    async decide(id) {
      const recorded = await desk.record(id);
      await client.decision.decide(await desk.rejecting(recorded));
      return recorded;
    },
    file: (name) => join(home, name),
    target: (name, force = false) => desk.desk.staging.stageTarget(join(home, name), { name, force }),
    stage: (path) => desk.desk.staging.stageSource(path, { name: basename(path), temporary: false }),
    async pin(entry) {
      const confirmation = { how: 'compared' as const };
      await client.keys.pin({ ...acting(), source: 'a file', entries: [{ entry, confirmation }] });
    },
    async trust() {
      const name = `trust-${randomUUID()}.json`;
      await client.keys.export({ ...acting(), target: log.target(name) });
      const read = readTrustFile(readFileSync(join(home, name)));
      if (!read.ok) throw new Error(read.why);
      return trustOf(read.entries);
    },
    ended: (jobId) =>
      vi.waitFor(async () => {
        const job = await client.job.get({ job_id: jobId });
        if (job.state === 'running') throw new Error('still running');
        return job;
      }, PATIENTLY),
    tamper(change) {
      const db = new Database(desk.store);
      change(db);
      db.close();
    },
  };
  return log;
}

/** The code that a call ends with; its answer is a failure of the test. */
export function refusal(call: Promise<unknown>): Promise<{ code: unknown; message: string }> {
  return call.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: { code?: unknown; message: string }) => ({ code: error.code, message: error.message }),
  );
}
