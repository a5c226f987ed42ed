import { IconCertificate, IconCertificateOff, IconLoader2, IconUsers, type TablerIcon } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Job } from '../../../shared/contract/job.ts';
import type { LogHead } from '../../../shared/contract/log.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Sign } from '../../components/sign.tsx';
import strip from '../../components/strip.module.css';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { useDeskNow } from '../../queries/now.tsx';
import styles from './log.module.css';
import { checkpointCell, type LogCell, type VerdictCell, verdictCell, witnessCell } from './log-cells.ts';
import { words } from './words.ts';

interface LogStripProps {
  readonly tenant: string;
  readonly head: LogHead;
  readonly verification: Job | null;
}

/** The state of the log in one look: whether it holds, how far it is signed, who else saw it. */
export function LogStrip({ tenant, head, verification }: LogStripProps) {
  const now = useDeskNow('minute');
  const running = verification?.state === 'running' ? verification : null;
  const checkpoint = checkpointCell(head, now);
  return (
    <section className={styles.strip} aria-label={words.summary}>
      <VerdictView cell={verdictCell(head, running, now)} running={running} />
      <Plain cell={checkpoint} icon={head.checkpoint === null ? IconCertificateOff : IconCertificate} />
      <WitnessView tenant={tenant} head={head} />
    </section>
  );
}

function VerdictView({ cell: { verdict, title, note, ground }, running }: { cell: VerdictCell; running: Job | null }) {
  if (verdict === null || running !== null) return <Running title={title} note={note} job={running} />;
  const said = <AgentLine text={note} className={styles.sans} />;
  return (
    <div className={`${strip.cell} ${styles.cell}`} data-ground={ground}>
      <Sign name={verdict} size={20} word={title} note={said} className={`${strip.cellSign} ${styles.cellSign}`} />
    </div>
  );
}

function Running({ title, note, job }: { title: string; note: string; job: Job | null }) {
  const { q } = useDesk();
  const acting = useActing();
  const cancel = useMutation(q.job.cancel.mutationOptions());
  const stop = (): void => {
    if (job !== null) cancel.mutate({ ...acting(), job_id: job.job_id });
  };
  return (
    <Plain cell={{ title, note, ground: 'none' }} icon={IconLoader2}>
      <button type="button" className={styles.inline} onClick={stop} disabled={!cancel.isIdle}>
        {words.stop}
      </button>
    </Plain>
  );
}

interface PlainProps {
  readonly cell: LogCell;
  readonly icon: TablerIcon;
  readonly children?: ReactNode;
}

function Plain({ cell: { title, note, ground }, icon: Icon, children }: PlainProps) {
  return (
    <div className={`${strip.cell} ${styles.cell}`} data-ground={ground}>
      <Icon size={20} aria-hidden="true" className={styles.cellGlyph} />
      <div className={styles.cellWords}>
        <strong>{title}</strong>
        <span>
          {note} {children}
        </span>
      </div>
    </div>
  );
}

function WitnessView({ tenant, head }: { tenant: string; head: LogHead }) {
  const { q, transport } = useDesk();
  const acting = useActing();
  const cosign = useMutation(q.log.cosign.mutationOptions());
  const add = useMutation({
    mutationFn: async () => {
      const [file] = await transport.pickFiles();
      return file === undefined ? null : cosign.mutateAsync({ ...acting(), tenant, staged: file.staged });
    },
  });
  const cell = witnessCell(head);
  const said = add.error === null ? (add.data == null ? null : words.added) : errorFacts(add.error).message;
  const witnessed = (head.checkpoint?.witnesses.length ?? 0) > 0;
  return (
    <div className={`${strip.cell} ${styles.cell}`} data-ground="none">
      {witnessed ? (
        <IconUsers size={20} aria-hidden="true" className={styles.cellGlyph} />
      ) : (
        <IconCertificateOff size={20} aria-hidden="true" className={styles.cellGlyph} />
      )}
      <div className={styles.cellWords}>
        <strong>{cell.title}</strong>
        <span>
          <span role={add.error === null ? 'status' : 'alert'}>
            <AgentLine text={said ?? cell.note} className={styles.sans} />
          </span>{' '}
          {head.checkpoint !== null && (
            <button type="button" className={styles.inline} aria-label={words.addLabel} onClick={() => add.mutate()}>
              {words.add}
            </button>
          )}
        </span>
      </div>
    </div>
  );
}
