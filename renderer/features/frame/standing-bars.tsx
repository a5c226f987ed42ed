import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { IconLock, IconTestPipe } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '../../components/button.tsx';
import { useGo } from '../../components/link.tsx';
import { useDeskInfo, usePlace, useTransport } from '../../queries/desk-context.tsx';
import { LogBar } from '../log/log-bar.tsx';
import styles from './standing-bars.module.css';
import { useShownTenant } from './use-shown-tenant.ts';
import { FRAME_WORDS } from './words.ts';

/** What holds for every screen while it holds: the ledger is the sample, or can't be written. */
export function StandingBars() {
  const place = usePlace();
  const info = useDeskInfo();
  const tenant = useShownTenant();
  return (
    <>
      {tenant !== null && <LogBar tenant={tenant} />}
      {place === 'sample' && <SampleBar />}
      {info?.store.state === 'read-only' && (
        <div className={styles.bar} data-tone="bad" role="status">
          <IconLock size={16} aria-hidden="true" />
          {FRAME_WORDS.readOnly(info.store.reason)}
        </div>
      )}
    </>
  );
}

function SampleBar() {
  const transport = useTransport();
  const queryClient = useQueryClient();
  const go = useGo();
  const main = createTanstackQueryUtils(transport.client.main, { path: ['main'] });
  const close = useMutation(
    main.desk.close_sample.mutationOptions({
      onSuccess: () => {
        go('/');
        queryClient.removeQueries({ predicate: ({ queryKey }) => (queryKey[0] as string[])[0] === 'sample' });
      },
    }),
  );
  return (
    <div className={styles.bar} data-tone="sample" role="status">
      <IconTestPipe size={16} aria-hidden="true" />
      {FRAME_WORDS.sampleBar}
      <Button
        look="link"
        onClick={() => close.mutate({ idempotency_key: crypto.randomUUID() })}
        disabled={close.isPending}
      >
        {FRAME_WORDS.closeSample}
      </Button>
    </div>
  );
}
