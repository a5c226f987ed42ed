import type { Invocation } from '../invocation.ts';
import type { Session } from '../session.ts';

/** What `keys <action>` does; `rest` is what was named after the action. */
export type KeysAction = (invocation: Invocation, session: Session, rest: readonly string[]) => Promise<void>;

/** What was changed stands, whatever becomes of the verification that follows. */
export const CHANGED = 'The keys were changed.';
