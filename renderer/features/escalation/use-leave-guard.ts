import { useEffect } from 'react';
import { useTransport } from '../../queries/desk-context.tsx';

/** Asks once before a browser's page is closed over an open form or an undo time. The desktop asks by itself. */
export function useLeaveGuard(unfinished: boolean): void {
  const { kind } = useTransport();
  useEffect(() => {
    if (!unfinished || kind !== 'browser') return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unfinished, kind]);
}
