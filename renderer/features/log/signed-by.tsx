import type { StatementFacts } from '../../../shared/contract/log.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Fingerprint } from '../../components/fingerprint.tsx';
import { Hash } from '../../components/hash.tsx';
import { usePinnedKeys } from '../verify/used-key.ts';
import styles from './log.module.css';
import { words } from './words.ts';

interface SignedByProps {
  readonly tenant: string;
  readonly statement: StatementFacts;
  /** The statement of another desk, whose key has a name here like everybody's. */
  readonly brought?: boolean;
  readonly fingerprint?: string | null;
}

/** Whose key signed a statement, with the beginning of its fingerprint; of one that is not pinned its public part. */
export function SignedBy({ tenant, statement, brought = false, fingerprint = null }: SignedByProps) {
  const known = usePinnedKeys(tenant);
  const { key, public_hex, signed_by } = statement;
  if (key === null) {
    return (
      <>
        {words.unknownKey}{' '}
        {fingerprint === null ? <Hash value={public_hex} short /> : <Fingerprint value={fingerprint} groups={2} />}
      </>
    );
  }
  const print = known(key)?.fingerprint;
  return (
    <>
      {signed_by === 'desk' && !brought ? words.deskKey : <AgentLine text={key.name} className={styles.sans} />}{' '}
      {print === undefined ? <Hash value={public_hex} short /> : <Fingerprint value={print} groups={2} />}
    </>
  );
}
