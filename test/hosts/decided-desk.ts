import { randomUUID } from 'node:crypto';
import type { HostServices } from '../../electron/desk/host-services.ts';
import { type DeskClient, localClient } from '../../electron/desk/local-client.ts';
import { openTestDesk, type TestDesk } from './test-desk.ts';

export const TENANT = 'acme';
export const HASH = 'cd'.repeat(32);

/** A desk with one tenant, one reviewer and escalations recorded by hand: the smallest that can decide. */
export interface DecidedDesk extends TestDesk {
  readonly client: DeskClient['main'];
  readonly by: string;
  /** Records an escalation that waits; its id. */
  record(id?: string): Promise<string>;
  /** The input of a decision for what the escalation shows now. */
  rejecting(id: string, reason?: string): Promise<Parameters<DeskClient['main']['decision']['hold']>[0]>;
}

export async function openDecidedDesk(parts: Partial<HostServices> = {}): Promise<DecidedDesk> {
  const test = await openTestDesk(parts);
  const client = localClient(test.desk).main;
  const { profile_id: by } = await client.profile.make({ idempotency_key: randomUUID(), name: 'Ada Lovelace' });
  return { ...test, client, by, ...decidingOn(client, by) };
}

export function decidingOn(client: DeskClient['main'], by: string): Pick<DecidedDesk, 'record' | 'rejecting'> {
  return {
    async record(id = `esc-${randomUUID()}`) {
      await client.escalation.record({ by, idempotency_key: randomUUID(), tenant: TENANT, id, event_id: randomUUID() });
      return id;
    },
    async rejecting(id, reason = 'No.') {
      const { escalation } = await client.escalation.get({ tenant: TENANT, id });
      return {
        by,
        idempotency_key: randomUUID(),
        tenant: TENANT,
        id,
        view_sha256: escalation.view_sha256,
        form: { outcome: 'rejected', reason },
      };
    },
  };
}
