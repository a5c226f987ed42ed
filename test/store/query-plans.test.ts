import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  countLapsed,
  countStale,
  everyAfter,
  lapsedAfter,
  staleAfter,
} from '../../electron/store/sqlite/escalation/to-judge.ts';
import { contentsInOrder, eventsOf, piecesOf } from '../../electron/store/sqlite/list/contents.ts';
import { activeIds, activeInOrder, allInOrder } from '../../electron/store/sqlite/list/export.ts';
import { type ListShape, listStatement, shapeOf } from '../../electron/store/sqlite/list/list-query.ts';
import { decidedInOrder, overdueInOrder } from '../../electron/store/sqlite/list/report.ts';
import { countAll, countLasting } from '../../electron/store/sqlite/list/verdict-views.ts';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import { endOfStep, withLimit, withoutLimit } from '../../electron/store/sqlite/tenant/deadline-moves.ts';
import type { ListSort, ListStatus, ListView } from '../../shared/contract/queue.ts';
import { CountedIds, HandClock, pageQuery } from '../contract/store/makers.ts';
import { temporaryFolder } from './temporary-folder.ts';

const path = temporaryFolder().path('plans.ledger');
const clock = new HandClock();
let db: Database.Database;

beforeAll(async () => {
  await (await openSqliteStore({ path, clock, ids: new CountedIds() })).close();
  db = new Database(path, { readonly: true });
});
afterAll(() => {
  db.close();
});

/** What the planner says of a statement, one line a step. */
function planOf(sql: string): string[] {
  const parameters = [...sql.matchAll(/\?/g)].map(() => null);
  return (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(parameters) as { detail: string }[]).map(({ detail }) => detail);
}

const STATUSES: ListStatus[] = ['active', 'resolved', 'expired', 'all'];
const SORTS: ListSort[] = ['deadline', 'oldest', 'newest', 'decided'];
const FROM: ListShape['from'][] = ['start', 'after', 'before', 'end'];
const VIEWS: ListView[] = ['claimed', 'due', 'deceptive', 'past'];
const VERDICTS: ListView[] = ['failed', 'unchecked', 'verified'];

/** The index of each allowed pair, as docs/formats/store.md lists them. */
const INDEX: Record<string, string> = {
  'one status deadline': 'escalations_by_status_deadline',
  'one status recorded': 'escalations_by_status_recorded',
  'one status decided': 'escalations_by_status_decided',
  'all deadline': 'escalations_by_deadline',
  'all recorded': 'escalations_by_recorded',
  'all decided': 'escalations_by_decided',
  'claimed deadline': 'escalations_claimed_by_deadline',
  'claimed recorded': 'escalations_claimed_by_recorded',
  'deceptive deadline': 'escalations_deceptive_by_deadline',
  'deceptive recorded': 'escalations_deceptive_by_recorded',
  'due deadline': 'escalations_by_status_deadline',
  'past deadline': 'escalations_by_status_deadline',
  'verdict deadline': 'escalations_found_by_deadline',
  'verdict recorded': 'escalations_found_by_recorded',
  'verdict decided': 'escalations_found_by_decided',
};

const lists = [
  ...STATUSES.flatMap((status) => SORTS.map((sort) => ({ status, sort, view: 'all' as ListView }))),
  ...VIEWS.flatMap((view) => SORTS.slice(0, 3).map((sort) => ({ status: 'active' as ListStatus, sort, view }))),
  ...VERDICTS.flatMap((view) =>
    STATUSES.slice(0, 3).flatMap((status) => SORTS.map((sort) => ({ status, sort, view }))),
  ),
];

describe('each allowed list has its index', () => {
  test.each(lists)(
    '$status $view by $sort: found and ordered by its index, nothing scanned, nothing sorted',
    ({ status, sort, view }) => {
      for (const from of FROM) {
        const shape = shapeOf(pageQuery(clock, { status, sort, view }), from);
        const plan = planOf(listStatement(shape).sql);
        const narrow = VERDICTS.includes(view) ? 'verdict' : view;
        const filter = view !== 'all' ? narrow : status === 'all' ? 'all' : 'one status';
        const column = shape.column.replace('_ms', '').replace('_key', '');
        const found = plan.filter((step) => step.startsWith('SEARCH e '));
        for (const step of found) expect(step).toContain(`SEARCH e USING INDEX ${INDEX[`${filter} ${column}`]} (`);
        // From a position: those that share its value, found by their number, too; then those beyond it.
        const begun = from === 'after' || from === 'before';
        expect(found).toHaveLength(begun ? 2 : 1);
        if (begun) expect(found[0]).toMatch(new RegExp(`${shape.column}=\\? AND escalation_id[<>]\\?`));
        expect(plan.filter((step) => /\bSCAN\b|TEMP B-TREE/.test(step))).toEqual([]);
      }
    },
  );

  test.each([
    ['allInOrder', allInOrder, 'escalations_in_order'],
    ['activeInOrder', activeInOrder, 'escalations_active_in_order'],
    ['activeIds', activeIds, 'escalations_active_in_order'],
    ['contentsInOrder', contentsInOrder, 'escalations_in_order'],
  ] as const)('%s goes on from its place by an index', (_name, { sql }, index) => {
    const plan = planOf(sql);
    const found = plan.filter((step) => step.startsWith('SEARCH escalations '));
    expect(found).toHaveLength(3);
    for (const step of found) expect(step).toContain(`USING INDEX ${index} (`);
    expect(found.join()).toContain('list_position=? AND escalation_id>?');
    expect(plan.filter((step) => /\bSCAN\b|TEMP B-TREE/.test(step))).toEqual([]);
  });

  test.each([
    ['staleAfter', staleAfter, 'escalations_to_judge', ['judged=? AND escalation_id>?', 'judged>? AND judged<?']],
    [
      'lapsedAfter',
      lapsedAfter,
      'escalations_judged_until',
      ['judged_until_ms=? AND escalation_id>?', 'judged_until_ms>? AND judged_until_ms<?'],
    ],
    [
      'everyAfter',
      everyAfter,
      'escalations_in_order',
      ['list_position=? AND escalation_id>?', 'list_position>?', 'list_epoch>?'],
    ],
  ] as const)(
    '%s goes on from its place by an index, nothing scanned, nothing sorted',
    (_name, { sql }, index, places) => {
      const plan = planOf(sql);
      const found = plan.filter((step) => step.startsWith('SEARCH escalations '));
      expect(found).toHaveLength(places.length);
      for (const [n, step] of found.entries()) {
        expect(step).toContain(`INDEX ${index} (`);
        expect(step).toContain(places[n]);
      }
      expect(plan.filter((step) => /\bSCAN (?!some)|TEMP B-TREE/.test(step))).toEqual([]);
    },
  );

  test('what is to be judged, and what is in a view by verdict, is counted by its index', () => {
    for (const [{ sql }, index] of [
      [countStale, 'COVERING INDEX escalations_to_judge'],
      [countLapsed, 'COVERING INDEX escalations_judged_until'],
      [countAll, 'INDEX escalations_found_by_'],
      [countLasting, 'INDEX escalations_found_by_'],
    ] as const) {
      const [found] = planOf(sql).filter((step) => step.startsWith('SEARCH escalations '));
      expect(found).toContain(`USING ${index}`);
    }
  });

  test('a report walks through the decisions of a time, and the deadlines that passed, by an index', () => {
    for (const [{ sql }, index] of [
      [decidedInOrder, 'INDEX escalations_by_decided (tenant_id=? AND decided_key'],
      [overdueInOrder, 'INDEX escalations_by_status_deadline (tenant_id=? AND status=? AND deadline_ms'],
    ] as const) {
      const plan = planOf(sql);
      const found = plan.filter((step) => /SEARCH (e|escalations) /.test(step));
      expect(found).toHaveLength(2);
      for (const step of found) expect(step).toContain(index);
      expect(plan.filter((step) => /\bSCAN\b|TEMP B-TREE/.test(step))).toEqual([]);
    }
  });

  test('what an export would hold is looked up by index, record by record', () => {
    for (const [{ sql }, index] of [
      [eventsOf, 'COVERING INDEX ledger_events_of_escalation (escalation_id=?)'],
      [piecesOf, 'INDEX evidence_of_escalation (escalation_id=?)'],
    ] as const) {
      const plan = planOf(sql);
      expect(plan.join()).toContain(`USING ${index}`);
      expect(plan.filter((step) => /\bSCAN\b|TEMP B-TREE/.test(step))).toEqual([]);
    }
  });

  test('a new limit goes through the active escalations by an index', () => {
    for (const { sql } of [endOfStep, withLimit, withoutLimit]) {
      const plan = planOf(sql);
      expect(plan[0]).toMatch(
        /SEARCH escalations USING (COVERING )?INDEX escalations_by_status_recorded \(tenant_id=\? AND status=\? AND \(?recorded_key/,
      );
      expect(plan.filter((step) => /\bSCAN\b|TEMP B-TREE/.test(step))).toEqual([]);
    }
  });

  test('the check can fail: a sort without an index is seen', () => {
    const plan = planOf('SELECT * FROM escalations WHERE tenant_id = ? ORDER BY version LIMIT ?');
    expect(plan.join()).toMatch(/TEMP B-TREE/);
  });
});
