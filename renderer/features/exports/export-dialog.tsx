import { Modal, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ListStatus } from '../../../shared/contract/queue.ts';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { useActing, useDesk, useTransport } from '../../queries/desk-context.tsx';
import { BundleParts } from './bundle-parts.tsx';
import { Continues } from './continues.tsx';
import { keepTarget } from './delivery.ts';
import { ExportKinds } from './export-kinds.tsx';
import { ExportPreview } from './export-preview.tsx';
import {
  type ExportChoice,
  exportQuery,
  formatOf,
  type RecordsFormat,
  suggestedName,
  USUAL_EXPORT,
} from './export-query.ts';
import styles from './exports.module.css';
import { type Previous, previousInput } from './previous.ts';
import { EXPORT_WORDS } from './words.ts';

const WORDS = EXPORT_WORDS.dialog;

interface ExportDialogProps {
  readonly tenant: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** The export runs, as this job. */
  readonly onStarted: (jobId: string) => void;
}

/** Asks for form and contents, with what it would hold counted beside it; then for the file. */
export function ExportDialog({ tenant, opened, onClose, onStarted }: ExportDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={WORDS.title}
      size={820}
      yOffset={24}
      padding={0}
      classNames={{ header: styles.header ?? '' }}
    >
      <Form tenant={tenant} onClose={onClose} onStarted={onStarted} />
    </Modal>
  );
}

function Form({ tenant, onClose, onStarted }: Omit<ExportDialogProps, 'opened'>) {
  const transport = useTransport();
  const [choice, setChoice] = useState(USUAL_EXPORT);
  const [previous, setPrevious] = useState<Previous | null>(null);
  const change = (part: Partial<ExportChoice>): void => setChoice({ ...choice, ...part });
  const continued = choice.kind === 'bundle' ? previous : null;
  const start = useStartExport(tenant, choice, continued, onStarted);
  return (
    <>
      <div className={styles.dialog}>
        <div className={styles.fields}>
          <ExportKinds value={choice.kind} onChange={(kind) => change({ kind })} />
          {choice.kind === 'records' && (
            <NativeSelect
              label={WORDS.recordsAs}
              value={choice.records}
              data={Object.entries(EXPORT_WORDS.records).map(([value, label]) => ({ value, label }))}
              onChange={({ target }) => change({ records: target.value as RecordsFormat })}
            />
          )}
          <Which choice={choice} onChange={change} />
          {(choice.kind === 'bundle' || choice.kind === 'pdf') && <BundleParts choice={choice} onChange={change} />}
          {choice.kind === 'bundle' && <Continues tenant={tenant} previous={previous} onChange={setPrevious} />}
        </div>
        <ExportPreview tenant={tenant} choice={choice} previous={continued} />
      </div>
      {start.error !== null && <ErrorState error={start.error} />}
      <div className={styles.foot}>
        <span className={styles.quiet}>{WORDS.signs}</span>
        <Button onClick={onClose}>{WORDS.cancel}</Button>
        <Button look="accent" onClick={start.go} disabled={start.busy}>
          {transport.kind === 'desktop' ? WORDS.go : WORDS.goBrowser}
        </Button>
      </div>
    </>
  );
}

interface WhichProps {
  readonly choice: ExportChoice;
  readonly onChange: (part: Partial<ExportChoice>) => void;
}

/** Which records: by how they stand, by time, by words. */
function Which({ choice, onChange }: WhichProps) {
  return (
    <div className={styles.range}>
      <TextInput
        type="datetime-local"
        label={WORDS.from}
        value={choice.from}
        onChange={({ target }) => onChange({ from: target.value })}
      />
      <TextInput
        type="datetime-local"
        label={WORDS.to}
        value={choice.to}
        onChange={({ target }) => onChange({ to: target.value })}
      />
      <NativeSelect
        label={WORDS.status}
        value={choice.status}
        data={Object.entries(WORDS.statuses).map(([value, label]) => ({ value, label }))}
        onChange={({ target }) => onChange({ status: target.value as ListStatus })}
      />
      <TextInput
        label={WORDS.search}
        value={choice.search}
        maxLength={500}
        onChange={({ target }) => onChange({ search: target.value })}
      />
    </div>
  );
}

/** Asks the host for the file, then starts the job. */
function useStartExport(
  tenant: string,
  choice: ExportChoice,
  previous: Previous | null,
  started: (jobId: string) => void,
) {
  const { q } = useDesk();
  const transport = useTransport();
  const acting = useActing();
  const exporting = useMutation(q.transfer.export.mutationOptions());
  const start = useMutation({
    mutationFn: async () => {
      const target = await transport.stageTarget(suggestedName(tenant, formatOf(choice), new Date()));
      if (target === null) return;
      const query = exportQuery(tenant, choice);
      const input = { ...acting(), query, target: target.staged, ...previousInput(previous) };
      const { job_id } = await exporting.mutateAsync(input);
      keepTarget(job_id, target.staged);
      started(job_id);
    },
  });
  return { go: () => start.mutate(), busy: start.isPending, error: start.error };
}
