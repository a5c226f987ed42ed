import { jcs } from '../../evidence/jcs.ts';
import { digestOf, hex } from './bytes.ts';
import type { Reader } from './connection.ts';
import { queries, statement } from './statement.ts';

/** The columns of an escalation that say what it is, as their bytes lie in the store. */
export interface ContentColumns {
  readonly record: Uint8Array;
  readonly request: Uint8Array | null;
  readonly findings: Uint8Array;
  readonly deadlines: Uint8Array;
  /** The body of the decision that stands. */
  readonly decision: Uint8Array | null;
}

/**
 * What an event commits to of an escalation's row under `content`: the SHA-256 of each column, so that any byte of it
 * that is changed later differs from the last event that says so. Hex, as JSON.
 */
export type Content = { readonly [column in keyof ContentColumns]: string | null };

export function contentOf({ record, request, findings, deadlines, decision }: ContentColumns): Content {
  return {
    record: digestOf(record),
    request: digestOf(request),
    findings: digestOf(findings),
    deadlines: digestOf(deadlines),
    decision: digestOf(decision),
  };
}

/** The content of an escalation's row as it lies in the store now. */
export function storedContent(db: Reader, escalationId: number): Content | null {
  const row = db.get(columns, { escalationId });
  return row === undefined ? null : contentOf(row);
}

/** What a row says for good from when it was recorded. */
export interface Arrival {
  readonly list_epoch: number;
  readonly list_position: number;
  readonly past_on_arrival: number;
  readonly token_root: Uint8Array | null;
}

/** SHA-256 of it and of the dissents that came with the row, in order; hex. */
export function arrivalDigest(arrival: Arrival, dissents: readonly Uint8Array[]): string {
  const { list_epoch, list_position, past_on_arrival, token_root } = arrival;
  const root = token_root === null ? null : hex(token_root);
  const brought = dissents.map((one) => digestOf(one));
  // As text: a number that was changed to what JSON cannot hold has a digest, too.
  const numbers = [list_epoch, list_position, past_on_arrival].map(String);
  return digestOf(jcs({ numbers, token_root: root, dissents: brought }));
}

const columns = statement<{ escalationId: number }>()((arg) =>
  queries
    .selectFrom('escalations as e')
    .leftJoin('decisions as d', (join) => join.onRef('d.escalation_id', '=', 'e.escalation_id').on('d.n', '=', 0))
    .select(['e.record', 'e.request', 'e.findings', 'e.deadlines', 'd.body as decision'])
    .where('e.escalation_id', '=', arg.escalationId),
);
