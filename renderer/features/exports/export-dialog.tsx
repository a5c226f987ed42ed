import { Modal, NativeSelect, Radio, TextInput } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ListStatus } from '../../../shared/contract/queue.ts';
import type { ExportFormat } from '../../../shared/contract/transfer.ts';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { numberText } from '../../components/numbers.ts';
import { useActing, useDesk, useTransport } from '../../queries/desk-context.tsx';
import { keepTarget } from './delivery.ts';
import { type ExportChoice, exportQuery, suggestedName, USUAL_EXPORT } from './export-query.ts';
import styles from './exports.module.css';
import { EXPORT_WORDS } from './words.ts';

const WORDS = EXPORT_WORDS.dialog;

interface ExportDialogProps {
  readonly tenant: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks for form and contents, with what it would hold counted beside it; then for the file. */
export function ExportDialog({ tenant, opened, onClose }: ExportDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={WORDS.title}
      size={820}
      yOffset={48}
      padding={0}
      classNames={{ header: styles.header ?? '' }}
    >
      <Form tenant={tenant} onClose={onClose} />
    </Modal>
  );
}

function Form({ tenant, onClose }: Omit<ExportDialogProps, 'opened'>) {
  const transport = useTransport();
  const [choice, setChoice] = useState(USUAL_EXPORT);
  const change = (part: Partial<ExportChoice>): void => setChoice({ ...choice, ...part });
  const start = useStartExport(tenant, choice, onClose);
  return (
    <>
      <div className={styles.dialog}>
        <div className={styles.fields}>
          <Formats value={choice.format} onChange={(format) => change({ format })} />
          <NativeSelect
            label={WORDS.status}
            value={choice.status}
            data={Object.entries(WORDS.statuses).map(([value, label]) => ({ value, label }))}
            onChange={({ target }) => change({ status: target.value as ListStatus })}
          />
          <div className={styles.range}>
            <TextInput
              type="datetime-local"
              label={WORDS.from}
              value={choice.from}
              onChange={({ target }) => change({ from: target.value })}
            />
            <TextInput
              type="datetime-local"
              label={WORDS.to}
              value={choice.to}
              onChange={({ target }) => change({ to: target.value })}
            />
          </div>
          <TextInput
            label={WORDS.search}
            value={choice.search}
            maxLength={500}
            onChange={({ target }) => change({ search: target.value })}
          />
        </div>
        <Contents tenant={tenant} choice={choice} />
      </div>
      {start.error !== null && <ErrorState error={start.error} />}
      <div className={styles.foot}>
        <span className={styles.quiet}>{WORDS.unsigned}</span>
        <Button onClick={onClose}>{WORDS.cancel}</Button>
        <Button look="accent" onClick={start.go} disabled={start.busy}>
          {transport.kind === 'desktop' ? WORDS.go : WORDS.goBrowser}
        </Button>
      </div>
    </>
  );
}

/** Asks the host for the file, then starts the job. */
function useStartExport(tenant: string, choice: ExportChoice, started: () => void) {
  const { q } = useDesk();
  const transport = useTransport();
  const acting = useActing();
  const exporting = useMutation(q.transfer.export.mutationOptions());
  const start = useMutation({
    mutationFn: async () => {
      const target = await transport.stageTarget(suggestedName(tenant, choice.format, new Date()));
      if (target === null) return;
      const input = { ...acting(), query: exportQuery(tenant, choice), target: target.staged };
      const { job_id } = await exporting.mutateAsync(input);
      keepTarget(job_id, target.staged);
      started();
    },
  });
  return { go: () => start.mutate(), busy: start.isPending, error: start.error };
}

function Formats({ value, onChange }: { value: ExportFormat; onChange: (format: ExportFormat) => void }) {
  return (
    <Radio.Group label={WORDS.form} value={value} onChange={(format) => onChange(format as ExportFormat)}>
      <div className={styles.formats}>
        {Object.entries(EXPORT_WORDS.formats).map(([format, { name, end, note }]) => (
          <label key={format} htmlFor={`form-${format}`} className={styles.format} data-chosen={format === value}>
            <Radio
              data-autofocus={format === value || undefined}
              id={`form-${format}`}
              value={format}
              aria-describedby={`format-${format}`}
              aria-label={`${name} ${end}`}
            />
            <span>
              <strong>{name}</strong> <code>{end}</code>
              <span id={`format-${format}`} className={styles.note}>
                {note}
              </span>
            </span>
          </label>
        ))}
      </div>
    </Radio.Group>
  );
}

function Contents({ tenant, choice }: { tenant: string; choice: ExportChoice }) {
  const { q, place } = useDesk();
  const input = exportQuery(tenant, choice);
  const { data, error } = useQuery(
    q.transfer.preview.queryOptions({ input, placeholderData: keepPreviousData, staleTime: 0 }),
  );
  const { from, to } = input;
  return (
    <aside className={styles.contents}>
      {error !== null && <ErrorState error={error} />}
      {data !== undefined && <h2>{WORDS.records(numberText(data.records), data.exact)}</h2>}
      <p className={styles.quiet}>{WORDS.counted}</p>
      <dl className={styles.facts}>
        <dt>{WORDS.query}</dt>
        <dd>
          <code>
            status={choice.status} format={choice.format}
          </code>
        </dd>
      </dl>
      {(from !== undefined || to !== undefined) && (
        <p className={styles.quiet}>
          {WORDS.zone} <code>{`${from ?? '…'}/${to ?? '…'}`}</code>
        </p>
      )}
      {place === 'sample' && <p className={styles.quiet}>{WORDS.sample}</p>}
    </aside>
  );
}
