import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Desk } from '../../electron/desk/desk.ts';
import type { HostServices } from '../../electron/desk/host-services.ts';
import { spawnNodeReader } from '../../electron/desk/node-reader.ts';
import { openDesk } from '../../electron/desk/open-desk.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { CountedIds, HandClock } from './hand-clock.ts';

export const FIXTURES = join(projectRoot, 'test', 'fixtures', 'fixtures');
export const DEMO_LEDGER = join(FIXTURES, 'ledgers', 'demo', 'vex.db');
/** A packet that has a packet's structure and belongs to no escalation of the demo ledger. */
export const PACKET = join(FIXTURES, 'packets', 'runtime-plain.vep');
const READER = join(projectRoot, 'electron', 'gateways', 'files', 'reader-main.ts');
const SAMPLE = join(projectRoot, 'resources', 'sample', 'vex.db');

/** A folder of a test's own; `remove` ends it. */
export function temporaryHome(): { path: string; store: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'vex-desk-test-'));
  return { path, store: join(path, 'desk.db'), remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** What a host gives its desk, with a clock and ids in the test's hand. */
export function testServices(home: string, parts: Partial<HostServices> = {}): HostServices & { lines: string[] } {
  const lines: string[] = [];
  return {
    host: 'port',
    clock: new HandClock(),
    ids: new CountedIds(home),
    home,
    stateFolder: join(home, 'state'),
    timeZone: 'Europe/Berlin',
    accountName: 'Ada Lovelace',
    sampleLedger: SAMPLE,
    fontFolder: join(projectRoot, 'node_modules'),
    keyring: null,
    log: (line) => void lines.push(line),
    spawnReader: () => spawnNodeReader(READER),
    lines,
    ...parts,
  };
}

export interface TestDesk {
  readonly desk: Desk;
  readonly clock: HandClock;
  readonly home: string;
  readonly store: string;
  readonly lines: readonly string[];
  close(): Promise<void>;
}

/** A desk on a new store, closed and removed at the end. */
export async function openTestDesk(parts: Partial<HostServices> = {}): Promise<TestDesk> {
  const home = temporaryHome();
  const clock = new HandClock();
  const services = testServices(home.path, { clock, ...parts });
  const desk = await openDesk(services, home.store);
  return {
    desk,
    clock,
    home: home.path,
    store: home.store,
    lines: services.lines,
    async close() {
      await desk.close();
      home.remove();
    },
  };
}
