import { Modal, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { EscalationInFull } from '../../../shared/domain/escalation.ts';
import { Button } from '../../components/button.tsx';
import { useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import styles from './decision.module.css';
import { REASON_MAX, reasonLength } from './form-rules.ts';
import { useAttempt } from './use-attempt.ts';
import { words } from './words.ts';

/** Adds an event that points at the decision and says what is wrong with it; the decision itself stays as it is (I3). */
export function Correction({ escalation }: { escalation: EscalationInFull }) {
  const { q } = useDesk();
  const attempt = useAttempt();
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState('');
  const correct = useMutation(q.decision.correct.mutationOptions());
  const length = reasonLength(reason);
  const done = (): void => {
    setOpened(false);
    setReason('');
  };
  const send = (): void => {
    const { tenant, record } = escalation;
    const target = { tenant, id: record.escalation_id, event: record.escalation_event_id };
    const input = { ...target, reason: reason.trim().toWellFormed() };
    correct.mutate(
      { ...attempt.actingFor(input), ...input },
      { onSuccess: done, onSettled: (_, error) => attempt.settle(error) },
    );
  };
  return (
    <>
      <Button look="strong" onClick={() => setOpened(true)}>
        {words.recorded.correct}
      </Button>
      <p role="status" className={correct.isSuccess && !opened ? styles.quiet : 'visually-hidden'}>
        {correct.isSuccess && !opened ? words.recorded.corrected : ''}
      </p>
      <Modal opened={opened} onClose={() => setOpened(false)} title={words.recorded.correct}>
        <p className={styles.quiet}>{words.recorded.never}</p>
        <Textarea
          label={words.recorded.correctLabel}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autosize
          minRows={3}
          data-autofocus
        />
        {correct.error !== null && <p role="alert">{errorFacts(correct.error).message}</p>}
        <div className={styles.modalActs}>
          <Button look="accent" onClick={send} disabled={length === 0 || length > REASON_MAX || correct.isPending}>
            {words.recorded.correctCommit}
          </Button>
        </div>
      </Modal>
    </>
  );
}
