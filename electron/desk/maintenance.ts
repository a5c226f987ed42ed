import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DeskError } from '../../shared/domain/errors.ts';
import { readDeskSecret } from '../features/keys/desk-secret.ts';
import { inspectStore, type StoreFacts } from '../store/sqlite/file/maintenance.ts';

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** In words, with numbers. */
  readonly detail: string;
}

/** Less free space than this, and an import may fill the disk. */
const SCARCE_BYTES = 1024 ** 3;
/** A clock before this was never set: the product is younger. */
const NO_EARLIER_MS = Date.parse('2026-01-01T00:00:00Z');
/** What two machines' clocks may differ by before it is worth a word. */
const CLOCK_SLACK_MS = 5 * 60_000;

/**
 * Looks after a store without ever writing to it: store, integrity, disk, clock, keys. `home` is the desk's data folder,
 * where the secret lies that the desk's own key is kept under.
 */
export async function examine(path: string, home: string, now: number): Promise<Check[]> {
  const facts = factsOf(path);
  return [...storeChecks(facts), diskCheck(path), clockCheck(facts, now), await keysCheck(facts, home)];
}

function factsOf(path: string): StoreFacts | DeskError {
  try {
    return inspectStore(path);
  } catch (error) {
    if (error instanceof DeskError) return error;
    throw error;
  }
}

function storeChecks(facts: StoreFacts | DeskError): Check[] {
  if (facts instanceof DeskError) {
    return [
      { name: 'store', ok: false, detail: facts.message },
      { name: 'integrity', ok: false, detail: 'Not looked at: the store cannot be read.' },
    ];
  }
  const { damage, events, brokenLogs } = facts;
  const log =
    brokenLogs === 0 ? `${events} ledger events have their places and hashes.` : `${brokenLogs} logs are broken.`;
  return [
    { name: 'store', ok: true, detail: 'It is a store of the desk and can be read.' },
    {
      name: 'integrity',
      ok: damage === null && brokenLogs === 0,
      detail: `${damage ?? 'SQLite finds no damage.'} ${log}`,
    },
  ];
}

function diskCheck(path: string): Check {
  const { bavail, bsize } = statfsSync(dirname(path));
  const free = bavail * bsize;
  return { name: 'disk', ok: free >= SCARCE_BYTES, detail: `${Math.floor(free / 1024 ** 2)} MiB are free.` };
}

function clockCheck(facts: StoreFacts | DeskError, now: number): Check {
  if (now < NO_EARLIER_MS) return { name: 'clock', ok: false, detail: 'The clock was never set.' };
  const newest =
    facts instanceof DeskError || facts.newest === null ? Number.NEGATIVE_INFINITY : Date.parse(facts.newest);
  if (newest > now + CLOCK_SLACK_MS) {
    return {
      name: 'clock',
      ok: false,
      detail: 'The log holds events that are later than the clock: one of them is wrong.',
    };
  }
  return { name: 'clock', ok: true, detail: 'The clock is later than all that is in the log.' };
}

const KEPT_UNDER = {
  keyring: 'the system’s keyring',
  passphrase: 'a passphrase',
  file: 'a file that only this account can read',
} as const;

/** How the desk's own keys are kept, whether that can still open them, and what is trusted here. */
async function keysCheck(facts: StoreFacts | DeskError, home: string): Promise<Check> {
  if (facts instanceof DeskError)
    return { name: 'keys', ok: false, detail: 'Not looked at: the store cannot be read.' };
  const { inUse, pinned, offered } = facts.keys;
  const trusted = `${pinned} pinned, ${offered} offered and not trusted.`;
  if (inUse.length === 0) {
    return { name: 'keys', ok: true, detail: `No own key: nothing is sealed. ${trusted}` };
  }
  const kept = Object.entries(KEPT_UNDER).flatMap(([kind, words]) => {
    const n = inUse.filter((protection) => protection === kind).length;
    return n === 0 ? [] : [`${n} under ${words}`];
  });
  const lost = inUse.includes(null) || (inUse.includes('file') && (await readDeskSecret(home)) === null);
  const words = lost ? ' The private part of one cannot be opened any more: recover it, or make a new key.' : '';
  return { name: 'keys', ok: !lost, detail: `Own keys in use: ${kept.join(', ')}.${words} ${trusted}` };
}
