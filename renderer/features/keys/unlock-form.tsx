import { NativeSelect, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { OwnKey } from '../../../shared/contract/keys.ts';
import { Button } from '../../components/button.tsx';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import styles from './keys.module.css';
import { words } from './words.ts';

const MINUTES = [15, 60, 240, 480] as const;

interface UnlockFormProps {
  readonly tenant: string;
  readonly ownKey: OwnKey;
  readonly autoFocus?: boolean;
  readonly onUnlocked?: () => void;
}

/** Opens a key for a set time. The passphrase goes to the desk and is kept nowhere, here neither. */
export function UnlockForm({ tenant, ownKey, autoFocus = false, onUnlocked }: UnlockFormProps) {
  const { q } = useDesk();
  const acting = useActing();
  const [passphrase, setPassphrase] = useState('');
  const [minutes, setMinutes] = useState<number>(MINUTES[0]);
  const unlock = useMutation(q.keys.unlock.mutationOptions({ gcTime: 0, onSuccess: () => onUnlocked?.() }));
  const asks = ownKey.protection === 'passphrase';
  const go = (): void => {
    const given = asks ? { passphrase } : {};
    unlock.mutate({ ...acting(), tenant, key_id: ownKey.key_id, minutes, ...given });
    setPassphrase('');
  };
  const ready = !unlock.isPending && (!asks || passphrase.length >= 8);
  return (
    <div className={styles.form}>
      {unlock.error !== null && (
        <p className={styles.bad} role="alert">
          {errorFacts(unlock.error).message}
        </p>
      )}
      <div className={styles.unlock}>
        {asks && (
          <PasswordInput
            label={words.passphrase.label}
            value={passphrase}
            autoComplete="current-password"
            maxLength={1000}
            data-field="seal"
            data-autofocus={autoFocus || undefined}
            onChange={({ target }) => setPassphrase(target.value)}
            onKeyDown={(event) => {
              // Enter unlocks, wherever the field stands: in the decision form it must commit nothing.
              if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
              event.preventDefault();
              if (ready) go();
            }}
          />
        )}
        <NativeSelect
          label={words.unlock.time}
          value={String(minutes)}
          data={MINUTES.map((n) => ({ value: String(n), label: words.unlock.minutes(n) }))}
          onChange={({ target }) => setMinutes(Number(target.value))}
        />
        <Button look="strong" onClick={go} disabled={!ready} {...(asks ? {} : { 'data-field': 'seal' })}>
          {unlock.isPending ? words.unlock.going : words.unlock.go}
        </Button>
      </div>
    </div>
  );
}
