import { Checkbox, Modal, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { useGo } from '../../components/link.tsx';
import { bytesText } from '../../components/numbers.ts';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import type { StagedFile } from '../../transport/transport.ts';
import { forgetIncoming, useIncoming } from './import-store.ts';
import styles from './imports.module.css';
import { sourcesOf } from './sources.ts';
import { IMPORT_WORDS } from './words.ts';

/** Asks how the files that came are to be imported, and starts the job; its report opens at once. */
export function ImportDialog() {
  const { state, files, error } = useIncoming();
  const words = IMPORT_WORDS.dialog;
  return (
    <Modal
      opened={state !== 'idle'}
      onClose={forgetIncoming}
      title={state === 'staging' ? words.staging : words.title(files.length)}
      size={560}
    >
      {state === 'failed' && <ErrorState error={error} />}
      {state === 'ready' && <Form files={files} />}
    </Modal>
  );
}

/** The files came after the dialog opened: Enter must start the import by then, not close the dialog. */
const focusStart = (form: HTMLFormElement | null): void =>
  form?.querySelector<HTMLElement>('[data-autofocus]')?.focus();

function Form({ files }: { files: readonly StagedFile[] }) {
  const { q, place } = useDesk();
  const go = useGo();
  const acting = useActing();
  const [tenants, setTenants] = useState('');
  const [dryRun, setDryRun] = useState(false);
  // One attempt, one key: sent again after a lost answer it acts once.
  const [attempt] = useState(acting);
  const start = useMutation(q.transfer.import.mutationOptions());
  const words = IMPORT_WORDS.dialog;
  const submit = (): void => {
    const named = tenants.split('\n').map((line) => line.trim());
    const input = {
      ...attempt,
      sources: sourcesOf(files).map(({ staged }) => staged),
      tenants: named.filter((name) => name !== ''),
      dry_run: dryRun,
    };
    start.mutate(input, {
      onSuccess: ({ job_id }) => {
        forgetIncoming();
        go(paths.imports(place, job_id));
      },
    });
  };
  return (
    <form
      ref={focusStart}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ul className={styles.files}>
        {files.map(({ staged, name, bytes }) => (
          <li key={staged}>
            <AgentLine text={name} className="mono" /> <span className={styles.quiet}>{bytesText(bytes)}</span>
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>{words.note}</p>
      <Textarea
        label={words.tenants}
        description={words.tenantsHint}
        value={tenants}
        onChange={({ target }) => setTenants(target.value)}
        autosize
        minRows={1}
        maxRows={5}
      />
      <Checkbox label={words.dryRun} checked={dryRun} onChange={({ target }) => setDryRun(target.checked)} />
      {start.error !== null && <ErrorState error={start.error} />}
      <div className={styles.buttons}>
        <Button onClick={forgetIncoming}>{words.cancel}</Button>
        <Button look="accent" onClick={submit} disabled={start.isPending} data-autofocus>
          {words.start}
        </Button>
      </div>
    </form>
  );
}
