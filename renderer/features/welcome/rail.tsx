import { IconCheck, IconShieldFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Profile } from '../../../shared/contract/profile.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Fingerprint } from '../../components/fingerprint.tsx';
import { useDeskInfo } from '../../queries/desk-context.tsx';
import { useKeysOverview, useMyKey } from '../keys/use-keys.ts';
import styles from './welcome.module.css';
import { WELCOME_WORDS as WORDS } from './words.ts';

export type StepName = 'you' | 'keys' | 'escalations';
type StepState = 'done' | 'now' | 'later';

interface RailProps {
  readonly at: StepName;
  readonly profile: Profile | null;
  /** The tenant whose keys are told; null: none is there. */
  readonly tenant: string | null;
}

/** The steps of the first run at its side, and what came of those that are done. */
export function Rail({ at, profile, tenant }: RailProps) {
  const order: readonly StepName[] = ['you', 'keys', 'escalations'];
  const stateOf = (name: StepName): StepState =>
    name === at ? 'now' : order.indexOf(name) < order.indexOf(at) ? 'done' : 'later';
  const { ledger, you, keys, escalations } = WORDS.steps;
  return (
    <aside className={styles.rail} aria-label="Steps">
      <p className={styles.product}>
        <span className={styles.mark}>
          <IconShieldFilled size={16} aria-hidden="true" />
        </span>
        {WORDS.product}
      </p>
      <ol className={styles.steps}>
        <Step n={1} state="done" name={ledger.name} note={ledger.note} />
        <Step
          n={2}
          state={stateOf('you')}
          name={you.name}
          note={profile === null ? you.note : <Me name={profile.name} tenant={tenant} />}
        />
        <Step
          n={3}
          state={stateOf('keys')}
          name={keys.name}
          note={at === 'escalations' ? <Trusted tenant={tenant} /> : keys.note}
        />
        <Step n={4} state={stateOf('escalations')} name={escalations.name} note={escalations.note} />
      </ol>
      <p className={styles.quiet}>{WORDS.offline}</p>
    </aside>
  );
}

/** Who decides here, and the key that seals for them. */
function Me({ name, tenant }: { name: string; tenant: string | null }) {
  const key = useMyKey(tenant);
  return (
    <span className={styles.me}>
      <AgentLine text={name} className={styles.name} />
      {key !== null && (
        <span>
          {WORDS.own.key} <Fingerprint value={key.fingerprint} groups={2} />, {WORDS.own.protection[key.protection]}
        </span>
      )}
    </span>
  );
}

/** What came of the keys: whose are trusted and where they came from, or what it means that none are. */
function Trusted({ tenant }: { tenant: string | null }) {
  const several = (useDeskInfo()?.tenants.length ?? 0) > 1;
  const overview = useKeysOverview(tenant);
  const words = WORDS.steps.keys;
  if (several) return words.settings;
  const own = new Set(overview?.own.map(({ public_hex }) => public_hex));
  const pinned = (overview?.trust ?? []).filter(
    ({ status, entry }) => status === 'pinned' && entry.purpose !== 'pcrs' && !own.has(entry.public_hex),
  );
  if (pinned.length === 0) return words.skipped;
  const purposes = [...new Set(pinned.map(({ entry }) => entry.purpose))];
  const files = [...new Set(pinned.map(({ source }) => source))];
  return <AgentLine text={words.done(purposes, files)} className={styles.name} />;
}

interface StepProps {
  readonly n: number;
  readonly state: StepState;
  readonly name: string;
  readonly note: ReactNode;
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
