import { randomUUID } from 'node:crypto';
import { ORPCError } from '@orpc/client';
import { vi } from 'vitest';
import type { DeskClient } from '../../../electron/desk/local-client.ts';
import { decodeBase64 } from '../../../shared/domain/base64.ts';
import type { Escalation, EscalationInFull } from '../../../shared/domain/escalation.ts';
import { ExactJson } from '../../../shared/domain/escalation.ts';
import { escalationJson } from '../../../shared/domain/escalation-json.ts';
import type { WaivableCheck } from '../../../shared/domain/verdict.ts';
import {
  type Approval,
  type Change,
  type DeskDriver,
  PASSPHRASE,
  type Plain,
  Refused,
  type Target,
  type Why,
} from './driver.ts';

/** What a host adds to its client: how it takes files in charge. */
export interface ClientParts {
  readonly client: DeskClient;
  stageSource(path: string): Promise<string>;
  stageTarget(out: string): Promise<string>;
  /** Brings a written target to `out`, where the host does not write there itself. */
  deliver(staged: string, out: string): Promise<void>;
  close(): Promise<void>;
}

/** Drives a desk through its contract: what a window does. */
export async function clientDriver(parts: ClientParts): Promise<DeskDriver> {
  const { main } = parts.client;
  const { profile_id: by } = await told(main.profile.make({ idempotency_key: randomUUID(), name: 'Ada Lovelace' }));

  async function ended(jobId: string) {
    const job = await vi.waitFor(
      async () => {
        const now = await main.job.get({ job_id: jobId });
        if (now.state === 'running') throw new Error('still running');
        return now;
      },
      { timeout: 20_000, interval: 20 },
    );
    if (job.error !== null) throw new Refused(job.error.code, job.error.message, {});
    return job;
  }
  const acting = (change: Change = {}) => ({
    by,
    idempotency_key: change.key ?? randomUUID(),
    ...(change.expectVersion === undefined ? {} : { expect_version: change.expectVersion }),
  });
  const why = ({ reason, reasonCode }: Why) => ({
    reason,
    ...(reasonCode === undefined ? {} : { reason_code: reasonCode }),
  });

  type Form = Parameters<typeof main.decision.decide>[0]['form'];
  async function decide(target: Target, change: Change, form: Form) {
    const { escalation } = await told(main.escalation.get(target));
    const event = escalation.record.escalation_event_id;
    const view = { view_sha256: escalation.view_sha256, form };
    return plain(await told(main.decision.decide({ ...target, ...acting(change), event, ...view })));
  }

  async function resolutionOf({ vep, vepHash = '', seal }: Approval) {
    if (seal === true) return { kind: 'seal' as const };
    if (vep === undefined) return { kind: 'hash' as const, vep_hash: vepHash };
    return { kind: 'packet' as const, staged: await parts.stageSource(vep) };
  }
  async function verified(): Promise<void> {
    const jobs = await main.job.list({ kind: 'verify' });
    for (const { job_id } of jobs.filter(({ state }) => state === 'running')) await ended(job_id);
  }

  return {
    async import(paths, tenants = []) {
      const sources = await Promise.all(paths.map((path) => parts.stageSource(path)));
      const { job_id } = await told(main.transfer.import({ ...acting(), sources, tenants }));
      const { import_result } = await ended(job_id);
      if (import_result === null) throw new Error('the import has no result');
      return import_result;
    },
    async export(query, out) {
      const target = await told(parts.stageTarget(out));
      const asked = query as Parameters<typeof main.transfer.preview>[0];
      const { job_id } = await told(main.transfer.export({ ...acting(), query: asked, target }));
      const { manifest } = await ended(job_id);
      await parts.deliver(target, out);
      return { ...manifest };
    },
    async list(query) {
      const page = await told(main.queue.list_in_full(query));
      return { rows: page.rows.map(plain), next: page.next_cursor };
    },
    show: async (target) => plain((await told(main.escalation.get(target))).escalation),
    async record({ tenant, id, eventId, token }) {
      const exact = token === undefined ? {} : { token: ExactJson.parse(token) };
      return plain(await told(main.escalation.record({ ...acting(), tenant, id, event_id: eventId, ...exact })));
    },
    async resolve(target, approval) {
      const { eventId, overrides = [] } = approval;
      const resolution = await resolutionOf(approval);
      const event = eventId === undefined ? {} : { event_id: eventId };
      return decide(target, approval, { outcome: 'approved', ...why(approval), resolution, overrides, ...event });
    },
    reject: (target, given) =>
      decide(target, given, { outcome: 'rejected', ...why(given), ...(given.seal === true ? { seal: {} } : {}) }),
    withdraw: (target, given) => decide(target, given, { outcome: 'withdrawn', ...why(given) }),
    expire: (target, change = {}) => decide(target, change, { outcome: 'expired' }),
    claim: async (target, change) => plain(await told(main.escalation.claim({ ...target, ...acting(change) }))),
    release: async (target, change) => plain(await told(main.escalation.release({ ...target, ...acting(change) }))),
    correct: async (target, given) =>
      plain(await told(main.decision.correct({ ...target, ...acting(given), reason: given.reason }))),
    async attach(target, files, role = 'escalation') {
      const staged = await Promise.all(files.map((file) => parts.stageSource(file)));
      return plain(await told(main.escalation.attach({ ...target, ...acting(), files: staged, role })));
    },
    async evidence(target, sha256) {
      const found = await told(main.escalation.evidence({ ...target, ...(sha256 === undefined ? {} : { sha256 }) }));
      const { base64, kind, role } = found;
      return { bytes: decodeBase64(base64) ?? new Uint8Array(), sha256: found.sha256, kind, role };
    },
    async trust(tenant, file) {
      const { name, entries } = await told(main.keys.read_file({ tenant, staged: await parts.stageSource(file) }));
      const confirmed = entries.map((entry) => ({ entry, confirmation: { how: 'compared' as const } }));
      await told(main.keys.pin({ ...acting(), tenant, source: name, entries: confirmed }));
      await verified();
    },
    waive: (tenant, checks) => told(waiveChecks(main, { ...acting(), tenant }, checks)),
    async makeKey(tenant) {
      const made = await told(main.keys.make({ ...acting(), tenant, name: 'Ada', passphrase: PASSPHRASE }));
      await verified();
      return made.public_hex;
    },
    async verifyLog(tenant) {
      const { job_id } = await told(main.log.verify({ ...acting(), tenant }));
      const { log_result } = await ended(job_id);
      if (log_result === null) throw new Error('the verification has no result');
      return log_result;
    },
    checkpoint: (tenant) => told(main.log.checkpoint({ ...acting(), tenant })),
    async prove({ tenant, ...target }, out) {
      const staged = await parts.stageTarget(out);
      await told(main.log.prove({ ...acting(), tenant, target: staged, escalation: { ...target, tenant } }));
      await parts.deliver(staged, out);
    },
    async acceptLog(tenant, reason) {
      await told(main.log.accept({ ...acting(), tenant, reason }));
    },
    close: () => parts.close(),
  };
}

/** Sets the tenant's waived checks and leaves its other settings; all that it waives then. */
export async function waiveChecks(
  main: DeskClient['main'],
  acting: { by: string; idempotency_key: string; tenant: string },
  checks: readonly string[],
): Promise<readonly string[]> {
  const settings = await main.settings.get({ tenant: acting.tenant });
  await main.settings.set({ ...acting, settings: { ...settings, waived_checks: checks as WaivableCheck[] } });
  return (await main.settings.get({ tenant: acting.tenant })).waived_checks;
}

function plain<T extends Escalation | EscalationInFull>(escalation: T): Plain<T> {
  return JSON.parse(escalationJson(escalation)) as Plain<T>;
}

/** The answer, or the refusal with its code. */
export async function told<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ORPCError) {
      const data = error.data as { details?: Record<string, unknown> } | undefined;
      throw new Refused(error.code, error.message, data?.details ?? {});
    }
    throw error;
  }
}
