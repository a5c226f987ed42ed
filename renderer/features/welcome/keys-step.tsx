import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { TrustEntry, TrustedKey } from '../../../shared/domain/trust.ts';
import { Button } from '../../components/button.tsx';
import { useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { ConfirmEntry } from '../keys/confirm-entry.tsx';
import { confirmationOf, type Said, UNSAID } from '../keys/confirmations.ts';
import { fingerprintOf } from '../keys/fingerprint-of.ts';
import { keepPins } from '../keys/pending-pins.ts';
import styles from './welcome.module.css';
import { WELCOME_WORDS } from './words.ts';

const WORDS = WELCOME_WORDS.keys;

interface ReadKey {
  /** Tells it from the file's others: one key may serve two purposes. */
  readonly id: string;
  readonly entry: TrustedKey;
  readonly fingerprint: string;
}
interface ReadFile {
  readonly name: string;
  readonly keys: readonly ReadKey[];
  /** Baselines: they are compared later, in the settings. */
  readonly others: readonly TrustEntry[];
}

/** The one thing asked for first; stable, so that it acts when the field appears and never again. */
const takeFocus = (field: HTMLInputElement | null): void => field?.focus();

/** Which keys judge the evidence: compared now, before the first escalation, and pinned with it. */
export function KeysStep({ onDone }: { onDone: () => void }) {
  const [tenant, setTenant] = useState('');
  const [said, setSaid] = useState<{ readonly [id: string]: Said }>({});
  const file = useTrustFile();
  const keys = file.read?.keys ?? [];
  const confirmed = keys.flatMap(({ id, entry, fingerprint }) => {
    const confirmation = confirmationOf(fingerprint, said[id] ?? UNSAID);
    return confirmation === null ? [] : [{ entry, confirmation }];
  });
  const name = tenant.trim();
  const ready = file.read !== null && confirmed.length > 0 && name !== '';
  const done = (): void => {
    if (!ready || file.read === null) return;
    const rest = keys.filter(({ entry }) => !confirmed.some((one) => one.entry === entry)).map(({ entry }) => entry);
    keepPins({ tenant: name, source: file.read.name, pins: confirmed, offers: [...rest, ...file.read.others] });
    onDone();
  };
  return (
    <form
      className={styles.column}
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
    >
      <h1>{WORDS.title}</h1>
      <p>{WORDS.text}</p>
      <TextInput
        label={WORDS.tenant}
        description={WORDS.tenantNote}
        value={tenant}
        maxLength={512}
        ref={takeFocus}
        onChange={({ target }) => setTenant(target.value)}
      />
      <div className={styles.row}>
        <Button look="strong" onClick={file.choose} disabled={file.busy}>
          {file.busy ? WORDS.reading : WORDS.choose}
        </Button>
        <span className={styles.quiet}>{file.read === null ? WORDS.chooseNote : WORDS.compare}</span>
      </div>
      {file.error !== null && (
        <p className={styles.bad} role="alert">
          {errorFacts(file.error).message}
        </p>
      )}
      {keys.map((key) => (
        <ConfirmEntry
          key={key.id}
          stored={key}
          said={said[key.id] ?? UNSAID}
          onSay={(one) => setSaid({ ...said, [key.id]: one })}
        />
      ))}
      {file.read !== null && file.read.others.length > 0 && (
        <p className={styles.quiet}>{WORDS.baselines(file.read.others.length)}</p>
      )}
      <Foot ready={ready} lacksTenant={confirmed.length > 0 && name === ''} n={confirmed.length} onSkip={onDone} />
    </form>
  );
}

interface FootProps {
  readonly ready: boolean;
  readonly lacksTenant: boolean;
  readonly n: number;
  readonly onSkip: () => void;
}

function Foot({ ready, lacksTenant, n, onSkip }: FootProps) {
  return (
    <div className={styles.foot}>
      <Button look="accent" type="submit" disabled={!ready}>
        {WORDS.next(n)}
      </Button>
      <span className={styles.quiet} role="status">
        {lacksTenant && WORDS.lacksTenant}
      </span>
      <span className={styles.skip}>
        <Button look="link" onClick={onSkip}>
          {WORDS.skip}
        </Button>
        <span className={styles.quiet}>{WORDS.skipNote}</span>
      </span>
    </div>
  );
}

/** Has the desk read a trust file; nothing of it is kept there. */
function useTrustFile() {
  const { api, transport } = useDesk();
  const [read, setRead] = useState<ReadFile | null>(null);
  const reading = useMutation({
    mutationFn: async () => {
      const [file] = await transport.pickFiles();
      // A file is read the same for every tenant, and there is none yet.
      return file === undefined ? null : api.keys.read_file({ tenant: '-', staged: file.staged });
    },
    onSuccess: async (found) => {
      if (found === null) return;
      const keys = found.entries.filter((entry) => entry.purpose !== 'pcrs');
      const withPrints = keys.map(async (entry, at) => ({
        id: String(at),
        entry,
        fingerprint: await fingerprintOf(entry),
      }));
      const others = found.entries.filter((entry) => entry.purpose === 'pcrs');
      setRead({ name: found.name, keys: await Promise.all(withPrints), others });
    },
  });
  return { read, choose: () => reading.mutate(), busy: reading.isPending, error: reading.error };
}
