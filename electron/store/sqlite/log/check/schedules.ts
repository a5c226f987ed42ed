import { jcsText } from '../../../../evidence/json/jcs.ts';
import type { LogFailure } from '../../../ledger-store.ts';
import { text } from '../../base/bytes.ts';
import type { Reader } from '../../base/connection.ts';
import { queries, statement } from '../../base/statement.ts';
import { parsed } from './failure.ts';

/** Each scheduled export is as the last event that set it says, and none is there that ended. Older ones have no event. */
export function checkSchedules(db: Reader, tenantId: number): LogFailure[] {
  const rows = new Map(db.all(ofTenant, { tenantId }).map((row) => [row.schedule_id, row.body]));
  const last = new Map<string, Told>();
  for (const event of db.all(told, { tenantId }))
    last.set((parsed(event.leaf) as { schedule: string }).schedule, event);
  return [...last].flatMap(([schedule, event]) => {
    const detail = whatDiffers(event, rows.get(schedule));
    return detail === null ? [] : [{ place: `schedules of event ${event.seq}`, code: 'SCHEDULE', detail }];
  });
}

interface Told {
  readonly seq: number;
  readonly kind: string;
  readonly leaf: Uint8Array;
  /** What was ordered; null where it was removed from beside the log, or the event says none. */
  readonly value: Uint8Array | null;
}

function whatDiffers({ kind, value }: Told, body: Uint8Array | undefined): string | null {
  if (kind === 'schedule.removed') return body === undefined ? null : 'A scheduled export is there that ended.';
  if (body === undefined) return 'The scheduled export is not there.';
  if (value === null) return null;
  const order = parsed(body);
  return order !== undefined && jcsText(order) === text(value) ? null : 'It is not what was ordered.';
}

const ofTenant = statement<{ tenantId: number }>()((arg) =>
  queries.selectFrom('schedules').select(['schedule_id', 'body']).where('tenant_id', '=', arg.tenantId),
);
const told = statement<{ tenantId: number }>()((arg) =>
  queries
    .selectFrom('ledger_events as e')
    .leftJoin('event_fields as f', (join) => join.onRef('f.event_id', '=', 'e.event_id').on('f.name', '=', 'order'))
    .select(['e.seq', 'e.kind', 'e.leaf', 'f.value'])
    .where('e.tenant_id', '=', arg.tenantId)
    .where('e.kind', 'in', ['schedule.set', 'schedule.removed'])
    .orderBy('e.seq'),
);
