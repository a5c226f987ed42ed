import { PasswordInput } from '@mantine/core';
import { useId } from 'react';
import styles from './keys.module.css';
import { strengthOf } from './passphrase-strength.ts';
import { words } from './words.ts';

/** A new passphrase and its repetition, as they are typed. */
export interface NewPassphrase {
  readonly first: string;
  readonly again: string;
}

export const NO_PASSPHRASE: NewPassphrase = { first: '', again: '' };

/** The passphrase, once it is long enough and was typed twice alike; else null. */
export function agreed({ first, again }: NewPassphrase): string | null {
  const strength = strengthOf(first);
  return first === again && strength !== 'empty' && strength !== 'short' ? first : null;
}

interface PassphraseFieldsProps {
  readonly value: NewPassphrase;
  readonly onChange: (value: NewPassphrase) => void;
  readonly label?: string;
  readonly autoFocus?: boolean;
}

/** Asks for a new passphrase twice, and says what it is worth while it is typed. */
export function PassphraseFields({
  value,
  onChange,
  label = words.passphrase.label,
  autoFocus = false,
}: PassphraseFieldsProps) {
  const noteId = useId();
  const strength = strengthOf(value.first);
  const differs = value.again !== '' && value.again !== value.first;
  const common = { autoComplete: 'new-password', maxLength: 1000 } as const;
  return (
    <>
      <PasswordInput
        {...common}
        label={label}
        value={value.first}
        aria-describedby={noteId}
        data-autofocus={autoFocus || undefined}
        onChange={({ target }) => onChange({ ...value, first: target.value })}
      />
      <p id={noteId} className={`${styles.quiet} ${styles.strength}`} data-strength={strength} role="status">
        {words.passphrase.strength[strength]}
      </p>
      <PasswordInput
        {...common}
        label={words.passphrase.again}
        value={value.again}
        error={differs ? words.passphrase.differs : null}
        onChange={({ target }) => onChange({ ...value, again: target.value })}
      />
    </>
  );
}
