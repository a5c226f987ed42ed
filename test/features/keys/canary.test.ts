import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { publicKeyOf } from '../../../electron/evidence/trust/ed25519.ts';
import { keyRingOf } from '../../../electron/features/keys/key-ring.ts';
import type { IdSource } from '../../../shared/domain/clock.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { TENANT } from '../../hosts/decided-desk.ts';
import { CountedIds } from '../../hosts/hand-clock.ts';
import { HandKeyring, type KeysDesk, openKeysDesk, PASSPHRASE } from './keys-desk.ts';

const RECOVERY = 'the recovery passphrase';
const WRONG = 'not the passphrase at all';

/** Ids whose 32 bytes the test knows: among them are the private keys. */
class WatchedIds implements IdSource {
  readonly given: Uint8Array[] = [];
  private readonly ids = new CountedIds(randomUUID());

  uuid(): string {
    return this.ids.uuid();
  }
  bytes(length: number): Uint8Array {
    const bytes = this.ids.bytes(length);
    if (length === 32) this.given.push(Uint8Array.from(bytes));
    return bytes;
  }
}

/** Everything that left the desk's process or reached the disk, as Latin-1 text. */
class Watch {
  readonly said: string[] = [];

  async call<T>(work: Promise<T>): Promise<T | null> {
    try {
      const answer = await work;
      this.said.push(JSON.stringify(answer));
      return answer;
    } catch (error) {
      const { message, stack, data, details } = error as Error & { data?: unknown; details?: unknown };
      this.said.push(JSON.stringify({ message, stack, data, details }));
      return null;
    }
  }

  files(folder: string): string[] {
    return readdirSync(folder, { recursive: true })
      .map((name) => join(folder, String(name)))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path).toString('latin1'));
  }
}

function formsOf(secret: Uint8Array): string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const base64 = bytes.toString('base64').slice(0, 42);
  return [
    bytes.toString('latin1'),
    hex,
    hex.toUpperCase(),
    base64,
    bytes.toString('base64url').slice(0, 42),
    bytes.join(','),
  ];
}

/** Uses a reviewer's keys in every way there is, rightly and wrongly. */
async function useKeys(desk: KeysDesk, watch: Watch, passphrase: string | undefined): Promise<string[]> {
  const { keys, job } = desk.client;
  const secret = passphrase === undefined ? {} : { passphrase };
  const ofKey = (key_id: string) => ({ ...desk.acting(), key_id });
  const made = await watch.call(keys.make({ ...desk.acting(), name: 'Ada', ...secret }));
  const key_id = made?.key_id ?? '';
  await watch.call(keys.lock(ofKey(key_id)));
  await watch.call(keys.unlock({ ...ofKey(key_id), passphrase: WRONG }));
  await watch.call(keys.unlock({ ...ofKey(key_id), ...secret }));
  const target = desk.stageTarget('recovery.json');
  await watch.call(keys.save_recovery({ ...ofKey(key_id), passphrase: RECOVERY, target: target.staged }));
  const staged = desk.stageFile('found.json', target.read());
  await watch.call(keys.recover({ ...desk.acting(), staged, passphrase: WRONG, new_passphrase: PASSPHRASE }));
  await watch.call(keys.recover({ ...desk.acting(), staged, passphrase: RECOVERY, ...renamed(secret) }));
  desk.seal(await desk.signer());
  const rotated = await watch.call(keys.rotate({ ...ofKey(key_id), ...secret }));
  await keyRingOf(desk.desk.main).deskFingerprint({ tenant: TENANT, by: desk.by });
  const deskSigner = await keyRingOf(desk.desk.main).deskSigner({ tenant: TENANT, by: desk.by });
  watch.said.push(JSON.stringify(deskSigner));
  const overview = await watch.call(keys.list({ tenant: TENANT, by: desk.by }));
  await watch.call(keys.revoke_own({ ...ofKey(rotated?.key_id ?? ''), reason: 'Done.' }));
  await watch.call(job.list({}));
  await watch.call(desk.client.escalation.get({ tenant: TENANT, id: 'first' }));
  return (overview?.own ?? []).map(({ public_hex }) => public_hex);
}

function renamed(secret: { passphrase?: string }) {
  return secret.passphrase === undefined ? {} : { new_passphrase: secret.passphrase };
}

describe('S16: a private key is nowhere but in the desk’s process', () => {
  let desk: KeysDesk;
  afterEach(() => desk.close());

  it.each([
    ['a passphrase', PASSPHRASE, null],
    ['the keyring', undefined, new HandKeyring()],
  ])('kept under %s: no answer, notice, log line, job or file has it', async (_how, passphrase, keyring) => {
    const ids = new WatchedIds();
    desk = await openKeysDesk({ ids, keyring });
    const watch = new Watch();
    const stop = new AbortController();
    const notices = await desk.client.desk.notices({}, { signal: stop.signal });
    const heard = (async () => {
      for await (const notice of notices) watch.said.push(JSON.stringify(notice));
    })().catch(() => undefined);
    const made = await useKeys(desk, watch, passphrase);
    stop.abort();
    await heard;
    const seeds = ids.given.filter((bytes) => made.includes(encodeHex(publicKeyOf(bytes))));
    expect(seeds).toHaveLength(3);
    const everything = [...watch.said, ...desk.lines, ...watch.files(desk.home)];
    expect(everything.some((text) => text.includes(made[0] ?? ' '))).toBe(true);
    const secrets = [...seeds.flatMap(formsOf), PASSPHRASE, RECOVERY, WRONG];
    for (const secret of secrets) expect(everything.filter((text) => text.includes(secret))).toEqual([]);
    const given = (keyring?.given ?? []).map((bytes) => Buffer.from(bytes).toString('hex'));
    for (const seed of seeds) expect(given).not.toContain(Buffer.from(seed).toString('hex'));
  });

  it('is wiped when it locks', async () => {
    const ids = new WatchedIds();
    let seed: Uint8Array | null = null;
    const watching: IdSource = {
      uuid: () => ids.uuid(),
      bytes(length) {
        const bytes = ids.bytes(length);
        if (length === 32) seed ??= bytes;
        return bytes;
      },
    };
    desk = await openKeysDesk();
    Object.assign(desk.desk.main, { ids: watching });
    const key = await desk.make(PASSPHRASE);
    expect(encodeHex(publicKeyOf(seed ?? new Uint8Array(32)))).toBe(key.public_hex);
    desk.clock.pass(15 * 60_000);
    expect(seed).toEqual(Buffer.alloc(32));
  });
});
