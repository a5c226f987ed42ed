import { Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { KeysOverview, OwnKey } from '../../../shared/contract/keys.ts';
import { Button } from '../../components/button.tsx';
import { useActing, useDesk, useProfile } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { FingerprintInFull } from './fingerprint-in-full.tsx';
import styles from './keys.module.css';
import { agreed, NO_PASSPHRASE, PassphraseFields } from './passphrase-fields.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { BackUp, Recover } from './recovery-dialogs.tsx';
import { UnlockForm } from './unlock-form.tsx';
import { words } from './words.ts';

/** What is being done with one's own keys. */
export type OwnAct =
  | { readonly kind: 'make' | 'recover' }
  | { readonly kind: 'show' | 'unlock' | 'rotate' | 'revoke' | 'backup'; readonly ownKey: OwnKey };

interface OwnDialogsProps {
  readonly tenant: string;
  readonly protection: KeysOverview['protection'];
  readonly act: OwnAct | null;
  readonly onClose: () => void;
}

export function OwnDialogs({ tenant, protection, act, onClose }: OwnDialogsProps) {
  if (act === null) return null;
  const common = { tenant, protection, onClose };
  switch (act.kind) {
    case 'make':
      return <Make {...common} />;
    case 'recover':
      return <Recover {...common} />;
    case 'unlock':
      return (
        <Modal opened onClose={onClose} title={words.unlock.title} size={480}>
          <UnlockForm tenant={tenant} ownKey={act.ownKey} autoFocus onUnlocked={onClose} />
        </Modal>
      );
    case 'rotate':
      return <Rotate {...common} ownKey={act.ownKey} />;
    case 'revoke':
      return <RevokeOwn {...common} ownKey={act.ownKey} />;
    case 'backup':
      return <BackUp tenant={tenant} ownKey={act.ownKey} onClose={onClose} />;
    case 'show':
      return (
        <Modal opened onClose={onClose} title={words.fingerprint.title} size={520}>
          <FingerprintInFull value={act.ownKey.fingerprint} />
        </Modal>
      );
  }
}

type Common = Omit<OwnDialogsProps, 'act'>;

function Make({ tenant, protection, onClose }: Common) {
  return (
    <Modal opened onClose={onClose} title={words.make.title} size={480}>
      <MakeKey tenant={tenant} protection={protection} onMade={onClose}>
        <Button onClick={onClose}>{words.cancel}</Button>
      </MakeKey>
    </Modal>
  );
}

interface MakeKeyProps extends Pick<OwnDialogsProps, 'protection'> {
  /** Empty while it is not known: nothing can be made then. */
  readonly tenant: string;
  readonly onMade: () => void;
  /** In a dialog the button ends the row; on a page it begins it. */
  readonly on?: 'dialog' | 'page';
  /** What stands beside the button. */
  readonly children?: ReactNode;
}

/** Makes the key of who acts here, protected as this host can: by its keyring where it has one, else by a passphrase. */
export function MakeKey({ tenant, protection, onMade, on = 'dialog', children }: MakeKeyProps) {
  const { q } = useDesk();
  const acting = useActing();
  const profile = useProfile();
  const [name, setName] = useState(profile?.name ?? '');
  const [passphrase, setPassphrase] = useState(NO_PASSPHRASE);
  const [asks, setAsks] = useState(protection === 'passphrase');
  const onError = (error: unknown): void => setAsks(asks || errorFacts(error).details.needs === 'passphrase');
  const make = useMutation(q.keys.make.mutationOptions({ gcTime: 0, onSuccess: onMade, onError }));
  const secret = asks ? agreed(passphrase) : undefined;
  const ready = secret !== null && name.trim() !== '' && tenant !== '' && !make.isPending;
  const go = (): void => {
    if (!ready) return;
    const given = secret === undefined ? {} : { passphrase: secret };
    make.mutate({ ...acting(), tenant, name: name.trim().toWellFormed(), ...given });
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <p className={styles.quiet}>{words.make.note}</p>
      <TextInput
        label={words.make.name}
        value={name}
        maxLength={200}
        onChange={({ target }) => setName(target.value)}
        data-autofocus={!asks || undefined}
      />
      {asks ? (
        <>
          <PassphraseFields value={passphrase} onChange={setPassphrase} autoFocus />
          <p className={styles.quiet}>{words.passphrase.note}</p>
        </>
      ) : (
        <p className={styles.quiet}>{words.make.keyring}</p>
      )}
      {make.error !== null && (
        <p className={styles.bad} role="alert">
          {errorFacts(make.error).message}
        </p>
      )}
      <div className={styles.buttons} data-on={on}>
        {on === 'dialog' && children}
        <Button look="accent" type="submit" disabled={!ready}>
          {make.isPending ? words.make.making : words.make.go}
        </Button>
        {on === 'page' && children}
      </div>
    </form>
  );
}

function Rotate({ tenant, protection, ownKey, onClose }: Common & { ownKey: OwnKey }) {
  const { q } = useDesk();
  const acting = useActing();
  const [passphrase, setPassphrase] = useState(NO_PASSPHRASE);
  const rotate = useMutation(q.keys.rotate.mutationOptions({ gcTime: 0, onSuccess: onClose }));
  const secret = protection === 'passphrase' ? agreed(passphrase) : undefined;
  const go = (): void => {
    if (secret === null) return;
    const given = secret === undefined ? {} : { passphrase: secret };
    rotate.mutate({ ...acting(), tenant, key_id: ownKey.key_id, ...given });
  };
  return (
    <Modal opened onClose={onClose} title={words.rotate.title} size={480}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <p>
          {words.rotate.note} {words.rotate.backup}
        </p>
        {protection === 'passphrase' && (
          <PassphraseFields value={passphrase} onChange={setPassphrase} label={words.passphrase.newLabel} autoFocus />
        )}
        {rotate.error !== null && (
          <p className={styles.bad} role="alert">
            {errorFacts(rotate.error).message}
          </p>
        )}
        <div className={styles.buttons}>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button look="accent" type="submit" disabled={secret === null || rotate.isPending}>
            {words.rotate.go}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function RevokeOwn({ tenant, ownKey, onClose }: Omit<Common, 'protection'> & { ownKey: OwnKey }) {
  const { q } = useDesk();
  const acting = useActing();
  const revoke = useMutation(q.keys.revoke_own.mutationOptions({ onSuccess: onClose }));
  return (
    <ReasonDialog
      title={words.end.revokeTitle(ownKey.name)}
      note={words.end.revokeOwnNote}
      busy={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onGo={(reason) => revoke.mutate({ ...acting(), tenant, key_id: ownKey.key_id, reason })}
    />
  );
}
