import { join } from 'node:path';
import type { Job } from '../../../shared/contract/job.ts';
import type { ScheduledRun } from '../../../shared/contract/schedule.ts';
import type { ExportQuery } from '../../../shared/contract/transfer.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { startOfDay } from '../../../shared/domain/zone-days.ts';
import type { ScheduleState, StoredSchedule } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { jobsOf } from '../job/jobs.ts';
import { runExport } from '../transfer/export/export-job.ts';
import { sha256Hex } from '../writing.ts';
import { chained, headOfBundle } from './chain.ts';
import { freeName } from './file-name.ts';
import { usableFolder } from './folder.ts';
import { removeOld } from './old-files.ts';
import { type DueTurn, dueTurn } from './turns.ts';

/** What failed is tried again after this long. */
const AGAIN_MS = 15 * 60_000;

/**
 * Makes the exports that are due, each as a job. Turns that did not come about while no desk ran are made up for by one
 * export of all their days. A turn counts as done only once its file is in its place: whatever ends the desk before, the
 * next one exports those days again. Whoever calls holds the lease for timers.
 */
export class Schedules {
  readonly #context: FeatureContext;

  constructor(context: FeatureContext) {
    this.#context = context;
  }

  /** One turn over all schedules; answers for how many something happened. */
  async turn(): Promise<number> {
    const { store, sample } = this.#context;
    if (sample) return 0;
    let moved = 0;
    for (const schedule of await store.schedules(null)) {
      const hasMoved = schedule.state.running === null ? await this.#startDue(schedule) : await this.#settle(schedule);
      moved += hasMoved ? 1 : 0;
    }
    return moved;
  }

  async #startDue(schedule: StoredSchedule): Promise<boolean> {
    const { state } = schedule;
    const now = this.#context.clock.now();
    const due = dueTurn(schedule.turn, state.coveredUntil, now);
    const waits = state.failedAtMs !== null && now >= state.failedAtMs && now < state.failedAtMs + AGAIN_MS;
    if (due === null || waits) return false;
    try {
      return await this.#start(schedule, due);
    } catch (error) {
      if (!(error instanceof DeskError) || error.code.startsWith('STORE_')) throw error;
      return this.#fail(schedule, { job_id: null, made_up: due.madeUp, error: told(error) });
    }
  }

  async #start(schedule: StoredSchedule, due: DueTurn): Promise<boolean> {
    const { ids } = this.#context;
    await this.#checkOperator(schedule);
    const folder = await usableFolder(schedule.folder);
    const name = await freeName({ ...schedule, folder }, due);
    const chain = await chained(this.#context, schedule, due);
    const jobId = ids.uuid();
    // First of all the turn is this job's: a desk whose lease ran out meanwhile, and the one that has it, begin it once.
    const running = { jobId, until: due.until, madeUp: due.madeUp };
    if (!(await this.#move(schedule, { ...schedule.state, running }))) return false;
    const target = { staged: jobId, path: join(folder, name), name, temporary: false, force: false };
    const order = { query: queryOf(schedule, due), target, by: schedule.by, ...chain };
    await jobsOf(this.#context).start({
      jobId,
      inputHash: sha256Hex(Buffer.from(jobId)),
      kind: 'export',
      title: titleOf(name, due.madeUp),
      tenant: schedule.tenant,
      run: (handle) => runExport(this.#context, order, handle),
    });
    return true;
  }

  /** Who ordered it may still do so. FORBIDDEN. */
  async #checkOperator({ by, tenant }: StoredSchedule): Promise<void> {
    if ((await this.#context.store.rolesOf(by, tenant)).includes('operator')) return;
    const message = 'Who ordered this export is no operator of the tenant any more. Nothing was written.';
    throw new DeskError('FORBIDDEN', message, { tenant });
  }

  async #settle(schedule: StoredSchedule): Promise<boolean> {
    const { state, folder, keep } = schedule;
    const { running } = state;
    const job = running === null ? null : await jobsOf(this.#context).get(running.jobId);
    // A desk that ended before the job began left the turn as due as it was.
    if (running === null || job === null) return this.#move(schedule, { ...state, running: null });
    if (job.state === 'running') return false;
    const ended = { job_id: running.jobId, made_up: running.madeUp };
    if (job.manifest === null) return this.#fail(schedule, { ...ended, error: job.error ?? NO_FILE });
    const { file, sha256 } = job.manifest;
    const files = await removeOld(folder, [...state.files, { name: file, sha256 }], keep);
    const last: ScheduledRun = { ...ended, at: this.#now(), file, error: null };
    const done = { coveredUntil: running.until, running: null, last, failedAtMs: null, files };
    return this.#move(schedule, { ...done, ...headOfBundle(job, state) });
  }

  #fail(schedule: StoredSchedule, end: Pick<ScheduledRun, 'job_id' | 'made_up' | 'error'>): Promise<boolean> {
    const last = { ...end, at: this.#now(), file: null };
    const failedAtMs = this.#context.clock.now();
    return this.#move(schedule, { ...schedule.state, running: null, last, failedAtMs });
  }

  #move({ scheduleId, state }: StoredSchedule, to: ScheduleState): Promise<boolean> {
    return this.#context.store.moveSchedule(scheduleId, state, to);
  }

  #now(): string {
    return instantText(this.#context.clock.now());
  }
}

const NO_FILE: NonNullable<Job['error']> = { code: 'INTERNAL', message: 'The export left no file.' };

function told({ code, message }: DeskError): NonNullable<Job['error']> {
  return { code, message };
}

function queryOf({ query, covers, turn }: StoredSchedule, { from, until }: DueTurn): ExportQuery {
  const to = instantText(startOfDay(until, turn.zone));
  if (covers === 'all') return { ...query, to };
  return { ...query, from: instantText(startOfDay(from, turn.zone)), to };
}

function titleOf(name: string, madeUp: number): string {
  const makesUp = madeUp === 0 ? '' : `, making up for ${madeUp} missed`;
  return `Scheduled export: ${name}${makesUp}`;
}
