import type { Escalation } from '../../../shared/domain/escalation.ts';
import { changeOf, targetOf } from './arguments.ts';
import type { Invocation } from './invocation.ts';
import { printEscalation } from './print-escalation.ts';
import type { LedgerClient, Session } from './session.ts';

/** What every change of one escalation carries: which, whose, under which key. */
export type Change = Parameters<LedgerClient['escalation']['claim']>[0];

/** Makes one change of one escalation and prints what it is then. */
export async function runChange(
  invocation: Invocation,
  open: () => Promise<Session>,
  act: (client: LedgerClient, change: Change) => Promise<Escalation>,
): Promise<number> {
  const target = targetOf(invocation);
  const change = changeOf(invocation.values);
  const session = await open();
  const tenant = await session.tenant();
  const by = await session.profile();
  printEscalation(invocation.terminal, await act(session.client, { ...target, ...change, tenant, by }));
  return 0;
}
