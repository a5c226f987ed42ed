import type { Confirmation, KeysOverview, StoredTrust } from '../../../shared/contract/keys.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { isFingerprint } from '../../../shared/domain/fingerprint.ts';
import { parseInstant } from '../../../shared/domain/instant.ts';
import type { TrustEntry } from '../../../shared/domain/trust.ts';
import type { NewPin, TrustEnd, Write } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { tenantWrite } from '../writing.ts';
import { entryHash } from './entry-hash.ts';
import { list, verifyAgain } from './overview.ts';

interface Acting {
  readonly by: string;
  readonly idempotency_key: string;
  readonly tenant: string;
}

/** Keeps entries as offered: no verdict rests on them. NOT_FOUND; INVALID_INPUT. */
export async function offer(
  context: FeatureContext,
  input: Acting & { source: string; entries: TrustEntry[] },
): Promise<KeysOverview> {
  for (const entry of input.entries) checkValidity(entry);
  const { source, entries } = input;
  await context.store.offerTrust(tenantWrite(context, 'keys.offer', input), { source, entries });
  return list(context, input);
}

interface Confirmed {
  readonly entry: TrustEntry;
  readonly confirmation: Confirmation;
}

/**
 * Pins what a person has confirmed, all of it or nothing. NOT_FOUND; INVALID_INPUT for a fingerprint that is not its;
 * CONFLICT for what was revoked in this tenant.
 */
export async function pin(
  context: FeatureContext,
  input: Acting & { source: string; entries: Confirmed[] },
): Promise<KeysOverview> {
  const pins = pinsOf(input.source, input.entries);
  await context.store.pinTrust(tenantWrite(context, 'keys.pin', input), pins);
  return changed(context, input);
}

/** Forgets an offer. NOT_FOUND. */
export async function dropOffer(context: FeatureContext, input: Acting & { entry_id: string }): Promise<KeysOverview> {
  await context.store.dropOffer(tenantWrite(context, 'keys.drop_offer', input), input.entry_id);
  return list(context, input);
}

/** Ends an entry's validity, now where no instant is given. NOT_FOUND. */
export function retire(
  context: FeatureContext,
  input: Acting & { entry_id: string; valid_until?: string | undefined },
): Promise<KeysOverview> {
  const validUntil = input.valid_until ?? instantText(context.clock.now());
  checkInstant('valid_until', validUntil);
  const write = tenantWrite(context, 'keys.retire', input);
  return end(context, input, write, { entryId: input.entry_id, status: 'retired', validUntil });
}

/** Takes all trust from an entry. NOT_FOUND. */
export function revoke(
  context: FeatureContext,
  input: Acting & { entry_id: string; reason: string },
): Promise<KeysOverview> {
  const write = tenantWrite(context, 'keys.revoke', input);
  return end(context, input, write, { entryId: input.entry_id, status: 'revoked', reason: input.reason });
}

/** Retires one entry and pins another of its purpose in its place. NOT_FOUND; INVALID_INPUT as `pin`. */
export async function replace(
  context: FeatureContext,
  input: Acting & { entry_id: string; source: string } & Confirmed,
): Promise<KeysOverview> {
  const { entries } = await context.store.trust(input.tenant);
  const old = entries.find(({ entry_id }) => entry_id === input.entry_id);
  if (old !== undefined && !isOfOneUse(old.entry, input.entry)) throw otherUse(old);
  const pins = pinsOf(input.source, [input]);
  await context.store.pinTrust(tenantWrite(context, 'keys.replace', input), pins, input.entry_id);
  return changed(context, input);
}

async function end(context: FeatureContext, input: Acting, write: Write, how: TrustEnd): Promise<KeysOverview> {
  await context.store.endTrust(write, how);
  return changed(context, input);
}

async function changed(context: FeatureContext, input: Acting): Promise<KeysOverview> {
  await verifyAgain(context, input.tenant);
  return list(context, input);
}

function pinsOf(source: string, confirmed: readonly Confirmed[]): NewPin[] {
  return confirmed.map(({ entry, confirmation }) => {
    checkValidity(entry);
    checkConfirmation(entry, confirmation);
    return { source, entry, confirmed: confirmation.how };
  });
}

/** What a person typed has to be the fingerprint of the very entry; the rest is their word. */
function checkConfirmation(entry: TrustEntry, confirmation: Confirmation): void {
  if (confirmation.how !== 'typed' || isFingerprint(entryHash(entry), confirmation.fingerprint)) return;
  const message =
    'What was typed is not the fingerprint of this key. Nothing was pinned. Read it again where it came from; where it differs there too, the key is another’s.';
  throw new DeskError('INVALID_INPUT', message, { fingerprint: 'differs', name: entry.name });
}

function checkValidity(entry: TrustEntry): void {
  if (entry.valid_from !== undefined) checkInstant('valid_from', entry.valid_from);
  if (entry.valid_until !== undefined) checkInstant('valid_until', entry.valid_until);
}

/** A text may have an instant's form and be none, as the 31st of February: such a key would never be valid. */
function checkInstant(member: string, text: string): void {
  if (parseInstant(text) !== null) return;
  throw new DeskError('INVALID_INPUT', `There is no such time as ${member} says. Nothing was changed.`, { member });
}

function isOfOneUse(old: TrustEntry, fresh: TrustEntry): boolean {
  if (old.purpose === 'pcrs' || fresh.purpose === 'pcrs') {
    return old.purpose === 'pcrs' && fresh.purpose === 'pcrs' && old.aid === fresh.aid;
  }
  return old.purpose === fresh.purpose;
}

function otherUse(old: StoredTrust): DeskError {
  const message =
    'What stands in for an entry has its purpose, and of a baseline its agent. Nothing was changed. Pin it by itself, and retire the other.';
  return new DeskError('INVALID_INPUT', message, { entry_id: old.entry_id, purpose: old.entry.purpose });
}
