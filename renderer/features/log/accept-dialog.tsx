import { Modal, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { useAttempt } from '../decision/use-attempt.ts';
import styles from './log.module.css';
import { words } from './words.ts';

const WORDS = words.accept;

interface AcceptDialogProps {
  readonly tenant: string;
  readonly detail: string;
  /** What accepting it means. */
  readonly says: Pick<typeof WORDS, 'title' | 'note' | 'reasonNote' | 'go'>;
  readonly onClose: () => void;
}

/** Takes a log for the right one that is not the one remembered, or was found broken; the reason is recorded in it for good. */
export function AcceptDialog({ tenant, detail, says, onClose }: AcceptDialogProps) {
  const { q } = useDesk();
  const attempt = useAttempt();
  const accept = useMutation(q.log.accept.mutationOptions());
  const [reason, setReason] = useState('');
  const given = reason.trim().toWellFormed();
  const send = (submitted: React.FormEvent): void => {
    submitted.preventDefault();
    if (given === '') return;
    const input = { tenant, reason: given };
    accept.mutate(
      { ...attempt.actingFor(input), ...input },
      { onSuccess: onClose, onSettled: (_, error) => attempt.settle(error) },
    );
  };
  return (
    <Modal opened onClose={onClose} title={says.title} size={520}>
      <form className={styles.form} onSubmit={send}>
        <p>
          <AgentLine text={detail} className={styles.sans} />
        </p>
        <p>{says.note}</p>
        <Textarea
          label={WORDS.reason}
          description={says.reasonNote}
          value={reason}
          maxLength={2000}
          autosize
          minRows={3}
          data-autofocus
          onChange={({ target }) => setReason(target.value)}
        />
        {accept.error !== null && (
          <p className={styles.wrong} role="alert">
            {errorFacts(accept.error).message}
          </p>
        )}
        <div className={styles.formActs}>
          <Button onClick={onClose}>{WORDS.cancel}</Button>
          <Button look="bad" type="submit" disabled={given === '' || accept.isPending}>
            {says.go}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
