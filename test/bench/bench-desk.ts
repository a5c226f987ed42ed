import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import type { Desk } from '../../electron/desk/desk.ts';
import { nodeServices } from '../../electron/desk/node-services.ts';
import { openDesk } from '../../electron/desk/open-desk.ts';
import type { Opened } from '../../shared/contract/escalation.ts';
import type { Contract } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import type { LogVerified } from '../../shared/contract/log.ts';
import type { ExportFormat } from '../../shared/contract/transfer.ts';
import type { Clock } from '../../shared/domain/clock.ts';
import type { Testbed } from './testbed.ts';

const LOOK_EVERY_MS = 5;

/** The whole desk, as a host opens it, with the built reader: what import and export are measured on. */
export class BenchDesk {
  readonly #desk: Desk;
  readonly #client: ContractRouterClient<Contract>['main'];
  readonly #by: string;

  private constructor(desk: Desk, client: ContractRouterClient<Contract>['main'], by: string) {
    this.#desk = desk;
    this.#client = client;
    this.#by = by;
  }

  static async open(bed: Testbed, store: string, clock: Clock = bed.clock): Promise<BenchDesk> {
    const home = bed.file('home');
    mkdirSync(home, { recursive: true });
    const files = { reader: bed.programs.reader, sample: '', page: '', fonts: '' };
    const services = { ...nodeServices({ host: 'port', home, files }), clock, stateFolder: bed.file('state') };
    const desk = await openDesk(services, store);
    const client = createRouterClient(desk.router).main;
    const known = await client.profile.list({});
    const profile = known[0] ?? (await client.profile.make({ idempotency_key: randomUUID(), name: 'Bench' }));
    return new BenchDesk(desk, client, profile.profile_id);
  }

  async import(path: string): Promise<Job> {
    const staged = this.#desk.staging.stageSource(path, { name: basename(path), temporary: false });
    const { job_id } = await this.#client.transfer.import({
      by: this.#by,
      idempotency_key: randomUUID(),
      sources: [staged],
    });
    return this.#ended(job_id);
  }

  async export(tenant: string, format: ExportFormat, path: string): Promise<Job> {
    const target = this.#desk.staging.stageTarget(path, { name: basename(path), force: true });
    const order = { by: this.#by, idempotency_key: randomUUID(), query: { tenant, format }, target };
    const { job_id } = await this.#client.transfer.export(order);
    return this.#ended(job_id);
  }

  /** One escalation with all that its page shows. */
  get(tenant: string, id: string, event: string): Promise<Opened> {
    return this.#client.escalation.get({ tenant, id, event });
  }

  /** The queue's first page; how many rows. */
  async page(tenant: string): Promise<number> {
    return (await this.#client.queue.list({ tenant })).rows.length;
  }

  /** Waits until no verification runs: the desk itself verifies what it finds unverified. */
  async untilVerified(): Promise<void> {
    for (const { job_id, state } of await this.#client.job.list({ kind: 'verify' })) {
      if (state === 'running') await this.#ended(job_id);
    }
  }

  /** Verifies all of the tenant's evidence, whatever it was judged as before. */
  async verifyAll(tenant: string): Promise<Job> {
    const order = { by: this.#by, idempotency_key: randomUUID(), tenant, all: true };
    const { job_id } = await this.#client.evidence.verify_again(order);
    return this.#ended(job_id);
  }

  /** Verifies the tenant's whole log. */
  async verifyLog(tenant: string): Promise<LogVerified> {
    const { job_id } = await this.#client.log.verify({ by: this.#by, idempotency_key: randomUUID(), tenant });
    const { log_result } = await this.#ended(job_id);
    if (log_result === null) throw new Error('The verification has no result.');
    return log_result;
  }

  close(): Promise<void> {
    return this.#desk.close();
  }

  async #ended(jobId: string): Promise<Job> {
    for (;;) {
      const job = await this.#client.job.get({ job_id: jobId });
      if (job.state === 'done') return job;
      if (job.state !== 'running') throw new Error(`The job ${job.state}: ${job.error?.message ?? 'no reason given'}`);
      await wait(LOOK_EVERY_MS);
    }
  }
}
