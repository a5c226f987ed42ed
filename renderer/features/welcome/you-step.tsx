import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { useDesk } from '../../queries/desk-context.tsx';
import styles from './welcome.module.css';
import { WELCOME_WORDS } from './words.ts';

const WORDS = WELCOME_WORDS.you;

/** The one thing asked for; stable, so that it acts when the field appears and never again. */
const takeFocus = (field: HTMLInputElement | null): void => field?.focus();

/** Who decides here: the first profile. */
export function YouStep() {
  const { q } = useDesk();
  const [name, setName] = useState('');
  const [key] = useState(() => crypto.randomUUID());
  const make = useMutation(q.profile.make.mutationOptions());
  const given = name.trim();
  return (
    <form
      className={styles.column}
      onSubmit={(event) => {
        event.preventDefault();
        if (given !== '') make.mutate({ idempotency_key: key, name: given });
      }}
    >
      <h1>{WORDS.title}</h1>
      <p>{WORDS.text}</p>
      <TextInput
        label={WORDS.label}
        description={WORDS.hint}
        value={name}
        maxLength={100}
        autoComplete="name"
        ref={takeFocus}
        onChange={({ target }) => setName(target.value)}
      />
      {make.error !== null && <ErrorState error={make.error} />}
      <div>
        <Button look="accent" type="submit" disabled={given === '' || make.isPending}>
          {WORDS.next}
        </Button>
      </div>
    </form>
  );
}
