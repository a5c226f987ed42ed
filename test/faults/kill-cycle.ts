import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { LedgerStore } from '../../electron/store/ledger-store.ts';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import { escalation, keyOf } from '../contract/store/makers.ts';
import { faultsOf } from '../store/check-store.ts';
import { systemClock, systemIds } from '../store/child/system.ts';

const MOST_LINES = 40;
const MOST_MICROSECONDS = 4_000;

/** What came of one cycle. */
export interface KillCycle {
  readonly seed: number;
  readonly acknowledged: number;
  /** What was acknowledged and is not there, and what is wrong with the store; empty when all is well. */
  readonly faults: readonly string[];
}

/**
 * Lets `writer` (test/store/child/writer.ts, built) write to the store and kills it with SIGKILL at a point that the seed chooses: after so many
 * acknowledgements and a fraction of an operation. Then opens the store again and looks for all that was acknowledged.
 */
export async function killCycle(writer: string, path: string, seed: number): Promise<KillCycle> {
  const chance = randomOf(seed);
  const lines = await writeAndKill([writer, path, String(seed)], {
    lines: 1 + chance(MOST_LINES),
    microseconds: chance(MOST_MICROSECONDS),
  });
  const store = await openSqliteStore({ path, clock: systemClock, ids: systemIds });
  const faults: string[] = [];
  for (const { did, ids = [] } of lines) {
    for (const id of ids) {
      const lost = await lostOf(store, did, id);
      if (lost !== null) faults.push(`${id}: ${lost}`);
    }
  }
  await store.close();
  return { seed, acknowledged: lines.length, faults: [...faults, ...faultsOf(path)] };
}

interface Line {
  readonly did: string;
  readonly ids?: string[];
}

async function writeAndKill(
  program: readonly string[],
  when: { lines: number; microseconds: number },
): Promise<Line[]> {
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  let killed = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    if (killed || printed.split('\n').length <= when.lines) return;
    killed = true;
    spin(when.microseconds);
    child.kill('SIGKILL');
  });
  const [[code]] = await Promise.all([once(child, 'exit'), once(child.stdout, 'close')]);
  if (!killed) throw new Error(`the writer ended by itself with ${String(code)}`);
  // A line without its end was never whole on this side, so nobody was told.
  return printed
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

/** Passes less time than a timer can, so that the kill falls anywhere within an operation. */
function spin(microseconds: number): void {
  const until = performance.now() + microseconds / 1_000;
  while (performance.now() < until);
}

async function lostOf(store: LedgerStore, did: string, id: string): Promise<string | null> {
  if (did === 'pinned' || did === 'revoked') return lostTrustOf(store, did, id);
  const read = await store.read(keyOf(escalation(id)), systemClock.now());
  if (read === null) return 'recorded, and lost';
  const { escalation: stored, judgement } = read;
  const events = stored.events.map(({ type }) => type);
  if (stored.evidence.length === 0) return 'its evidence is lost';
  if (did === 'claimed' && !events.includes('claim.taken')) return 'its claim is lost';
  if (did === 'decided' && stored.decision?.source !== 'desk') return 'its decision is lost';
  if (did === 'judged' && judgement.judged_at === null) return 'its judgement is lost';
  if (did === 'updated' && stored.decision?.source !== 'upstream') return 'what came from upstream is lost';
  return null;
}

async function lostTrustOf(store: LedgerStore, did: string, name: string): Promise<string | null> {
  const found = (await store.trust('acme')).entries.find(({ entry }) => entry.name === name);
  if (found === undefined) return 'pinned, and lost';
  return did === 'revoked' && found.status !== 'revoked' ? 'revoked, and trusted again' : null;
}

/** Numbers below `n` that follow from the seed alone (mulberry32). */
export function randomOf(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % n;
  };
}
