import type { Invocation } from '../invocation.ts';
import type { Session } from '../session.ts';

/** What `log <action>` does; the invocation's positionals are what was named after the action. Answers the exit code. */
export type LogAction = (invocation: Invocation, open: () => Promise<Session>) => Promise<number>;
