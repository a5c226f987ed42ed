import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Profile } from '../../../shared/contract/profile.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { Desk } from '../../desk/desk.ts';
import { type DeskClient, localClient } from '../../desk/local-client.ts';
import { namedTenants, textOf } from './arguments.ts';
import { usageError } from './failure.ts';
import type { Invocation } from './invocation.ts';

export type LedgerClient = DeskClient['main'];

/** The desk opened for one command: every command is a call of the same contract. */
export class Session {
  readonly desk: Desk;
  readonly client: LedgerClient;
  readonly #values: Invocation['values'];

  constructor(desk: Desk, values: Invocation['values']) {
    this.desk = desk;
    this.#values = values;
    this.client = localClient(desk).main;
  }

  /** The tenant that is named, else the only one there is; else INVALID_INPUT, naming them. */
  async tenant(): Promise<string> {
    const named = namedTenants(this.#values);
    if (named.length > 1) throw usageError('This command takes one tenant. Nothing was done.', { tenants: named });
    if (named[0] !== undefined) return named[0];
    const { tenants } = await this.client.desk.info({});
    if (tenants.length === 1 && tenants[0] !== undefined) return tenants[0];
    const message =
      tenants.length === 0 ? 'There is no tenant yet. Name one with --tenant.' : 'Name a tenant with --tenant.';
    throw usageError(message, { tenants });
  }

  /** The profile that acts: `--as`, else the only one; the first is made of `--as` or the account's name. */
  async profile(): Promise<string> {
    const profiles = await this.client.profile.list({});
    const as = textOf(this.#values, 'as');
    if (profiles.length === 0) return this.#makeFirst(as ?? this.desk.services.accountName);
    const meant = as === undefined ? profiles : profiles.filter((one) => sameName(one, as));
    if (meant.length === 1 && meant[0] !== undefined) return meant[0].profile_id;
    const names = profiles.map(({ name }) => name);
    if (as === undefined)
      throw usageError('The desk has several profiles. Say with --as who decides.', { profiles: names });
    throw new DeskError('NOT_FOUND', 'The desk has no profile of this name. Nothing was done.', {
      as,
      profiles: names,
    });
  }

  /** The name of a profile that `profile` answered. */
  async profileName(profileId: string): Promise<string> {
    const profiles = await this.client.profile.list({});
    return profiles.find(({ profile_id }) => profile_id === profileId)?.name ?? this.desk.services.accountName;
  }

  /** Takes a file in charge to be read; the name that is printed is the path as it was given. */
  stageSource(path: string): string {
    return this.desk.staging.stageSource(resolve(path), { name: path, temporary: false });
  }

  /** Takes a file in charge to be written. ALREADY_EXISTS. */
  stageTarget(path: string, force: boolean): string {
    return this.desk.staging.stageTarget(resolve(path), { name: path, force });
  }

  async #makeFirst(name: string): Promise<string> {
    try {
      return (await this.client.profile.make({ idempotency_key: randomUUID(), name })).profile_id;
    } catch (error) {
      // Another process may have made it between the look and the call.
      const made = (await this.client.profile.list({})).find((one) => sameName(one, name));
      if (made === undefined) throw error;
      return made.profile_id;
    }
  }
}

function sameName({ name }: Profile, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}
