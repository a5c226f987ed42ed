import { useRef } from 'react';
import { useActing } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';

interface Attempt {
  readonly input: string;
  readonly acting: { readonly by: string; readonly idempotency_key: string };
}

/** Answers after which it is open whether the call acted: only those are sent again under the same key. */
const OPEN_ENDED: ReadonlySet<string> = new Set(['HOST_GONE', 'INTERNAL', 'STORE_BUSY', 'CANCELLED']);

/**
 * Who acts, and the key of one attempt: the same input sent again before the attempt has an answer carries the same
 * key, so it acts once however often it is sent. `settle` ends the attempt, unless its error leaves it open.
 */
export function useAttempt() {
  const attempt = useRef<Attempt | null>(null);
  const acting = useActing();
  return {
    actingFor(input: unknown) {
      const text = JSON.stringify(input);
      if (attempt.current?.input !== text) attempt.current = { input: text, acting: acting() };
      return attempt.current.acting;
    },
    settle(error: unknown) {
      if (error === null || !OPEN_ENDED.has(errorFacts(error).code)) attempt.current = null;
    },
  };
}
