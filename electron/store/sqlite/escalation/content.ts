import { digestOf, hex } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';

/** The columns of an escalation that follow from nothing else, as they lie in the store. */
export interface ContentColumns {
  readonly record: Uint8Array;
  readonly request: Uint8Array | null;
  readonly findings: Uint8Array;
  readonly deadlines: Uint8Array;
  readonly list_epoch: number;
  readonly list_position: number;
  readonly past_on_arrival: number;
  readonly token_root: Uint8Array | null;
}

/**
 * What an event commits to of an escalation's row under `content`, so that any byte of it that is changed later differs
 * from the last event that says so: SHA-256, in hex, of the RFC 8785 bytes of an object of its columns and the body of its
 * decision (null while there is none), those that are bytes by their own SHA-256, numbers as text.
 */
export function contentOf(row: ContentColumns, decision: Uint8Array | null): string {
  const root = row.token_root === null ? null : hex(row.token_root);
  // Hex, numbers and null: in the order of their names they are RFC 8785 as they stand.
  return digestOf(
    `{"deadlines":"${digestOf(row.deadlines)}","decision":${quoted(digestOf(decision))},"findings":"${digestOf(row.findings)}",` +
      `"list_epoch":"${row.list_epoch}","list_position":"${row.list_position}","past_on_arrival":"${row.past_on_arrival}",` +
      `"record":"${digestOf(row.record)}","request":${quoted(digestOf(row.request))},"token_root":${quoted(root)}}`,
  );
}

/** The content of an escalation's row as it lies in the store now; null where there is none. */
export function storedContent(db: Reader, escalationId: number): string | null {
  const row = db.get(columns, { escalationId });
  return row === undefined ? null : contentOf(row, row.decision);
}

function quoted(digits: string | null): string {
  return digits === null ? 'null' : `"${digits}"`;
}

const columns = statement<{ escalationId: number }>()((arg) =>
  queries
    .selectFrom('escalations as e')
    .leftJoin('decisions as d', (join) => join.onRef('d.escalation_id', '=', 'e.escalation_id').on('d.n', '=', 0))
    .select(['e.record', 'e.request', 'e.findings', 'e.deadlines', 'd.body as decision'])
    .select(['e.list_epoch', 'e.list_position', 'e.past_on_arrival', 'e.token_root'])
    .where('e.escalation_id', '=', arg.escalationId),
);
