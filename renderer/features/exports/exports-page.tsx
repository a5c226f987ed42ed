import { IconCalendarRepeat, IconChartBar, IconFileExport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { useGo } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useDesk, useTenant } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { ExportDialog } from './export-dialog.tsx';
import styles from './exports.module.css';
import { ExportsTable } from './exports-table.tsx';
import { SCHEDULE_WORDS } from './schedule-words.ts';
import { Schedules } from './schedules.tsx';
import { EXPORT_WORDS } from './words.ts';

/** What left this tenant's ledger, newest first, each with what proves it; and the way to export more. */
export function ExportsPage() {
  const { q, place } = useDesk();
  const tenant = useTenant() ?? '';
  const go = useGo();
  const search = useSearch({ strict: false }) as { new?: string; schedule?: string };
  const close = (): void => go(paths.exports(place, tenant), { replace: true });
  const { data, error, refetch } = useQuery(q.job.list.queryOptions({ input: { kind: 'export' } }));
  const jobs = data?.filter((job) => job.tenant === tenant);
  return (
    <>
      <PageHead title={EXPORT_WORDS.title} note={jobs === undefined ? '' : EXPORT_WORDS.count(jobs.length)}>
        <Button icon={IconChartBar} onClick={() => go(paths.report(place, tenant))}>
          {EXPORT_WORDS.report}
        </Button>
        <Button icon={IconCalendarRepeat} onClick={() => go(`${paths.exports(place, tenant)}?schedule=1`)}>
          {SCHEDULE_WORDS.new}
        </Button>
        <Button icon={IconFileExport} onClick={() => go(`${paths.exports(place, tenant)}?new=1`)}>
          {EXPORT_WORDS.new}
        </Button>
      </PageHead>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {jobs === undefined && error === null && <Loading />}
      <div className={styles.list}>
        <Schedules tenant={tenant} adding={search.schedule !== undefined} onClose={close} />
        {jobs?.length === 0 && <p className={styles.empty}>{EXPORT_WORDS.empty}</p>}
        {jobs !== undefined && jobs.length > 0 && <ExportsTable tenant={tenant} jobs={jobs} />}
      </div>
      <ExportDialog
        tenant={tenant}
        opened={search.new !== undefined}
        onClose={close}
        onStarted={(job) => go(paths.exports(place, tenant, job), { replace: true })}
      />
    </>
  );
}
