import { useEffect } from 'react';
import { escapeForTerminal } from '../../../shared/domain/text/escape.ts';

/** Names the window after the escalation; what is hidden in an id is shown there too. */
export function useTitle(id: string): void {
  useEffect(() => {
    document.title = `${escapeForTerminal(id)} · VEX Review Desk`;
  }, [id]);
}
