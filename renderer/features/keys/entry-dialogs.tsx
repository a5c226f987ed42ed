import { Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { StoredTrust } from '../../../shared/contract/keys.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { dateText } from '../../components/time.ts';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { AddKeyDialog } from './add-key-dialog.tsx';
import { ConfirmEntries } from './confirm-entries.tsx';
import { Values } from './confirm-entry.tsx';
import { FingerprintInFull } from './fingerprint-in-full.tsx';
import styles from './keys.module.css';
import { ReasonDialog } from './reason-dialog.tsx';
import { dayAfter } from './typed-key.ts';
import { words } from './words.ts';

/** What is being done with an entry of the trust store. */
export interface EntryAct {
  readonly kind: 'show' | 'confirm' | 'retire' | 'replace' | 'revoke';
  readonly stored: StoredTrust;
}

interface EntryDialogsProps {
  readonly tenant: string;
  readonly act: EntryAct | null;
  readonly onClose: () => void;
}

/** The dialog of what is being done with one key or baseline. */
export function EntryDialogs({ tenant, act, onClose }: EntryDialogsProps) {
  if (act === null) return null;
  const { stored } = act;
  const of = { tenant, stored, onClose };
  switch (act.kind) {
    case 'show':
      return <Shown stored={stored} onClose={onClose} />;
    case 'confirm':
      return (
        <Modal opened onClose={onClose} title={words.confirm.title} size={560} yOffset={48}>
          <ConfirmEntries tenant={tenant} waiting={[stored]} onDone={onClose} onLater={onClose} />
        </Modal>
      );
    case 'retire':
      return <Retire {...of} />;
    case 'replace':
      return <AddKeyDialog tenant={tenant} opened replaces={stored} onClose={onClose} />;
    case 'revoke':
      return <Revoke {...of} />;
  }
}

interface OfEntry {
  readonly tenant: string;
  readonly stored: StoredTrust;
  readonly onClose: () => void;
}

function Shown({ stored, onClose }: Omit<OfEntry, 'tenant'>) {
  const { entry, fingerprint, source, pinned_at, pinned_by, reason } = stored;
  const facts = words.fingerprint;
  return (
    <Modal opened onClose={onClose} title={facts.title} size={520}>
      <div className={styles.form}>
        <p>
          <code>{entry.purpose}</code> <AgentLine text={entry.name} className={styles.plain} />
        </p>
        {entry.purpose === 'pcrs' && <Values aid={entry.aid} pcrs={entry.pcrs} />}
        <FingerprintInFull value={fingerprint} baseline={entry.purpose === 'pcrs'} />
        <dl className={styles.whole}>
          {entry.purpose !== 'pcrs' && fact(facts.publicKey, <code translate="no">{entry.public_hex}</code>)}
          {fact(facts.source, <AgentLine text={source} />)}
          {pinned_at !== null &&
            fact(
              facts.pinned,
              <AgentLine text={facts.pinnedBy(pinned_by ?? '', dateText(pinned_at))} className={styles.plain} />,
            )}
          {reason !== null && fact(facts.revoked, <AgentLine text={reason} className={styles.plain} />)}
        </dl>
        <div className={styles.buttons}>
          <Button onClick={onClose} data-autofocus>
            {words.close}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function fact(label: string, value: ReactNode) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className={styles.factValue}>{value}</dd>
    </div>
  );
}

function Retire({ tenant, stored, onClose }: OfEntry) {
  const { q } = useDesk();
  const acting = useActing();
  const [day, setDay] = useState('');
  const retire = useMutation(q.keys.retire.mutationOptions({ onSuccess: onClose }));
  const go = (): void => {
    const until = day === '' ? {} : { valid_until: dayAfter(day) };
    retire.mutate({ ...acting(), tenant, entry_id: stored.entry_id, ...until });
  };
  return (
    <Modal opened onClose={onClose} title={words.end.retireTitle(stored.entry.name)} size={480}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <p>{words.end.retireNote}</p>
        <TextInput
          type="date"
          label={words.end.until}
          description={words.end.untilNote}
          value={day}
          data-autofocus
          onChange={({ target }) => setDay(target.value)}
        />
        {retire.error !== null && (
          <p className={styles.bad} role="alert">
            {errorFacts(retire.error).message}
          </p>
        )}
        <div className={styles.buttons}>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button look="accent" type="submit" disabled={retire.isPending}>
            {words.end.retire}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Revoke({ tenant, stored, onClose }: OfEntry) {
  const { q } = useDesk();
  const acting = useActing();
  const revoke = useMutation(q.keys.revoke.mutationOptions({ onSuccess: onClose }));
  return (
    <ReasonDialog
      title={words.end.revokeTitle(stored.entry.name)}
      note={words.end.revokeNote}
      busy={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onGo={(reason) => revoke.mutate({ ...acting(), tenant, entry_id: stored.entry_id, reason })}
    />
  );
}
