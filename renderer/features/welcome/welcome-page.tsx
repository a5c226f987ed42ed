import { TextInput } from '@mantine/core';
import { IconCheck, IconShieldFilled } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Link } from '../../components/link.tsx';
import { useDesk, useDeskInfo, useProfile } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { DropAnywhere } from '../imports/drop-anywhere.tsx';
import { ImportChoices } from '../imports/import-choices.tsx';
import { ImportDialog } from '../imports/import-dialog.tsx';
import styles from './welcome.module.css';
import { WELCOME_WORDS as WORDS } from './words.ts';

/** The first run: a profile, then the first escalations. */
export function WelcomePage() {
  const profile = useProfile();
  const info = useDeskInfo();
  if (profile === undefined || info === undefined) return null;
  const at = profile === null ? 'you' : 'escalations';
  return (
    <div className={styles.page}>
      <aside className={styles.rail} aria-label="Steps">
        <p className={styles.product}>
          <span className={styles.mark}>
            <IconShieldFilled size={16} aria-hidden="true" />
          </span>
          {WORDS.product}
        </p>
        <ol className={styles.steps}>
          <Step n={1} state="done" {...WORDS.steps.ledger} />
          <Step
            n={2}
            state={at === 'you' ? 'now' : 'done'}
            name={WORDS.steps.you.name}
            note={profile === null ? WORDS.steps.you.note : <AgentLine text={profile.name} className={styles.name} />}
          />
          <Step n={3} state={at === 'escalations' ? 'now' : 'later'} {...WORDS.steps.escalations} />
        </ol>
        <p className={styles.quiet}>{WORDS.offline}</p>
      </aside>
      <main className={styles.main}>
        {at === 'you' ? <You /> : <Escalations />}
        {profile !== null && <DropAnywhere />}
      </main>
      <ImportDialog />
    </div>
  );
}

/** The one thing asked for; stable, so that it acts when the field appears and never again. */
const takeFocus = (field: HTMLInputElement | null): void => field?.focus();

function You() {
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
      <h1>{WORDS.you.title}</h1>
      <p>{WORDS.you.text}</p>
      <TextInput
        label={WORDS.you.label}
        description={WORDS.you.hint}
        value={name}
        maxLength={100}
        autoComplete="name"
        ref={takeFocus}
        onChange={({ target }) => setName(target.value)}
      />
      {make.error !== null && <ErrorState error={make.error} />}
      <div>
        <Button look="accent" type="submit" disabled={given === '' || make.isPending}>
          {WORDS.you.next}
        </Button>
      </div>
    </form>
  );
}

function Escalations() {
  const info = useDeskInfo();
  const first = info?.tenants[0];
  return (
    <div className={styles.column}>
      <h1>{WORDS.escalations.title}</h1>
      <p>{WORDS.escalations.text}</p>
      <ImportChoices />
      <Link to={first === undefined ? paths.imports('main') : paths.queue('main', first)}>
        {WORDS.escalations.skip}
      </Link>
    </div>
  );
}

interface StepProps {
  readonly n: number;
  readonly state: 'done' | 'now' | 'later';
  readonly name: string;
  readonly note: React.ReactNode;
}

function Step({ n, state, name, note }: StepProps) {
  return (
    <li className={styles.step} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
      <span className={styles.dot} aria-hidden="true">
        {state === 'done' ? <IconCheck size={14} /> : n}
      </span>
      <span>
        <strong>{name}</strong>
        <span className={styles.quiet}>{note}</span>
      </span>
    </li>
  );
}
