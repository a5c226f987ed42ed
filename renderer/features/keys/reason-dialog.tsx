import { Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { errorFacts } from '../../queries/errors.ts';
import styles from './keys.module.css';
import { words } from './words.ts';

interface ReasonDialogProps {
  readonly title: string;
  readonly note: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onClose: () => void;
  readonly onGo: (reason: string) => void;
}

/** Asks for the reason of a revocation: it is kept with the key, and there is no way back. */
export function ReasonDialog({ title, note, busy, error, onClose, onGo }: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const given = reason.trim().toWellFormed();
  return (
    <Modal opened onClose={onClose} title={title} size={480}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (given !== '') onGo(given);
        }}
      >
        <p>{note}</p>
        <Textarea
          label={words.end.reason}
          description={words.end.reasonNote}
          value={reason}
          maxLength={2000}
          autosize
          minRows={2}
          data-autofocus
          onChange={({ target }) => setReason(target.value)}
        />
        {error !== null && (
          <p className={styles.bad} role="alert">
            {errorFacts(error).message}
          </p>
        )}
        <div className={styles.buttons}>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button look="bad" type="submit" disabled={given === '' || busy}>
            {words.end.revoke}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
