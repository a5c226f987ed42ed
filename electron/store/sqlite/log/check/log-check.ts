import type { LogFailure } from '../../../ledger-store.ts';
import type { Reader } from '../../base/connection.ts';
import { countTiles, findTile, tileReader } from '../../tenant/log-tiles.ts';
import type { TenantRow } from '../../tenant/tenants.ts';
import { checkCheckpoints } from './checkpoints.ts';
import { checkCosignatures } from './cosignatures.ts';
import { limitsOf } from './derived.ts';
import { checkEscalation } from './escalation.ts';
import { knownEscalations, wholeEscalations } from './escalation-rows.ts';
import { checkEvent, eventsFrom, type ReadEvent } from './events.ts';
import { guarded } from './failure.ts';
import { checkSchedules } from './schedules.ts';
import { checkTenant } from './tenant.ts';
import { TreeWalk } from './tree-walk.ts';
import { checkOwnKeys, checkTrust } from './trust.ts';

/** So many events are looked at in one step, with all that they tell of: one tile of the tree. */
const STEP = 256;

/** Walks a tenant's log once, from its first event to its last, each step on a snapshot of its own. */
export class LogCheck {
  readonly #tree = new TreeWalk();
  #next = Number.MIN_SAFE_INTEGER;
  #recorded = 0;
  #ended = false;

  get done(): number {
    return this.#tree.size;
  }

  /** Whether the last event was looked at, and on the same snapshot all that is counted over the whole. */
  get ended(): boolean {
    return this.#ended;
  }

  step(db: Reader, tenant: TenantRow): LogFailure[] {
    const events = eventsFrom(db, tenant.tenantId, this.#next, STEP);
    const find = (place: { level: number; index: number }) => findTile(db, tenant.tenantId, place);
    const failures = [
      ...this.#checkEvents(tenant, events),
      ...this.#tree.append(
        events.map(({ leaf_sha256 }) => leaf_sha256),
        find,
      ),
      ...this.#checkRows(db, tenant, events),
    ];
    this.#ended = events.length < STEP;
    return this.#ended ? [...failures, ...this.#end(db, tenant, find)] : failures;
  }

  #checkEvents(tenant: TenantRow, events: readonly ReadEvent[]): LogFailure[] {
    return events.flatMap((event) => {
      // After a gap the events go on from what is there.
      const expected = this.#next === Number.MIN_SAFE_INTEGER ? 0 : this.#next;
      this.#next = event.seq + 1;
      return guarded(`event ${event.seq}`, () => checkEvent(tenant, event, expected));
    });
  }

  /** What was recorded by one of the events is compared whole, with all that later ones say of it. */
  #checkRows(db: Reader, tenant: TenantRow, events: readonly ReadEvent[]): LogFailure[] {
    const recording = events.filter(
      ({ kind, escalation_id }) => kind === 'escalation.recorded' && escalation_id !== null,
    );
    this.#recorded += recording.length;
    const checking = { db, tenant, limits: limitsOf(db, tenant) };
    const numbers = recording.map(({ escalation_id }) => escalation_id ?? 0);
    const whole = wholeEscalations(db, numbers, events);
    const rows = recording.flatMap(({ seq, escalation_id }) => {
      const one = whole.get(escalation_id ?? 0);
      if (one === undefined) return [];
      return guarded(`escalations of event ${seq}`, () => checkEscalation(checking, seq, one));
    });
    return [...lost(db, tenant, events), ...rows];
  }

  #end(
    db: Reader,
    tenant: TenantRow,
    find: (place: { level: number; index: number }) => Uint8Array | null,
  ): LogFailure[] {
    const { size } = this.#tree;
    const tiles = this.#tree.end(countTiles(db, tenant.tenantId), find);
    const read = tileReader(db, tenant.tenantId);
    const heads = () => (tiles.length === 0 ? checkCheckpoints(db, tenant, size, read) : []);
    return [
      ...tiles,
      ...guarded('checkpoints', heads),
      ...guarded('checkpoints', () => checkCosignatures(db, tenant.tenantId)),
      ...guarded('schedules', () => checkSchedules(db, tenant.tenantId)),
      ...guarded('tenants', () => checkTenant(db, tenant, { size, recorded: this.#recorded })),
      ...guarded('trust_entries', () => checkTrust(db, tenant)),
      ...guarded('own_keys', () => checkOwnKeys(db)),
    ];
  }
}

/** Events about an escalation that the tenant does not have. */
function lost(db: Reader, tenant: TenantRow, events: readonly ReadEvent[]): LogFailure[] {
  const about = events.filter(({ kind, escalation_id }) => kind !== 'escalation.recorded' && escalation_id !== null);
  if (about.length === 0) return [];
  const known = knownEscalations(
    db,
    tenant.tenantId,
    about.map(({ escalation_id }) => escalation_id ?? 0),
  );
  return about
    .filter(({ escalation_id }) => !known.has(escalation_id ?? 0))
    .map(({ seq }) => ({
      place: `escalations of event ${seq}`,
      code: 'ROW_MISSING',
      detail: 'What it is about is not there.',
    }));
}
