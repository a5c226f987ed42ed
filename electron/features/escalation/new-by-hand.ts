import { instantText } from '../../../shared/domain/clock.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { encodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { readRecord } from '../../../shared/domain/wire/record.ts';
import { buildEscalation } from '../../gateways/files/build-escalation.ts';
import type { NewEscalation } from '../../store/ledger-store.ts';

interface ByHand {
  readonly id: string;
  readonly event_id: string;
  readonly token?: string | undefined;
}

/** What a record written by hand makes, read by the same strict reader as an imported one. INVALID_INPUT. */
export function newByHand({ id, event_id, token }: ByHand, now: number): NewEscalation {
  const members = [
    `"escalation_id":${JSON.stringify(id)}`,
    '"status":"ESCALATED"',
    `"escalation_event_id":${JSON.stringify(event_id)}`,
    ...(token === undefined ? [] : [`"continuation_token":${token}`]),
    `"timestamp":${JSON.stringify(instantText(now))}`,
  ];
  const row = encodeUtf8(`{${members.join(',')}}`);
  const read = row === null ? null : readRecord(row, now);
  if (row === null || read?.ok !== true) {
    const code = read?.ok === false ? read.code : 'BAD_TEXT';
    throw new DeskError('INVALID_INPUT', 'This cannot be recorded. Nothing was recorded.', { code });
  }
  const built = buildEscalation({ read, row, ledger: null }).row;
  // There was no row: nobody but the desk wrote these bytes.
  return { ...built, evidence: built.evidence.filter(({ kind }) => kind !== 'source-row') };
}
