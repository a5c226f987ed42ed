import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Link, useGo } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { useDesk, useProfile } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { paths } from '../../queries/paths.ts';
import { useOpenSample } from '../imports/import-choices.tsx';
import styles from './notice-page.module.css';
import { FRAME_WORDS } from './words.ts';

const BUSY_AGAIN_MS = 3000;

/**
 * Shows the screens once the ledger has answered and somebody acts in it; else why it can't: it is held by another
 * program, written by a newer version, or a sample that is closed.
 */
export function DeskGate({ children }: { children: ReactNode }) {
  const { q, place } = useDesk();
  const profile = useProfile();
  const go = useGo();
  const info = useQuery(
    q.desk.info.queryOptions({
      input: {},
      refetchInterval: ({ state }) => (errorFacts(state.error).code === 'STORE_BUSY' ? BUSY_AGAIN_MS : false),
    }),
  );
  useEffect(() => {
    if (profile === null && place === 'main') go(paths.welcome(), { replace: true });
  }, [profile, place, go]);
  if (info.data !== undefined) return children;
  if (info.error === null) return <Loading />;
  const { code } = errorFacts(info.error);
  if (place === 'sample' && code === 'NOT_FOUND') return <SampleClosed />;
  if (code !== 'STORE_BUSY') return <ErrorState error={info.error} onRetry={() => void info.refetch()} />;
  return (
    <div className={styles.page} role="status">
      <p className={styles.title}>{FRAME_WORDS.busy}</p>
    </div>
  );
}

function SampleClosed() {
  const sample = useOpenSample();
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{FRAME_WORDS.sampleClosed.title}</h1>
      <Button look="accent" onClick={sample.open} disabled={sample.busy}>
        {FRAME_WORDS.sampleClosed.open}
      </Button>
      <Link to="/">{FRAME_WORDS.notFound.back}</Link>
      {sample.error !== null && <ErrorState error={sample.error} />}
    </div>
  );
}
