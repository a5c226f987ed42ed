import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { Instant, Sha256Hex } from '../../../shared/domain/escalation.ts';
import { partialPath, putInPlace } from '../../gateways/files/sealed-file.ts';

/** How a log was when this desk last saw it, kept outside its store. */
export const RememberedHead = z.strictObject({
  origin: z.string(),
  size: z.number().int().nonnegative(),
  root: Sha256Hex,
  /** The signed checkpoint of this size; null where none was signed then. */
  note: z.string().nullable(),
  at: Instant,
});
export type RememberedHead = z.infer<typeof RememberedHead>;

const FILE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.json$/;

/** The remembered heads of one store: a file for each tenant's uid, in the account's state folder. */
export class RememberedHeads {
  readonly #folder: string;

  /** `place` names the store: its path, or its address. */
  constructor(stateFolder: string, place: string) {
    const store = createHash('sha256').update(place).digest('hex').slice(0, 32);
    this.#folder = join(stateFolder, 'heads', store);
  }

  /** The uids of all tenants of which a head is remembered. */
  async uids(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.flatMap((name) => FILE.exec(name)?.[1] ?? []);
  }

  /** null where none is remembered, or what is there is none. */
  async read(uid: string): Promise<RememberedHead | null> {
    const text = await readFile(this.#path(uid), 'utf8').catch(() => null);
    if (text === null) return null;
    try {
      return RememberedHead.parse(JSON.parse(text));
    } catch {
      return null;
    }
  }

  /** Takes the place of what was remembered before, whole or not at all. */
  async write(uid: string, head: RememberedHead): Promise<void> {
    const path = this.#path(uid);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const partial = partialPath(path);
    try {
      const file = await open(partial, 'wx', 0o600);
      await file.writeFile(`${JSON.stringify(head)}\n`).finally(() => file.close());
      await putInPlace(partial, path, true);
    } finally {
      await rm(partial, { force: true });
    }
  }

  #path(uid: string): string {
    return join(this.#folder, `${uid}.json`);
  }
}
