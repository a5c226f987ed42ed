import type { Request } from '../../../../shared/domain/escalation.ts';
import type { Writer } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';

/** The tenant as one word of the index, so that a match never leaves it (I5). */
export function tenantWord(uid: string): string {
  return uid.replaceAll('-', '');
}

/** Puts an escalation's texts into the search: its id and what its request says in words. */
export function indexTexts(db: Writer, escalationId: number, uid: string, id: string, request: Request | null): void {
  db.run(insert, { escalationId, tenant: tenantWord(uid), text: textsOf(id, request) });
}

/** Replaces them, as a request that came later does. */
export function indexTextsAgain(
  db: Writer,
  escalationId: number,
  uid: string,
  id: string,
  request: Request | null,
): void {
  db.run(remove, { escalationId });
  indexTexts(db, escalationId, uid, id, request);
}

function textsOf(id: string, request: Request | null): string {
  if (request === null) return id;
  const { agent_id, agent_name, action, target, policy, policy_text, reference, explanation, amount } = request;
  const texts = [id, agent_name, agent_id, action, target, policy, policy_text, reference, explanation, amount];
  return texts.filter((text) => typeof text === 'string').join('\n');
}

const insert = statement<{ escalationId: number; tenant: string; text: string }>()((arg) =>
  queries.insertInto('search').values({ rowid: arg.escalationId, tenant: arg.tenant, text: arg.text }),
);
const remove = statement<{ escalationId: number }>()((arg) =>
  queries.deleteFrom('search').where('rowid', '=', arg.escalationId),
);
