import { IconKey, IconLock, IconLockOpen } from '@tabler/icons-react';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Fingerprint } from '../../components/fingerprint.tsx';
import { Link } from '../../components/link.tsx';
import { usePlace } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { minutesOpen } from '../keys/my-key.ts';
import { UnlockForm } from '../keys/unlock-form.tsx';
import styles from './decision.module.css';
import type { FormFacts } from './form-rules.ts';
import { words } from './words.ts';

interface SealCardProps {
  readonly tenant: string;
  readonly facts: FormFacts;
  readonly now: number;
}

/** The key that will sign the packet, and whether it is open; a locked one is opened right here. */
export function SealCard({ tenant, facts, now }: SealCardProps) {
  const { key } = facts;
  if (key === null) return null;
  const open = key.state === 'unlocked';
  return (
    <div className={styles.attached}>
      <div className={styles.attachedHead}>
        <IconKey size={16} aria-hidden="true" />
        <div>
          <p>
            {words.sealing.by} <AgentLine text={key.name} className={styles.sans} />{' '}
            <Fingerprint value={key.fingerprint} />
          </p>
          <p className={styles.fileFacts}>
            {open ? <IconLockOpen size={14} aria-hidden="true" /> : <IconLock size={14} aria-hidden="true" />}
            {open ? words.sealing.open(minutesOpen(key, now)) : words.sealing.locked}
          </p>
        </div>
      </div>
      <div className={styles.sealBody}>
        {open ? <p className={styles.quiet}>{words.sealing.text}</p> : <UnlockForm tenant={tenant} ownKey={key} />}
      </div>
    </div>
  );
}

/** Why sealing can't be chosen, beside the choice, with the way to change that. */
export function SealOff({ facts }: { facts: FormFacts }) {
  const place = usePlace();
  const { key, cannotSeal } = facts;
  if (key === null) {
    return (
      <p className={styles.quiet}>
        {words.sealing.noKey} <Link to={paths.settings(place, 'keys')}>{words.sealing.make}</Link>
      </p>
    );
  }
  if (key.state === 'lost') {
    return (
      <p className={styles.quiet}>
        {words.sealing.lost} <Link to={paths.settings(place, 'keys')}>{words.sealing.recover}</Link>
      </p>
    );
  }
  return cannotSeal === null ? null : <p className={styles.quiet}>{words.sealing.impossible(cannotSeal)}</p>;
}
