import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Desk } from '../../../electron/desk/desk.ts';
import { type DeskClient, localClient } from '../../../electron/desk/local-client.ts';
import { openDesk } from '../../../electron/desk/open-desk.ts';
import { decidingOn, TENANT } from '../../hosts/decided-desk.ts';
import { CountedIds, HandClock } from '../../hosts/hand-clock.ts';
import { temporaryHome, testServices } from '../../hosts/test-desk.ts';
import { PATIENTLY, refusal } from './log-desk.ts';

type Client = DeskClient['main'];

/** I7: the log of yesterday is a prefix of the log of today, and a desk that sees another one says so. */
describe('a store that is put back', () => {
  let home: ReturnType<typeof temporaryHome>;
  let runs = 0;
  const opened: Desk[] = [];
  const lines: string[] = [];

  beforeEach(() => {
    home = temporaryHome();
  });
  afterEach(async () => {
    for (const desk of opened.splice(0)) await desk.close();
    lines.length = 0;
    home.remove();
  });

  async function open(state = 'state'): Promise<{ desk: Desk; client: Client; by: string }> {
    runs += 1;
    const ids = new CountedIds(`${home.path} ${runs}`);
    const parts = {
      stateFolder: join(home.path, state),
      clock: new HandClock(),
      ids,
      log: (line: string) => void lines.push(line),
    };
    const desk = await openDesk(testServices(home.path, parts), home.store);
    opened.push(desk);
    const client = localClient(desk).main;
    const [known] = await client.profile.list({});
    const profile = known ?? (await client.profile.make({ idempotency_key: randomUUID(), name: 'Ada Lovelace' }));
    return { desk, client, by: profile.profile_id };
  }
  async function decideIn({ client, by }: { client: Client; by: string }): Promise<void> {
    const { record, rejecting } = decidingOn(client, by);
    await client.decision.decide(await rejecting(await record()));
  }
  /** Opens the desk, decides so many, and closes it. */
  async function decide(n: number, state?: string): Promise<void> {
    const run = await open(state);
    for (let i = 0; i < n; i += 1) await decideIn(run);
    await run.desk.close();
  }
  const keep = (name: string) => copyFileSync(home.store, join(home.path, name));
  function putBack(name: string): void {
    for (const end of ['-wal', '-shm']) rmSync(`${home.store}${end}`, { force: true });
    copyFileSync(join(home.path, name), home.store);
  }
  const acting = (by: string) => ({ by, idempotency_key: randomUUID(), tenant: TENANT });

  async function refusesAll({ desk, client, by }: Awaited<ReturnType<typeof open>>): Promise<void> {
    const { record, rejecting } = decidingOn(client, by);
    const id = await record();
    const input = await rejecting(id);
    for (const call of [
      () => client.decision.decide(input),
      () => client.decision.hold(input),
      () => client.log.checkpoint(acting(by)),
    ]) {
      expect(await refusal(call())).toMatchObject({
        code: 'INTEGRITY_FAILED',
        message: expect.stringMatching(/kept.*accept this log/),
      });
    }
    const target = desk.staging.stageTarget(join(home.path, 'x.bundle'), { name: 'x.bundle', force: false });
    const query = { tenant: TENANT, format: 'bundle' as const, status: 'all' as const };
    const { job_id } = await client.transfer.export({ by, idempotency_key: randomUUID(), query, target });
    const failed = async () => expect((await client.job.get({ job_id })).state).toBe('failed');
    await vi.waitFor(failed, PATIENTLY);
    expect((await client.job.get({ job_id })).error).toMatchObject({ code: 'INTEGRITY_FAILED' });
    expect(existsSync(join(home.path, 'x.bundle'))).toBe(false);
    expect((await client.escalation.get({ tenant: TENANT, id })).escalation.decision).toBeNull();
  }

  it('agrees with what was remembered as long as nothing but time went by', async () => {
    await decide(2);
    const { client } = await open();
    expect(await client.log.head({ tenant: TENANT })).toMatchObject({ remembered: 'agrees', remembered_detail: null });
    expect(lines.filter((line) => line.includes('log'))).toEqual([]);
  });

  it('to an older copy is noticed at the start; nothing is decided or signed until a person accepts it', async () => {
    await decide(2);
    keep('older.db');
    await decide(2);
    putBack('older.db');
    const run = await open();
    expect(lines.join()).toMatch(/The log ends at \d+ entries; .* saw one of \d+/);
    const head = await run.client.log.head({ tenant: TENANT });
    expect(head).toMatchObject({ remembered: 'rolled-back' });
    await refusesAll(run);
    const accepted = await run.client.log.accept({ ...acting(run.by), reason: 'The disk broke; this is the backup.' });
    expect(accepted).toMatchObject({ remembered: 'agrees' });
    const { rows } = await run.client.log.list({ tenant: TENANT, kinds: ['log.restored'], limit: 10 });
    const event = await run.client.log.get({ tenant: TENANT, seq: rows[0]?.seq ?? '' });
    expect(event.fields).toContainEqual({
      name: 'reason',
      state: 'holds',
      value: '"The disk broke; this is the backup."',
    });
    expect(JSON.parse(event.leaf).remembered.size).not.toBe(head.size);
    await decideIn(run);
    expect(await run.client.log.checkpoint(acting(run.by))).toMatchObject({ size: expect.any(String) });
  });

  it('that another desk went on with is a fork, however long it is', async () => {
    await decide(1);
    keep('common.db');
    await decide(1);
    putBack('common.db');
    await decide(3, 'another-account');
    const run = await open();
    expect(await run.client.log.head({ tenant: TENANT })).toMatchObject({ remembered: 'forked' });
    await refusesAll(run);
  });

  it('is noticed by a desk that was killed, too: it remembers each checkpoint when it is signed', async () => {
    const run = await open();
    await decideIn(run);
    keep('older.db');
    await decideIn(run);
    await run.client.log.checkpoint(acting(run.by));
    // As after a kill: nothing is remembered at the end.
    const folder = join(home.path, 'state', 'heads');
    const before = readdirSync(folder, { recursive: true }).map(String);
    expect(before.some((name) => name.endsWith('.json'))).toBe(true);
  });

  it('stays another while another process holds it, and is right again when the right one is put back', async () => {
    await decide(1);
    keep('older.db');
    await decide(1);
    keep('right.db');
    putBack('older.db');
    const run = await open();
    expect((await run.client.log.head({ tenant: TENANT })).remembered).toBe('rolled-back');
    await run.desk.close();
    putBack('right.db');
    const { client } = await open();
    expect((await client.log.head({ tenant: TENANT })).remembered).toBe('agrees');
  });

  it('of the sample is none: nothing of it is remembered', async () => {
    const { client } = await open();
    await client.desk.open_sample({ idempotency_key: randomUUID() });
    const sample = localClient(opened[0] as Desk).sample;
    const [tenant = ''] = (await sample.desk.info({})).tenants;
    expect(await sample.log.head({ tenant })).toMatchObject({ remembered: 'none' });
    await opened[0]?.close();
    expect(existsSync(join(home.path, 'state', 'heads'))).toBe(false);
  });
});
