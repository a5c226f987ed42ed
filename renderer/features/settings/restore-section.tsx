import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { BackupComparison } from '../../../shared/contract/backup.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { numberText } from '../../components/numbers.ts';
import { instantWords } from '../../components/time.ts';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import { useJob } from '../jobs/use-job.ts';
import { BackupOutcome } from './backup-outcome.tsx';
import { KEEPING_WORDS } from './keeping-words.ts';
import styles from './settings.module.css';

const WORDS = KEEPING_WORDS.restore;

/** Verifies a backup and sets it beside this ledger, before a new ledger is made of it. */
export function RestoreSection() {
  const { api, q, transport } = useDesk();
  const acting = useActing();
  const restore = useMutation(q.backup.restore.mutationOptions());
  const [target, setTarget] = useState<string | null>(null);
  const look = useMutation({
    mutationFn: async () => {
      const [file] = await transport.pickFiles();
      if (file === undefined) return null;
      return { staged: file.staged, preview: await api.backup.preview({ staged: file.staged }) };
    },
  });
  const start = useMutation({
    mutationFn: async (staged: string) => {
      const place = await transport.stageTarget('restored.db');
      if (place === null) return;
      await restore.mutateAsync({ ...acting(), staged, target: place.staged });
      setTarget(place.staged);
    },
  });
  const job = useJob(restore.data?.job_id ?? null);
  const looked = look.data ?? null;
  return (
    <section className={styles.form} aria-labelledby="restore-title">
      <h2 id="restore-title">{WORDS.title}</h2>
      <p>{WORDS.note}</p>
      <div className={styles.line}>
        <Button onClick={() => look.mutate()} disabled={look.isPending || job?.state === 'running'}>
          {WORDS.choose}
        </Button>
        {look.isPending && <span role="status">{WORDS.reading}</span>}
      </div>
      {look.error !== null && <ErrorState error={look.error} />}
      {looked !== null && (
        <>
          <Compared compared={looked.preview.compared} />
          <div className={styles.line}>
            <Button look="strong" onClick={() => start.mutate(looked.staged)} disabled={start.isPending}>
              {WORDS.go}
            </Button>
          </div>
        </>
      )}
      {start.error !== null && <ErrorState error={start.error} />}
      {job !== null && target !== null && (
        <BackupOutcome key={job.job_id} job={job} staged={target} done={WORDS.done} />
      )}
    </section>
  );
}

function Compared({ compared }: { compared: readonly BackupComparison[] }) {
  const { columns } = WORDS;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>{columns.tenant}</th>
          <th>{columns.here}</th>
          <th>{columns.backup}</th>
          <th>{columns.log}</th>
          <th>{columns.lost}</th>
        </tr>
      </thead>
      <tbody>
        {compared.map(({ tenant, now, backup, log, lost }) => (
          <tr key={`${tenant} ${now === null} ${backup === null}`}>
            <td>
              <AgentLine text={tenant} />
            </td>
            <td>{said(now)}</td>
            <td>{said(backup)}</td>
            <td>{WORDS.log[log]}</td>
            <td>
              {numberText(lost.n)}
              <Lost newest={lost.newest} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Lost({ newest }: { newest: BackupComparison['lost']['newest'] }) {
  const now = useDeskNow('minute');
  if (newest.length === 0) return null;
  return (
    <ul className={styles.list}>
      {newest.map(({ seq, at, outcome, id, by }) => (
        <li key={seq}>
          {instantWords(at, now)} {outcome} <AgentLine text={id ?? KEEPING_WORDS.holds.removed} className="mono" />{' '}
          <AgentLine text={by} />
        </li>
      ))}
    </ul>
  );
}

function said(one: BackupComparison['now']): string {
  if (one === null) return WORDS.absent;
  const { active, resolved, expired } = one.counts;
  return WORDS.events(one.size, active, resolved + expired);
}
