import { useMutation } from '@tanstack/react-query';
import type { OwnKey } from '../../../shared/contract/keys.ts';
import { Button } from '../../components/button.tsx';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import styles from './keys.module.css';
import type { OwnAct } from './own-dialogs.tsx';
import { words } from './words.ts';

interface LostKeyProps {
  readonly tenant: string;
  readonly ownKey: OwnKey;
  readonly onAct: (act: OwnAct) => void;
}

/** A key whose keyring is another now: what happened, what still works, and every way on (S15). Nobody is locked out. */
export function LostKey({ tenant, ownKey, onAct }: LostKeyProps) {
  const { q } = useDesk();
  const acting = useActing();
  const again = useMutation(q.keys.unlock.mutationOptions());
  return (
    <section className={styles.banner} data-tone="warn" aria-labelledby="lost-key">
      <h2 id="lost-key" className={styles.bannerTitle}>
        {words.lost.title}
      </h2>
      <p>{words.lost.what}</p>
      <p>{words.lost.works}</p>
      <p>{words.lost.todo}</p>
      {again.error !== null && (
        <p className={styles.bad} role="alert">
          {errorFacts(again.error).message}
        </p>
      )}
      <div className={styles.bannerRow}>
        <Button look="strong" onClick={() => onAct({ kind: 'recover' })}>
          {words.own.recover}
        </Button>
        <Button disabled={again.isPending} onClick={() => again.mutate({ ...acting(), tenant, key_id: ownKey.key_id })}>
          {words.lost.again}
        </Button>
        <Button onClick={() => onAct({ kind: 'revoke', ownKey })}>{words.acts.revoke}</Button>
      </div>
    </section>
  );
}
