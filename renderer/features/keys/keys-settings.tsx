import { useSearch } from '@tanstack/react-router';
import { KEY_PURPOSES } from '../../../shared/domain/verdict.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { Loading } from '../../components/loading.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import { BaselineSection } from './baseline-section.tsx';
import { OwnSection } from './own-section.tsx';
import { TrustSection } from './trust-section.tsx';
import { useKeysRead } from './use-keys.ts';
import { Verifying } from './verifying.tsx';

/** A tenant's keys: whom it trusts, what its machines must measure, and what signs here. */
export function KeysSettings({ tenant }: { tenant: string }) {
  const { purpose } = useSearch({ strict: false }) as { purpose?: string };
  const now = useDeskNow('minute');
  const { data: overview, error, refetch } = useKeysRead(tenant);
  if (overview === undefined) {
    return error === null ? <Loading /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  const asked = KEY_PURPOSES.find((known) => known === purpose) ?? null;
  return (
    <>
      <Verifying tenant={tenant} toVerify={overview.to_verify} />
      <TrustSection key={asked} tenant={tenant} overview={overview} now={now} asked={asked} />
      <BaselineSection tenant={tenant} overview={overview} now={now} asked={purpose === 'pcrs'} />
      <OwnSection tenant={tenant} overview={overview} />
    </>
  );
}
