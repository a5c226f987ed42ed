import type { Job } from '../../../shared/contract/job.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { FeatureContext } from '../context.ts';

/** What a job's work is given. */
export interface JobHandle {
  readonly jobId: string;
  /** Aborted when someone cancels the job or the desk closes: end after the step at hand. */
  readonly signal: AbortSignal;
  progress(done: number, total: number | null, unit: string): void;
}

/** What a job's work ends with; cancelled or failed, the result says what is done so far. */
export interface JobOutcome {
  readonly cancelled: boolean;
  readonly failure?: DeskError;
  readonly result: Partial<
    Pick<Job, 'import_result' | 'manifest' | 'verify_result' | 'log_result' | 'backup_result' | 'retention_result'>
  >;
}

export interface JobWork {
  /** The caller's idempotency key: sent twice, the job runs once. */
  readonly jobId: string;
  /** Tells a second call with the same key and another input, in this process or another. */
  readonly inputHash: string;
  readonly kind: Job['kind'];
  readonly title: string;
  readonly tenant: string | null;
  run(handle: JobHandle): Promise<JobOutcome>;
}

interface Running {
  job: Job;
  readonly inputHash: string;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

const UNKNOWN_PROGRESS: Job['progress'] = { done: 0, total: null, unit: '' };
/** Progress is stored and told at most this often. */
const SAVE_EVERY_MS = 500;

const CANCELLED: NonNullable<Job['error']> = { code: 'CANCELLED', message: 'It was cancelled. What is in stays in.' };

const byContext = new WeakMap<FeatureContext, Jobs>();

/** The jobs that this desk runs on one ledger. */
export function jobsOf(context: FeatureContext): Jobs {
  const known = byContext.get(context);
  if (known !== undefined) return known;
  const jobs = new Jobs(context);
  byContext.set(context, jobs);
  return jobs;
}

/** Long work in small steps, with progress and cancel; what it ended with survives a closed window. */
export class Jobs {
  private readonly context: FeatureContext;
  private readonly running = new Map<string, Running>();
  private closed = false;

  constructor(context: FeatureContext) {
    this.context = context;
  }

  /**
   * The job that an earlier call with this key started, if there was one. INVALID_INPUT: it had another input;
   * `inputHash` is null where that cannot be told any more.
   */
  async again(jobId: string, inputHash: string | null): Promise<{ job_id: string } | null> {
    const known = this.running.get(jobId) ?? (await this.context.store.job(jobId));
    if (known === null) return null;
    if (inputHash !== null && known.inputHash !== inputHash) {
      throw new DeskError('INVALID_INPUT', 'This key was used for another call. Nothing was started. Use a new key.');
    }
    return { job_id: jobId };
  }

  /** Starts the work; `again` has said that its id is new. CONFLICT: the desk closes. */
  async start(work: JobWork): Promise<{ job_id: string }> {
    if (this.closed) throw new DeskError('CONFLICT', 'The desk is closing. Nothing was started. Start it again later.');
    const job: Job = {
      job_id: work.jobId,
      kind: work.kind,
      state: 'running',
      title: work.title,
      tenant: work.tenant,
      started_at: instantText(this.context.clock.now()),
      ended_at: null,
      progress: UNKNOWN_PROGRESS,
      error: null,
      import_result: null,
      manifest: null,
      verify_result: null,
      log_result: null,
    };
    await this.save({ job, inputHash: work.inputHash });
    this.launch(work, job);
    return { job_id: work.jobId };
  }

  /** The job as it stands now; null when there is none. */
  async get(jobId: string): Promise<Job | null> {
    const stored = this.running.get(jobId)?.job ?? (await this.context.store.job(jobId))?.job;
    return stored === undefined ? null : whole(stored);
  }

  async list(kind?: Job['kind']): Promise<Job[]> {
    const stored = await this.context.store.jobs(kind);
    return stored.map((job) => this.running.get(job.job_id)?.job ?? whole(job));
  }

  /** Asks a job of this desk to stop; one that has ended, or runs elsewhere, stays as it is. */
  cancel(jobId: string): void {
    this.running.get(jobId)?.abort.abort();
  }

  /** Settles when the job of this desk has ended. */
  async ended(jobId: string): Promise<void> {
    await this.running.get(jobId)?.ended;
  }

  /** Starts nothing more, cancels what runs, and settles when all of it has stopped. */
  async close(): Promise<void> {
    this.closed = true;
    const all = [...this.running.values()];
    for (const { abort } of all) abort.abort();
    await Promise.all(all.map(({ ended }) => ended));
  }

  /** Jobs that a desk was running when it died: they have failed, and what was done stays. */
  async failOrphans(isAlive: (owner: string) => boolean): Promise<void> {
    for (const { job_id, state } of await this.context.store.jobs()) {
      if (state !== 'running') continue;
      const stored = await this.context.store.job(job_id);
      if (stored === null || isAlive(stored.owner)) continue;
      const error = {
        code: 'CANCELLED' as const,
        message: 'The desk ended while this ran. What was done stays; start it again to go on.',
      };
      await this.save({ ...stored, job: { ...stored.job, state: 'failed', ended_at: this.now(), error } });
    }
  }

  private launch(work: JobWork, job: Job): void {
    const abort = new AbortController();
    const running = { job, abort, inputHash: work.inputHash };
    // The work begins in a later turn, when the entry below stands.
    const ended = Promise.resolve().then(() => this.see(work, running));
    this.running.set(work.jobId, Object.assign(running, { ended }));
  }

  private async see(work: JobWork, running: Omit<Running, 'ended'>): Promise<void> {
    const handle = this.handle(work.jobId, running);
    try {
      const { cancelled, failure, result } = await work.run(handle);
      if (failure !== undefined) await this.finish(running, { ...result, state: 'failed', error: told(failure) });
      else if (cancelled) await this.finish(running, { ...result, state: 'cancelled', error: CANCELLED });
      else await this.finish(running, { ...result, state: 'done' });
    } catch (cause) {
      if (!(cause instanceof DeskError)) this.context.log(`job ${work.jobId} failed: ${String(cause)}`);
      await this.finish(running, { state: 'failed', error: told(cause) });
    } finally {
      this.running.delete(work.jobId);
    }
  }

  private handle(jobId: string, running: Omit<Running, 'ended'>): JobHandle {
    let savedAt = Number.NEGATIVE_INFINITY;
    return {
      jobId,
      signal: running.abort.signal,
      progress: (done, total, unit) => {
        running.job = { ...running.job, progress: { done, total, unit } };
        const now = this.context.clock.monotonic();
        if (now - savedAt < SAVE_EVERY_MS) return;
        savedAt = now;
        this.save(running).then(
          () => this.context.changed(),
          (cause: unknown) => this.context.log(`the progress of job ${jobId} could not be stored: ${String(cause)}`),
        );
      },
    };
  }

  private async finish(running: Omit<Running, 'ended'>, end: Partial<Job>): Promise<void> {
    running.job = { ...running.job, ...end, ended_at: this.now() };
    try {
      await this.save(running);
    } catch (cause) {
      this.context.log(`the end of job ${running.job.job_id} could not be stored: ${String(cause)}`);
    }
    this.context.changed();
  }

  private save({ job, inputHash }: { job: Job; inputHash: string }): Promise<void> {
    return this.context.store.saveJob({ job, inputHash, owner: this.context.owner });
  }

  private now(): string {
    return instantText(this.context.clock.now());
  }
}

/** A job as jobs are today: those of before evidence, or the log, was verified have no such result. */
function whole(job: Job): Job {
  return { ...job, verify_result: job.verify_result ?? null, log_result: job.log_result ?? null };
}

function told(cause: unknown): NonNullable<Job['error']> {
  if (cause instanceof DeskError) return { code: cause.code, message: cause.message };
  return { code: 'INTERNAL', message: 'The desk met a fault of its own. What was done stays.' };
}
