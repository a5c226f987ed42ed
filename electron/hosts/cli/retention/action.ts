import type { Invocation } from '../invocation.ts';
import type { Session } from '../session.ts';

/** What `retention <action>` does; the positionals are what was named after the action. Answers the exit code. */
export type RetentionAction = (invocation: Invocation, open: () => Promise<Session>) => Promise<number>;
