import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { StoredTrust } from '../../../shared/contract/keys.ts';
import type { TrustEntry } from '../../../shared/domain/trust.ts';
import { Button } from '../../components/button.tsx';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { ConfirmEntry } from './confirm-entry.tsx';
import { confirmationOf, type Said, UNSAID } from './confirmations.ts';
import styles from './keys.module.css';
import { words } from './words.ts';

interface ConfirmEntriesProps {
  readonly tenant: string;
  /** What was offered and waits. */
  readonly waiting: readonly StoredTrust[];
  /** The entry in whose place the one that waits is pinned. */
  readonly replaces?: string | undefined;
  readonly onDone: () => void;
  readonly onLater: () => void;
}

/** It comes in the place of what was shown before, whose control had the focus. */
const takeFocus = (form: HTMLFormElement | null): void => form?.querySelector('input')?.focus();

/** Asks of each entry how its fingerprint was compared, and pins those that were; the others go on waiting. */
export function ConfirmEntries({ tenant, waiting, replaces, onDone, onLater }: ConfirmEntriesProps) {
  const [said, setSaid] = useState<{ readonly [entryId: string]: Said }>({});
  const pin = usePin(tenant, replaces, onDone);
  const pins = waiting.flatMap(({ entry_id, entry, fingerprint, source }) => {
    const confirmation = confirmationOf(fingerprint, said[entry_id] ?? UNSAID);
    return confirmation === null ? [] : [{ entry, source, confirmation }];
  });
  const rest = waiting.length - pins.length;
  return (
    <form
      ref={takeFocus}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (pins.length > 0) pin.go(pins);
      }}
    >
      <p className={styles.quiet}>{words.confirm.note}</p>
      {waiting.map((stored, at) => (
        <ConfirmEntry
          key={stored.entry_id}
          stored={stored}
          autoFocus={at === 0}
          said={said[stored.entry_id] ?? UNSAID}
          onSay={(one) => setSaid({ ...said, [stored.entry_id]: one })}
        />
      ))}
      {pin.error !== null && (
        <p className={styles.bad} role="alert">
          {errorFacts(pin.error).message}
        </p>
      )}
      <div className={styles.buttons}>
        <p className={styles.quiet} role="status">
          {pins.length === 0 ? words.confirm.off : rest > 0 && words.confirm.rest(rest)}
        </p>
        <Button onClick={onLater}>{words.confirm.later}</Button>
        <Button look="accent" type="submit" disabled={pins.length === 0 || pin.busy}>
          {words.confirm.pin(pins.length)}
        </Button>
      </div>
    </form>
  );
}

interface Pin {
  readonly entry: TrustEntry;
  readonly source: string;
  readonly confirmation: NonNullable<ReturnType<typeof confirmationOf>>;
}

/** Pins what was confirmed, one call for each source; with `replaces` the one entry takes the other's place. */
function usePin(tenant: string, replaces: string | undefined, onDone: () => void) {
  const { q } = useDesk();
  const acting = useActing();
  const pinning = useMutation(q.keys.pin.mutationOptions());
  const replacing = useMutation(q.keys.replace.mutationOptions());
  const all = useMutation({
    mutationFn: async (pins: readonly Pin[]) => {
      const [first] = pins;
      if (replaces !== undefined && first !== undefined) {
        await replacing.mutateAsync({ ...acting(), tenant, entry_id: replaces, ...first });
        return;
      }
      for (const source of new Set(pins.map((one) => one.source))) {
        const entries = pins.filter((one) => one.source === source);
        const confirmed = entries.map(({ entry, confirmation }) => ({ entry, confirmation }));
        await pinning.mutateAsync({ ...acting(), tenant, source, entries: confirmed });
      }
    },
    onSuccess: onDone,
  });
  return { go: all.mutate, busy: all.isPending, error: all.error };
}
