import { TextInput } from '@mantine/core';
import { IconCheck, IconShieldFilled } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Profile } from '../../../shared/contract/profile.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Link } from '../../components/link.tsx';
import { useDesk, useDeskInfo, useProfile } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { DropAnywhere } from '../imports/drop-anywhere.tsx';
import { ImportChoices } from '../imports/import-choices.tsx';
import { ImportDialog } from '../imports/import-dialog.tsx';
import { type PendingPins, usePendingPins } from '../keys/pending-pins.ts';
import { KeysStep } from './keys-step.tsx';
import styles from './welcome.module.css';
import { WELCOME_WORDS as WORDS } from './words.ts';

/** The first run: a profile, whom to trust, then the first escalations. */
export function WelcomePage() {
  const profile = useProfile();
  const info = useDeskInfo();
  if (profile === undefined || info === undefined) return null;
  return <Steps profile={profile} tenants={info.tenants.length} />;
}

function Steps({ profile, tenants }: { profile: Profile | null; tenants: number }) {
  const pending = usePendingPins();
  // Whoever has escalations or compared keys already is past this step; the settings have it for later.
  const [keysOpen, setKeysOpen] = useState(tenants === 0 && pending === null);
  const at = profile === null ? 'you' : keysOpen ? 'keys' : 'escalations';
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
          <Step
            n={3}
            state={at === 'you' ? 'later' : at === 'keys' ? 'now' : 'done'}
            name={WORDS.steps.keys.name}
            note={at === 'escalations' ? <KeysNote pending={pending} tenants={tenants} /> : WORDS.steps.keys.note}
          />
          <Step n={4} state={at === 'escalations' ? 'now' : 'later'} {...WORDS.steps.escalations} />
        </ol>
        <p className={styles.quiet}>{WORDS.offline}</p>
      </aside>
      <main className={styles.main}>
        {at === 'you' && <You />}
        {at === 'keys' && <KeysStep onDone={() => setKeysOpen(false)} />}
        {at === 'escalations' && <Escalations onBack={() => setKeysOpen(true)} />}
        {profile !== null && <DropAnywhere />}
      </main>
      <ImportDialog />
    </div>
  );
}

/** What came of the keys: those that were compared, or what it means that none were. */
function KeysNote({ pending, tenants }: { pending: PendingPins | null; tenants: number }) {
  if (pending === null) return tenants > 0 ? WORDS.steps.keys.settings : WORDS.steps.keys.skipped;
  const purposes = [...new Set(pending.pins.map(({ entry }) => entry.purpose))];
  return <AgentLine text={WORDS.steps.keys.done(purposes, pending.source)} className={styles.name} />;
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

function Escalations({ onBack }: { onBack: () => void }) {
  const info = useDeskInfo();
  const first = info?.tenants[0];
  return (
    <div className={styles.column}>
      <h1>{WORDS.escalations.title}</h1>
      <p>{WORDS.escalations.text}</p>
      <ImportChoices />
      <div className={styles.foot}>
        <Button onClick={onBack}>{WORDS.escalations.back}</Button>
        <span className={styles.skip}>
          <Link to={first === undefined ? paths.imports('main') : paths.queue('main', first)}>
            {WORDS.escalations.skip}
          </Link>
        </span>
      </div>
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
