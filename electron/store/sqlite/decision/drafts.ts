import type { Draft } from '../../../../shared/contract/decision.ts';
import { body, unbody } from '../base/bytes.ts';
import type { Reader, Writer } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';

/** Keeps a reviewer's form for an escalation; null drops it. */
export function putDraft(db: Writer, escalationId: number, profileId: string, draft: Draft | null): void {
  if (draft === null) db.run(remove, { escalationId, profileId });
  else db.run(put, { escalationId, profileId, body: body(draft) });
}

export function readDraft(db: Reader, escalationId: number, profileId: string): Draft | null {
  const row = db.get(find, { escalationId, profileId });
  return row === undefined ? null : draftOf(row.body);
}

/** A draft as it was kept; what an older desk kept does not say how the resolution was to be made. */
export function draftOf(bytes: Uint8Array): Draft {
  return { resolution: 'hash', ...unbody<Omit<Draft, 'resolution'>>(bytes) };
}

type Key = { escalationId: number; profileId: string };

const put = statement<Key & { body: Uint8Array }>()((arg) =>
  queries
    .insertInto('drafts')
    .values({ escalation_id: arg.escalationId, profile_id: arg.profileId, body: arg.body })
    .onConflict((conflict) => conflict.columns(['escalation_id', 'profile_id']).doUpdateSet({ body: arg.body })),
);
const remove = statement<Key>()((arg) =>
  queries.deleteFrom('drafts').where('escalation_id', '=', arg.escalationId).where('profile_id', '=', arg.profileId),
);
const find = statement<Key>()((arg) =>
  queries
    .selectFrom('drafts')
    .select('body')
    .where('escalation_id', '=', arg.escalationId)
    .where('profile_id', '=', arg.profileId),
);
