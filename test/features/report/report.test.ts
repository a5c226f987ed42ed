import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Sums } from '../../../electron/features/report/sums.ts';
import type { DecidedRow } from '../../../electron/store/ledger-store.ts';
import type { Report, ReportProgress, Tally } from '../../../shared/contract/report.ts';
import { OUTCOMES } from '../../../shared/domain/escalation.ts';
import { importRows, minutes, resolvedUpstream, START, writing } from '../../contract/store/makers.ts';
import { readCsv } from '../../helpers/read-csv.ts';
import { type DecidedDesk, openDecidedDesk, TENANT } from '../../hosts/decided-desk.ts';

const PERIOD = { tenant: TENANT, from: '2026-11-14', to: '2026-11-16', zone: 'Europe/Berlin' };
const totalOf = (tally: Tally) => OUTCOMES.reduce((sum, outcome) => sum + tally[outcome], 0);
const sumOf = (tallies: readonly Tally[]) => tallies.reduce((sum, tally) => sum + totalOf(tally), 0);

describe('a report', () => {
  let desk: DecidedDesk;

  beforeEach(async () => {
    desk = await openDecidedDesk();
  });
  afterEach(() => desk.close());

  async function counted(period = PERIOD): Promise<{ progress: ReportProgress; report: Report; sha256: string }> {
    let progress = await desk.client.report.read(period);
    while (progress.report === null) progress = await desk.client.report.read({ ...period, run: progress.run });
    return { progress, report: progress.report, sha256: progress.sha256 ?? '' };
  }
  async function reject(id: string, afterMs: number): Promise<void> {
    await desk.record(id);
    desk.clock.pass(afterMs);
    await desk.client.decision.decide(await desk.rejecting(id));
  }
  const acting = () => ({ by: desk.by, idempotency_key: randomUUID(), tenant: TENANT });

  test('each table adds up to all decisions; empty days have their row; the head of the log is named', async () => {
    await reject('quick', 30_000);
    await reject('slow', 2 * 3_600_000);
    await desk.record('waits');
    const { report } = await counted();
    const { numbers } = report;
    expect(numbers.decisions).toMatchObject({ approved: 0, rejected: 2 });
    expect(numbers.days.map(({ day, n }) => [day, totalOf(n)])).toEqual([
      ['2026-11-14', 0],
      ['2026-11-15', 2],
      ['2026-11-16', 0],
    ]);
    expect(numbers.reviewers.rows).toEqual([{ name: 'Ada Lovelace', n: numbers.decisions }]);
    expect(numbers.reasons.rows.map(({ name }) => name)).toEqual(['OTHER']);
    expect(numbers.time.steps.filter(({ n }) => totalOf(n) > 0).map(({ below_s }) => below_s)).toEqual([60, 14_400]);
    expect(numbers.deadlines.none.rejected).toBe(2);
    expect(numbers.evidence.none.rejected).toBe(2);
    const head = await desk.desk.main.store.logHead(TENANT);
    expect(report.log).toEqual({ size: String(head.size), root: Buffer.from(head.root).toString('hex'), meanwhile: 0 });
    expect(report.span).toEqual({ from: '2026-11-13T23:00:00.000Z', to: '2026-11-16T23:00:00.000Z' });
  });

  test('days are those of the zone: one decision is yesterday’s in New York and today’s in Berlin', async () => {
    // 00:28:14 in Berlin.
    desk.clock.pass(8 * 3_600_000);
    await reject('late', 0);
    const dayIn = async (zone: string) =>
      (await counted({ ...PERIOD, zone })).report.numbers.days.find(({ n }) => n.rejected === 1)?.day;
    expect(await dayIn('Europe/Berlin')).toBe('2026-11-16');
    expect(await dayIn('America/New_York')).toBe('2026-11-15');
  });

  test('I10: it goes on step by step while others work, and says how many events came meanwhile', async () => {
    const rows = Array.from({ length: 1_700 }, (_, n) =>
      resolvedUpstream(`r-${n}`, { decision: { outcome: 'approved', decidedAt: minutes(n % 600) } }),
    );
    const { store } = desk.desk.main;
    for (const part of [rows.slice(0, 900), rows.slice(900)])
      await importRows(store, writing(desk.clock, desk.by, TENANT), part);
    const clock = desk.clock;
    const monotonic = clock.monotonic.bind(clock);
    let asked = 0;
    clock.monotonic = () => monotonic() + 30 * asked++;
    const first = await desk.client.report.read(PERIOD);
    expect(first).toMatchObject({ report: null, sha256: null, of: 3 });
    expect(first.found).toBeGreaterThan(0);
    expect(first.found).toBeLessThan(1_700);
    await desk.record('meanwhile');
    let progress = first;
    while (progress.report === null) progress = await desk.client.report.read({ ...PERIOD, run: first.run });
    expect(progress.report.numbers.decisions.approved).toBe(1_700);
    expect(progress.report.log.meanwhile).toBe(1);
  });

  test('I5: it counts its own tenant alone, and no other tenant can ask for it', async () => {
    await reject('mine', 1_000);
    const store = desk.desk.main.store;
    await importRows(store, writing(desk.clock, desk.by, 'other'), [resolvedUpstream('theirs')]);
    const { progress, report } = await counted();
    expect(totalOf(report.numbers.decisions)).toBe(1);
    const stolen = desk.client.report.read({ ...PERIOD, tenant: 'other', run: progress.run });
    await expect(stolen).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a period is of 1 to 366 days that exist, in a zone that is known', async () => {
    await desk.record('one');
    for (const bad of [
      { from: '2026-11-17' },
      { from: '2025-11-15' },
      { from: '2026-02-30' },
      { zone: 'Europe/Nowhere' },
      { zone: '' },
    ])
      await expect(desk.client.report.read({ ...PERIOD, ...bad }), JSON.stringify(bad)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    await expect(desk.client.report.read({ ...PERIOD, tenant: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(counted({ ...PERIOD, from: '2025-11-16' })).resolves.toMatchObject({ progress: { of: 366 } });
  });

  test('as JSON it is the very report that was shown, under the digest that was shown; an event of the log', async () => {
    await reject('one', 1_000);
    const { progress, report, sha256 } = await counted();
    const path = join(desk.home, 'report.json');
    const target = desk.desk.staging.stageTarget(path, { name: 'report.json', force: false });
    const input = { ...acting(), run: progress.run, format: 'json' as const, target };
    const { sha256: written } = await desk.client.report.export(input);
    const bytes = readFileSync(path);
    expect(written).toBe(sha256);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    expect(JSON.parse(bytes.toString())).toEqual(report);
    expect(await desk.client.report.export(input)).toMatchObject({ sha256 });
    const events = await desk.desk.main.store.logRows({ tenant: TENANT, kinds: ['export.finished'], limit: 5 });
    expect(events).toHaveLength(1);
    expect(Buffer.from(events[0]?.leaf ?? []).toString()).toContain(sha256);
  });

  test('S70: as CSV all cells are quoted and harmless, with the same numbers; nothing there is replaced', async () => {
    const rows = ['=1+1', '＠cmd', 'Ann "A", Lee'].map((reviewer, n) =>
      resolvedUpstream(`r-${n}`, {
        decision: { outcome: 'rejected', decidedAt: minutes(n), source: 'desk', reviewer, reasonCode: 'OTHER' },
      }),
    );
    await importRows(desk.desk.main.store, writing(desk.clock, desk.by, TENANT), rows);
    const { progress, report, sha256 } = await counted();
    const path = join(desk.home, 'report.csv');
    const stage = () => desk.desk.staging.stageTarget(path, { name: 'report.csv', force: false });
    const target = stage();
    await desk.client.report.export({ ...acting(), run: progress.run, format: 'csv', target });
    const text = readFileSync(path, 'utf8');
    const cells = readCsv(text);
    expect(new Set(cells.map((line) => line.length))).toEqual(new Set([10]));
    expect(cells.flat().filter((cell) => /^[=+\-@＝＋－＠\t\r\n]/.test(cell))).toEqual([]);
    const row = (table: string, name: string) => cells.find((line) => line[0] === table && line[1] === name)?.slice(2);
    expect(row('report', 'json_sha256')?.[0]).toBe(sha256);
    expect(row('reviewer', "'=1+1")?.[0]).toBe('1');
    expect(row('reviewer', 'Ann "A", Lee')?.[0]).toBe('1');
    expect(row('day', '2026-11-15')?.[0]).toBe(String(totalOf(report.numbers.decisions)));
    const again = desk.client.report.export({ ...acting(), run: progress.run, format: 'csv', target });
    await expect(again).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test('an auditor’s role is needed to take it out', async () => {
    await desk.record('one');
    const { progress } = await counted();
    const input = { ...acting(), by: randomUUID(), run: progress.run, format: 'json' as const, target: randomUUID() };
    await expect(desk.client.report.export(input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('the last few are kept; one that is gone says so', async () => {
    await desk.record('one');
    const { progress } = await counted();
    for (let n = 0; n < 8; n += 1) await counted();
    const gone = desk.client.report.read({ ...PERIOD, run: progress.run });
    await expect(gone).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the sums of a report', () => {
  const DAY = 86_400_000;
  const days = Array.from({ length: 5 }, (_, n) => ({ day: `2026-11-${15 + n}`, endMs: START + (n + 1) * DAY }));
  const row: fc.Arbitrary<DecidedRow> = fc.record({
    decidedMs: fc.integer({ min: START, max: START + 5 * DAY - 1 }),
    escalatedMs: fc.option(fc.integer({ min: START - 60 * DAY, max: START + 5 * DAY })),
    deadlineMs: fc.option(fc.integer({ min: START, max: START + 5 * DAY })),
    outcome: fc.constantFrom(...OUTCOMES),
    reviewer: fc.option(fc.string()),
    reasonCode: fc.option(fc.constantFrom('OTHER', 'POLICY_LIMIT')),
    overrides: fc.array(fc.constantFrom('signature', 'pcrs', '__proto__')),
    acceptedUnchecked: fc.array(fc.constantFrom('signature', 'stark')),
    verdict: fc.option(fc.constantFrom('verified', 'failed', 'unchecked')),
  });

  test('I10: whatever is decided, each table counts each decision once', () => {
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const sums = new Sums(days);
        const inOrder = rows.toSorted((a, b) => a.decidedMs - b.decidedMs);
        for (const one of inOrder) sums.add(one);
        const { decisions, days: byDay, reviewers, reasons, time, overrides, deadlines, evidence } = sums.numbers();
        const { open, ...standings } = deadlines;
        const names = (list: { rows: { n: Tally }[]; rest: Tally }) => [...list.rows.map(({ n }) => n), list.rest];
        const tables = [
          [decisions],
          byDay.map(({ n }) => n),
          names(reviewers),
          names(reasons),
          [...time.steps.map(({ n }) => n), time.unknown],
          Object.values(standings),
          Object.values(evidence),
        ];
        expect(tables.map(sumOf)).toEqual(tables.map(() => rows.length));
        for (const { day, n } of byDay) {
          const at = days.findIndex((one) => one.day === day);
          const ofDay = rows.filter(({ decidedMs }) => Math.floor((decidedMs - START) / DAY) === at);
          expect(totalOf(n)).toBe(ofDay.length);
        }
        expect(overrides.decisions).toBe(rows.filter((one) => one.overrides.length > 0).length);
        expect(open).toBe(0);
      }),
    );
  });

  test('more names than are listed are counted together, and memory does not grow with them', () => {
    const sums = new Sums(days);
    const plain = { escalatedMs: null, deadlineMs: null, reasonCode: null, overrides: [], acceptedUnchecked: [] };
    const one = (reviewer: string): DecidedRow => ({
      ...plain,
      reviewer,
      decidedMs: START,
      outcome: 'approved',
      verdict: null,
    });
    for (let n = 0; n < 1_500; n += 1) sums.add(one(`name ${n}`));
    sums.add(one('x'.repeat(513)));
    sums.add(one('name 7'));
    const { rows, rest } = sums.numbers().reviewers;
    expect([rows.length, rest.approved, rows[0]]).toMatchObject([1_000, 501, { name: 'name 7', n: { approved: 2 } }]);
  });
});
