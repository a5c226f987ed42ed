import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../helpers/project-root.ts';
import { ReaderRun } from '../helpers/reader-run.ts';

const DEMO = join(projectRoot, 'test', 'fixtures', 'fixtures', 'ledgers', 'demo', 'vex.db');
const TENANT = 'acme-payments';
const CHAIN = `audit:tenant:${TENANT}:chain`;
const STATE = `${CHAIN}_state`;

type Row = Record<string, unknown>;

/** A copy of the demo ledger, to be written to as upstream would, or as an intruder. */
class Ledger {
  private readonly db: Database.Database;

  constructor(path: string) {
    copyFileSync(DEMO, path);
    this.db = new Database(path);
  }

  read<T>(key: string): T {
    return JSON.parse(
      this.db.prepare<[string], string>('SELECT value FROM kv_store WHERE key = ?').pluck().get(key) ?? '',
    );
  }

  write(key: string, value: unknown): void {
    this.db.prepare('UPDATE kv_store SET value = ? WHERE key = ?').run(JSON.stringify(value), key);
  }

  remove(key: string): void {
    this.db.prepare('DELETE FROM kv_store WHERE key = ?').run(key);
  }

  get ids(): string[] {
    return this.read<string[]>(CHAIN);
  }

  /** The key of the event that stands at this place of the chain. */
  eventKey(place: number): string {
    return `audit:tenant:${TENANT}:event:${this.ids.at(place)}`;
  }

  change(key: string, members: Row): void {
    this.write(key, { ...this.read<Row>(key), ...members });
  }

  close(): void {
    this.db.close();
  }
}

describe('the audit chain of a vex.db (vex-protocol, 2)', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'audit-chain-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function broken(change: (ledger: Ledger) => void): Promise<string[]> {
    const path = join(folder, 'vex.db');
    const ledger = new Ledger(path);
    change(ledger);
    ledger.close();
    const run = await ReaderRun.of([{ path, name: 'vex.db' }], { folder: join(folder, 'own') });
    expect(run.failed).toBeNull();
    return run.findings.filter(({ code }) => code === 'CHAIN_BROKEN').map(({ locator }) => locator);
  }

  test.each<[string, (ledger: Ledger) => void]>([
    ['as it came', () => {}],
    [
      'an event written, list and state not yet',
      (ledger) => {
        const last = ledger.read<{ previous_hash: unknown }>(ledger.eventKey(-1));
        ledger.write(STATE, { last_hash: last.previous_hash, sequence: ledger.ids.length - 1 });
        ledger.write(CHAIN, ledger.ids.slice(0, -1));
      },
    ],
    [
      'event and list written, the state not yet',
      (ledger) => {
        const last = ledger.read<{ previous_hash: unknown }>(ledger.eventKey(-1));
        ledger.write(STATE, { last_hash: last.previous_hash, sequence: ledger.ids.length - 1 });
      },
    ],
  ])('is whole: %s', async (_, change) => {
    expect(await broken(change)).toEqual([]);
  });

  test.each<[string, (ledger: Ledger) => void]>([
    ['an event in the middle is gone', (ledger) => ledger.remove(ledger.eventKey(5))],
    ['an event is left out of the list', (ledger) => ledger.write(CHAIN, ledger.ids.toSpliced(5, 1))],
    ['an event is listed twice', (ledger) => ledger.write(CHAIN, ledger.ids.toSpliced(5, 0, ledger.ids[5] ?? ''))],
    [
      'two events changed places',
      (ledger) => {
        const [third = '', fourth = ''] = ledger.ids.slice(3, 5);
        ledger.write(CHAIN, ledger.ids.with(3, fourth).with(4, third));
      },
    ],
    ['the first events were cut off', (ledger) => ledger.write(CHAIN, ledger.ids.slice(1))],
    [
      'the last events were cut off',
      (ledger) => {
        for (const place of [-1, -2]) ledger.remove(ledger.eventKey(place));
        ledger.write(CHAIN, ledger.ids.slice(0, -2));
      },
    ],
    [
      'an event names another before it',
      (ledger) => ledger.change(ledger.eventKey(4), { previous_hash: Array(32).fill(7) }),
    ],
    ['an event has another hash', (ledger) => ledger.change(ledger.eventKey(4), { hash: Array(32).fill(7) })],
    ['the last event has another hash', (ledger) => ledger.change(ledger.eventKey(-1), { hash: Array(32).fill(7) })],
    ['an event has another place', (ledger) => ledger.change(ledger.eventKey(4), { sequence_number: 40 })],
    ['the state is gone', (ledger) => ledger.remove(STATE)],
    ['the state says more events', (ledger) => ledger.change(STATE, { sequence: ledger.ids.length + 1 })],
    ['the list is none', (ledger) => ledger.write(CHAIN, { 0: 'x' })],
    ['the list names no event', (ledger) => ledger.write(CHAIN, [...ledger.ids, 'x'])],
    ['the list is gone', (ledger) => ledger.remove(CHAIN)],
  ])('CHAIN_BROKEN, once and for its tenant alone: %s', async (_, change) => {
    expect(await broken(change)).toEqual([CHAIN]);
  });
});
