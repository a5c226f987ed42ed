import { useDebouncedValue } from '@mantine/hooks';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LogEvent, LogRow } from '../../../shared/contract/log.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Link } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { useDesk } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { EventAbout } from './event-about.tsx';
import { EventBytes } from './event-bytes.tsx';
import { FieldsCard } from './fields-card.tsx';
import { InclusionCard } from './inclusion-card.tsx';
import { KindGlyph } from './kind-glyph.tsx';
import { kindWord } from './kinds.ts';
import styles from './log.module.css';
import { StatementCard } from './statement-card.tsx';
import { useSaveProof } from './use-save-proof.ts';
import { words } from './words.ts';

/** A key held down passes many events: what is read is the one where it rests. */
const REST_MS = 120;

interface EventPanelProps {
  readonly tenant: string;
  readonly row: LogRow;
  /** What of it does not hold; null: nothing is known. */
  readonly fault: string | null;
}

/** One event whole: what was signed, what is kept beside it, and its place in the log with the proof of that. */
export function EventPanel({ tenant, row, fault }: EventPanelProps) {
  const { q, place } = useDesk();
  const [rested] = useDebouncedValue(row.seq, REST_MS);
  const input = { tenant, seq: row.seq };
  const { data, error, refetch } = useQuery(q.log.get.queryOptions({ input, enabled: rested === row.seq }));
  const about = row.escalation;
  return (
    <>
      <header className={styles.panelHead}>
        <KindGlyph row={row} broken={fault !== null} />
        <code>{kindWord(row)}</code>
        <span className={styles.quiet}>{words.event(row.seq)}</span>
      </header>
      {fault !== null && (
        <p className={styles.fault}>
          <AgentLine text={fault} className={styles.sans} />
        </p>
      )}
      <EventAbout tenant={tenant} row={row} />
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data !== undefined && (
        <>
          <StatementCard tenant={tenant} event={data} />
          <InclusionCard event={data} />
          <Acts tenant={tenant} event={data} />
          <FieldsCard event={data} />
        </>
      )}
      {about !== null && about.id !== null && (
        <p>
          <Link to={paths.escalation(place, tenant, about.id, about.event)}>{words.open}</Link>
        </p>
      )}
    </>
  );
}

function Acts({ tenant, event }: { tenant: string; event: LogEvent }) {
  const proof = useSaveProof(tenant, event.row.seq);
  const [bytes, setBytes] = useState(false);
  return (
    <>
      <div className={styles.acts}>
        <Button look="strong" height="small" icon={IconDownload} onClick={proof.go} disabled={proof.busy}>
          {words.saveProof}
        </Button>
        <Button height="small" onClick={() => setBytes(true)}>
          {words.bytes}
        </Button>
      </div>
      <p className={styles.said} data-failed={proof.failed} role="status">
        {proof.note}
      </p>
      <EventBytes event={event} opened={bytes} onClose={() => setBytes(false)} />
    </>
  );
}
