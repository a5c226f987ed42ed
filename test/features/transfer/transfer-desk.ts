import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { spawnNodeReader } from '../../../electron/desk/node-reader.ts';
import type {
  FeatureContext,
  ReaderProcess,
  StagedFile,
  StagedTarget,
  Staging,
} from '../../../electron/features/context.ts';
import { jobsOf } from '../../../electron/features/job/jobs.ts';
import { startExport, startImport } from '../../../electron/features/transfer/handlers.ts';
import type { LedgerStore } from '../../../electron/store/ledger-store.ts';
import { openSqliteStore } from '../../../electron/store/sqlite/open.ts';
import type { Job } from '../../../shared/contract/job.ts';
import type { ExportFormat, ExportQuery, ImportResult, Manifest } from '../../../shared/contract/transfer.ts';
import type { Clock, IdSource } from '../../../shared/domain/clock.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { Escalation } from '../../../shared/domain/escalation.ts';
import { projectRoot } from '../../helpers/project-root.ts';
import { READER } from '../../helpers/reader-run.ts';

export { READER };

export const NOW = Date.parse('2026-11-22T12:00:00Z');
export const BY = '00000000-0000-4000-8000-0000000000b7';
export const FIXTURES = join(projectRoot, 'test', 'fixtures');
export const LEDGERS = join(FIXTURES, 'fixtures', 'ledgers');

/** A clock that stands still; `tick` lets what waits for it happen. */
export class TestClock implements Clock {
  millis = 0;
  private waiting: { at: number; callback: () => void }[] = [];

  now(): number {
    return NOW + this.millis;
  }

  monotonic(): number {
    return this.millis;
  }

  after(ms: number, callback: () => void): () => void {
    const entry = { at: this.millis + ms, callback };
    this.waiting.push(entry);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== entry);
    };
  }

  tick(ms: number): void {
    this.millis += ms;
    const due = this.waiting.filter(({ at }) => at <= this.millis);
    this.waiting = this.waiting.filter(({ at }) => at > this.millis);
    for (const { callback } of due) callback();
  }
}

/** Files by number; nothing is checked that the product's own staging checks. */
class TestStaging implements Staging {
  private readonly files = new Map<string, StagedTarget>();

  stageSource(path: string, { name, temporary }: { name: string; temporary: boolean }): string {
    return this.put({ path, name, temporary, force: false });
  }

  stageTarget(path: string, { name, force }: { name: string; force: boolean }): string {
    return this.put({ path, name, temporary: false, force });
  }

  source(staged: string): StagedFile {
    return this.target(staged);
  }

  target(staged: string): StagedTarget {
    const file = this.files.get(staged);
    if (file === undefined) throw new DeskError('NOT_FOUND', `${staged} is not staged`);
    return file;
  }

  release(staged: string): void {
    this.files.delete(staged);
  }

  private put(file: Omit<StagedTarget, 'staged'>): string {
    const staged = `staged-${this.files.size}`;
    this.files.set(staged, { ...file, staged });
    return staged;
  }
}

function countedIds(): IdSource {
  let next = 0;
  return {
    uuid() {
      next += 1;
      return `00000000-0000-4000-8000-${next.toString(16).padStart(12, '0')}`;
    },
    bytes: (length) => randomBytes(length),
  };
}

export interface TransferDesk extends AsyncDisposable {
  readonly context: FeatureContext;
  readonly store: LedgerStore;
  readonly clock: TestClock;
  readonly folder: string;
  /** Readers that were started. */
  readonly readers: ReaderProcess[];
  /** Imports files and gives the ended job. */
  import(paths: string | readonly string[], options?: { tenants?: readonly string[]; dryRun?: boolean }): Promise<Job>;
  /** As `import`, and the import must have ended well. */
  imported(
    paths: string | readonly string[],
    options?: { tenants?: readonly string[]; dryRun?: boolean },
  ): Promise<ImportResult>;
  export(
    path: string,
    query: Partial<ExportQuery> & { tenant: string; format: ExportFormat },
    force?: boolean,
  ): Promise<Job>;
  exported(path: string, query: Partial<ExportQuery> & { tenant: string; format: ExportFormat }): Promise<Manifest>;
  /** All escalations of a tenant in the order of recording. */
  all(tenant: string): Promise<Escalation[]>;
}

/** A desk with a real store and real reader processes, in a folder of its own. */
export async function openTransferDesk(
  spawn: () => ReaderProcess = () => spawnNodeReader(READER),
): Promise<TransferDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'transfer-'));
  mkdirSync(join(folder, 'home'));
  const clock = new TestClock();
  const ids = countedIds();
  const store = await openSqliteStore({ path: join(folder, 'store.db'), clock, ids });
  const staging = new TestStaging();
  const readers: ReaderProcess[] = [];
  const context: FeatureContext = {
    store,
    clock,
    ids,
    staging,
    sample: false,
    home: join(folder, 'home'),
    stateFolder: null,
    fontFolder: join(projectRoot, 'node_modules'),
    owner: 'test',
    version: '0.0.0',
    keyring: null,
    spawnReader() {
      const reader = spawn();
      readers.push(reader);
      return reader;
    },
    changed: () => undefined,
    publish: () => undefined,
    log: (line) => process.stderr.write(`${line}\n`),
  };
  const jobs = jobsOf(context);
  const ended = async ({ job_id }: { job_id: string }): Promise<Job> => {
    await jobs.ended(job_id);
    // What an import brought in is verified by jobs of their own.
    for (const { job_id: verifying } of await jobs.list('verify')) await jobs.ended(verifying);
    const stored = await store.job(job_id);
    if (stored === null) throw new Error('the job is gone');
    return stored.job;
  };
  const desk: TransferDesk = {
    context,
    store,
    clock,
    folder,
    readers,
    async import(paths, { tenants = [], dryRun = false } = {}) {
      const sources = [paths]
        .flat()
        .map((path) => staging.stageSource(path, { name: basename(path), temporary: false }));
      return ended(
        await startImport(context, {
          by: BY,
          idempotency_key: ids.uuid(),
          sources,
          tenants: [...tenants],
          dry_run: dryRun,
        }),
      );
    },
    async imported(paths, options) {
      const job = await desk.import(paths, options);
      if (job.import_result === null || job.state !== 'done')
        throw new Error(`${job.state}: ${job.error?.code} ${job.error?.message}`);
      return job.import_result;
    },
    async export(path, query, force = false) {
      const target = staging.stageTarget(path, { name: basename(path), force });
      const whole = { status: 'all' as const, ...query };
      return ended(await startExport(context, { by: BY, idempotency_key: ids.uuid(), query: whole, target }));
    },
    async exported(path, query) {
      const job = await desk.export(path, query);
      if (job.manifest === null) throw new Error(`${job.state}: ${job.error?.code} ${job.error?.message}`);
      return job.manifest;
    },
    async all(tenant) {
      const found: Escalation[] = [];
      for await (const batch of store.exportBatches({ tenant, status: 'all', now: clock.now() })) {
        found.push(...batch.map(({ escalation }) => escalation));
      }
      return found;
    },
    async [Symbol.asyncDispose]() {
      await jobs.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return desk;
}

/** A copy of a fixture in the desk's own folder: nothing is ever opened where the fixtures lie. */
export function fixture(desk: TransferDesk, name: string, files: readonly string[] = ['vex.db']): string {
  const folder = join(desk.folder, name);
  mkdirSync(folder);
  for (const file of files) copyFileSync(join(LEDGERS, name, file), join(folder, file));
  return join(folder, 'vex.db');
}
