import { Modal, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { StoredTrust } from '../../../shared/contract/keys.ts';
import { KEY_PURPOSES, type KeyPurpose } from '../../../shared/domain/verdict.ts';
import { Button } from '../../components/button.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { ConfirmEntries } from './confirm-entries.tsx';
import styles from './keys.module.css';
import { TrustFileChoice } from './trust-file-choice.tsx';
import { isBadHex, type TypedKey, typedEntry } from './typed-key.ts';
import { useOffer } from './use-offer.ts';
import { words } from './words.ts';

interface AddKeyDialogProps {
  readonly tenant: string;
  readonly opened: boolean;
  readonly purpose?: KeyPurpose | undefined;
  /** The entry in whose place the new key comes. */
  readonly replaces?: StoredTrust | undefined;
  readonly onClose: () => void;
}

/** A new key: typed in or from a trust file, then compared, and only then pinned. */
export function AddKeyDialog({ tenant, opened, purpose = 'gate', replaces, onClose }: AddKeyDialogProps) {
  const title = replaces === undefined ? words.add.title : words.add.replaceTitle(replaces.entry.name);
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={560} yOffset={48}>
      <Steps tenant={tenant} purpose={purpose} replaces={replaces} onClose={onClose} />
    </Modal>
  );
}

function Steps({ tenant, purpose = 'gate', replaces, onClose }: Omit<AddKeyDialogProps, 'opened'>) {
  const [how, setHow] = useState<'typed' | 'file'>('typed');
  const offer = useOffer(tenant);
  const { offered } = offer;
  if (offered !== null && offered.waiting.length > 0) {
    return (
      <>
        {offered.known > 0 && <p className={styles.quiet}>{words.add.known(offered.known)}</p>}
        <ConfirmEntries
          tenant={tenant}
          waiting={replaces === undefined ? offered.waiting : offered.waiting.slice(0, 1)}
          replaces={replaces?.entry_id}
          onDone={onClose}
          onLater={onClose}
        />
      </>
    );
  }
  return (
    <div className={styles.form}>
      {replaces === undefined && (
        <SegmentedControl
          aria-label={words.add.title}
          value={how}
          onChange={(next) => setHow(next === 'file' ? 'file' : 'typed')}
          data={[
            { value: 'typed', label: words.add.typed },
            { value: 'file', label: words.add.file },
          ]}
        />
      )}
      {offered !== null && <p role="status">{words.add.allKnown}</p>}
      {how === 'file' ? (
        <TrustFileChoice tenant={tenant} offer={offer} />
      ) : (
        <TypeKey
          first={{ purpose: keyPurpose(replaces) ?? purpose, name: '', hex: '', from: '', until: '' }}
          fixed={replaces !== undefined}
          offer={offer}
          onClose={onClose}
        />
      )}
    </div>
  );
}

function keyPurpose(stored: StoredTrust | undefined): KeyPurpose | null {
  return stored === undefined || stored.entry.purpose === 'pcrs' ? null : stored.entry.purpose;
}

interface TypeKeyProps {
  readonly first: TypedKey;
  /** The purpose is given: a key is replaced by one of its own purpose. */
  readonly fixed: boolean;
  readonly offer: ReturnType<typeof useOffer>;
  readonly onClose: () => void;
}

function TypeKey({ first, fixed, offer, onClose }: TypeKeyProps) {
  const [typed, setTyped] = useState(first);
  const change = (part: Partial<TypedKey>): void => setTyped({ ...typed, ...part });
  const entry = typedEntry(typed);
  const next = (): void => {
    if (entry !== null) void offer.offer('typed', [entry]).catch(() => undefined);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        next();
      }}
    >
      <NativeSelect
        label={words.add.purpose}
        value={typed.purpose}
        disabled={fixed}
        data={KEY_PURPOSES.map((value) => ({ value, label: words.add.purposes[value] }))}
        onChange={({ target }) => change({ purpose: target.value as KeyPurpose })}
      />
      <TextInput
        label={words.add.name}
        description={words.add.nameNote}
        value={typed.name}
        maxLength={200}
        data-autofocus
        onChange={({ target }) => change({ name: target.value })}
      />
      <TextInput
        label={words.add.hex}
        description={words.add.hexNote}
        classNames={{ input: styles.mono ?? '' }}
        value={typed.hex}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        error={isBadHex(typed.hex) ? words.add.hexBad : null}
        onChange={({ target }) => change({ hex: target.value })}
      />
      <div className={styles.pair}>
        <Day label={words.add.from} value={typed.from} onChange={(from) => change({ from })} />
        <Day label={words.add.until} value={typed.until} onChange={(until) => change({ until })} />
      </div>
      {offer.error !== null && (
        <p className={styles.bad} role="alert">
          {errorFacts(offer.error).message}
        </p>
      )}
      <div className={styles.buttons}>
        <Button onClick={onClose}>{words.cancel}</Button>
        <Button look="accent" type="submit" disabled={entry === null || offer.busy}>
          {words.add.next}
        </Button>
      </div>
    </form>
  );
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <TextInput
      type="date"
      label={label}
      description={words.add.dayNote}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
