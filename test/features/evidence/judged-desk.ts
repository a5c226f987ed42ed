import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { vi } from 'vitest';
import type { HostServices } from '../../../electron/desk/host-services.ts';
import { type DeskClient, localClient } from '../../../electron/desk/local-client.ts';
import type { Job } from '../../../shared/contract/job.ts';
import type { TrustEntry } from '../../../shared/domain/trust.ts';
import type { CheckName, EvidenceReport } from '../../../shared/domain/verdict.ts';
import { HandClock } from '../../hosts/hand-clock.ts';
import { DEMO_LEDGER, FIXTURES, openTestDesk, type TestDesk } from '../../hosts/test-desk.ts';
import { HandKeyring } from '../keys/keys-desk.ts';

export const TENANTS = ['acme-payments', 'northwind-ops', 'clinic-research'] as const;
export const TENANT = 'acme-payments';

/** What index.json says of one escalation of the demo ledger. */
export interface Indexed {
  readonly tenant: string;
  readonly escalation_id: string;
  readonly status: string;
  readonly now: string;
  readonly packet_sha256: string | null;
  readonly packet_checks: Readonly<Record<string, string>> | null;
  readonly token: { readonly lifecycle: string; readonly signature: string; readonly profile: string | null } | null;
}
export const DEMO = fixture<Indexed[]>('ledgers', 'demo', 'index.json');
export const TRUST = fixture<TrustEntry[]>('trust.json');
/** The instant that the verdicts of index.json are of. */
export const INDEX_NOW = Date.parse('2026-11-22T12:00:00Z');

export function fixture<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(FIXTURES, ...path), 'utf8')) as T;
}

/** Only ends what hangs. */
export const PATIENTLY = { timeout: 60_000, interval: 5 };

export type Client = DeskClient['main'];

/** A desk with the demo ledger, and the gate's and issuer's keys pinned where they are asked for. */
export interface JudgedDesk extends TestDesk {
  readonly client: Client;
  readonly by: string;
  acting(tenant?: string): { by: string; idempotency_key: string; tenant: string };
  stage(path: string): string;
  /** A file of these bytes; its path. */
  write(bytes: Uint8Array): string;
  pin(tenant: string, entries?: readonly TrustEntry[]): Promise<void>;
  /** Settles when no job runs; the newest of them. */
  atRest(): Promise<Job | undefined>;
}

export async function openJudgedDesk({
  pinned = true,
  ledger = DEMO_LEDGER,
  at = INDEX_NOW,
  ...parts
}: Partial<HostServices> & { pinned?: boolean; ledger?: string | null; at?: number } = {}): Promise<JudgedDesk> {
  const clock = new HandClock(at);
  // A key of the keyring costs no Argon2id.
  const test = { ...(await openTestDesk({ keyring: new HandKeyring(), ...parts, clock })), clock };
  const client = localClient(test.desk).main;
  const { profile_id: by } = await client.profile.make({ idempotency_key: randomUUID(), name: 'Ada Lovelace' });
  const acting = (tenant: string = TENANT) => ({ by, idempotency_key: randomUUID(), tenant });
  const stage = (path: string) => test.desk.staging.stageSource(path, { name: basename(path), temporary: false });
  const desk: JudgedDesk = {
    ...test,
    client,
    by,
    acting,
    stage,
    write(bytes) {
      const path = join(test.home, `${randomUUID()}.bin`);
      writeFileSync(path, bytes);
      return path;
    },
    async pin(tenant, entries = TRUST) {
      const confirmed = entries.map((entry) => ({ entry, confirmation: { how: 'compared' as const } }));
      await client.keys.pin({ ...acting(tenant), source: 'trust.json', entries: confirmed });
    },
    async atRest() {
      return vi.waitFor(async () => {
        const jobs = await client.job.list({});
        if (jobs.some(({ state }) => state === 'running')) throw new Error('still running');
        return jobs[0];
      }, PATIENTLY);
    },
  };
  if (ledger === null) return desk;
  await client.transfer.import({ by, idempotency_key: randomUUID(), sources: [stage(ledger)] });
  await desk.atRest();
  if (pinned) for (const tenant of TENANTS) await desk.pin(tenant);
  await desk.atRest();
  return desk;
}

/** Verdicts of a report by the names of its checks. */
export function verdicts(report: Pick<EvidenceReport, 'checks'> | undefined): Partial<Record<CheckName, string>> {
  return Object.fromEntries((report?.checks ?? []).map(({ name, verdict }) => [name, verdict]));
}

/** The first indexed escalation of the tenant that waits and is as asked. */
export function waiting(is: (one: Indexed) => boolean, tenant: string = TENANT): { tenant: string; id: string } {
  const found = DEMO.find((one) => one.tenant === tenant && one.status === 'ESCALATED' && is(one));
  if (found === undefined) throw new Error('the demo ledger has no such escalation');
  return { tenant, id: found.escalation_id };
}

export const failing =
  (check: string) =>
  ({ packet_checks }: Indexed): boolean =>
    packet_checks?.[check] === 'failed';
/** A packet with no failed check, and no token that fails. */
export const isSound = ({ packet_checks, token }: Indexed): boolean =>
  packet_checks !== null &&
  !Object.values(packet_checks).includes('failed') &&
  (token === null || (token.signature === 'verified' && token.lifecycle === 'verified'));
