import { sql } from 'kysely';
import { equalBytes } from '../../../../audit/log/merkle.ts';
import { jcsText } from '../../../../evidence/json/jcs.ts';
import type { LogFailure } from '../../../ledger-store.ts';
import { sha256, text } from '../../base/bytes.ts';
import type { Reader } from '../../base/connection.ts';
import { queries, statement } from '../../base/statement.ts';
import type { TenantRow } from '../../tenant/tenants.ts';
import { parsed, unless } from './failure.ts';

/** The tenant's own row, and what is counted of it, at the end of its log. `recorded`: events that recorded an escalation. */
export function checkTenant(
  db: Reader,
  tenant: TenantRow,
  { size, recorded }: { size: number; recorded: number },
): LogFailure[] {
  const { tenantId } = tenant;
  const row = db.get(tenantRow, { tenantId });
  const named = row !== undefined && equalBytes(row.name_sha256, sha256(row.name));
  const detail = `The log has ${size} events, and is said to have ${tenant.logSize}.`;
  return [
    ...unless(tenant.logSize === size, 'tenants', 'LOG_SIZE', detail),
    ...unless(named, 'tenants', 'DERIVED', 'The SHA-256 of its name is not that.'),
    ...checkSettings(db, tenantId, row?.settings ?? null),
    ...checkCounts(db, tenantId),
    ...checkRecorded(db, tenantId, recorded),
  ];
}

/** The settings are those of the last event that changed them. */
function checkSettings(db: Reader, tenantId: number, settings: Uint8Array | null): LogFailure[] {
  const place = 'tenants';
  const last = db.get(lastSettings, { tenantId });
  if (last === undefined)
    return unless(settings === null, place, 'ROW_WITHOUT_EVENT', 'It has settings, and no event says so.');
  if (settings === null)
    return [{ place, code: 'ROW_MISSING', detail: `The settings of event ${last.seq} are not there.` }];
  const now = parsed(settings);
  const isWritten = now !== undefined && JSON.stringify(now) === text(settings);
  const same = isWritten && (last.value === null || jcsText(now) === text(last.value));
  return unless(same, place, 'SETTINGS', `Its settings are not those of event ${last.seq}.`);
}

function checkCounts(db: Reader, tenantId: number): LogFailure[] {
  const [kept, counted] = [db.get(keptCounts, { tenantId }), db.get(countedAnew, { tenantId })];
  const same = kept !== undefined && JSON.stringify(kept) === JSON.stringify(counted);
  return unless(same, 'counts', 'DERIVED', 'They are not those of the escalations.');
}

/** Each event that recorded one was found to have its row; so there is a row too many where there are more rows. */
function checkRecorded(db: Reader, tenantId: number, recorded: number): LogFailure[] {
  if ((db.get(rowsOf, { tenantId })?.n ?? 0) === recorded) return [];
  return db.all(unrecorded, { tenantId }).map(({ escalation_id }) => ({
    place: `escalations ${escalation_id}`,
    code: 'ROW_WITHOUT_EVENT',
    detail: 'No event recorded this escalation.',
  }));
}

type Of = { tenantId: number };
const tenantRow = statement<Of>()((arg) =>
  queries.selectFrom('tenants').select(['name', 'name_sha256', 'settings']).where('tenant_id', '=', arg.tenantId),
);
const lastSettings = statement<Of>()((arg) =>
  queries
    .selectFrom('ledger_events as e')
    .leftJoin('event_fields as f', (join) => join.onRef('f.event_id', '=', 'e.event_id').on('f.name', '=', 'settings'))
    .select(['e.seq', 'f.value'])
    .where('e.tenant_id', '=', arg.tenantId)
    .where('e.kind', '=', 'settings.changed')
    .orderBy('e.seq', 'desc')
    .limit(1),
);
const keptCounts = statement<Of>()((arg) =>
  queries
    .selectFrom('counts')
    .select(['active', 'resolved', 'expired', 'deceptive', 'failed'])
    .where('tenant_id', '=', arg.tenantId),
);
/** Each count goes by an index of its own. */
const escalations = (tenantId: number, status: string) =>
  queries
    .selectFrom('escalations')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('tenant_id', '=', tenantId)
    .where('status', '=', sql.lit(status));
const countedAnew = statement<Of>()((arg) =>
  queries.selectNoFrom([
    escalations(arg.tenantId, 'ESCALATED').as('active'),
    escalations(arg.tenantId, 'RESOLVED').as('resolved'),
    escalations(arg.tenantId, 'EXPIRED').as('expired'),
    escalations(arg.tenantId, 'ESCALATED').where('deceptive', '=', sql.lit(1)).as('deceptive'),
    escalations(arg.tenantId, 'ESCALATED').where('found_as', '=', sql.lit('failed')).as('failed'),
  ]),
);
const rowsOf = statement<Of>()((arg) =>
  queries
    .selectFrom('escalations')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('tenant_id', '=', arg.tenantId),
);
const unrecorded = statement<Of>()((arg) =>
  queries
    .selectFrom('escalations as e')
    .select('e.escalation_id')
    .where('e.tenant_id', '=', arg.tenantId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('ledger_events as l')
            .select('l.event_id')
            .whereRef('l.escalation_id', '=', 'e.escalation_id')
            .whereRef('l.tenant_id', '=', 'e.tenant_id')
            .where('l.kind', '=', 'escalation.recorded'),
        ),
      ),
    )
    .limit(100),
);
