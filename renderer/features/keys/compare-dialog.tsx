import { Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { KeysOverview, StoredTrust } from '../../../shared/contract/keys.ts';
import type { TrustEntry } from '../../../shared/domain/trust.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { Fingerprint } from '../../components/fingerprint.tsx';
import { Hash } from '../../components/hash.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { compareTrust, subjectOf } from './compare.ts';
import { ConfirmEntries } from './confirm-entries.tsx';
import styles from './keys.module.css';
import { validWords } from './trust-rows.ts';
import { useOffer, useReadTrustFile } from './use-offer.ts';
import { words } from './words.ts';

interface CompareDialogProps {
  readonly tenant: string;
  readonly overview: KeysOverview;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** A trust file beside what the tenant trusts: the same, new, missing. What is new can be confirmed from here. */
export function CompareDialog({ tenant, overview, opened, onClose }: CompareDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.compare.title} size={620} yOffset={48}>
      <Compared tenant={tenant} overview={overview} onClose={onClose} />
    </Modal>
  );
}

function Compared({ tenant, overview, onClose }: Omit<CompareDialogProps, 'opened'>) {
  const file = useReadTrustFile(tenant);
  const offer = useOffer(tenant);
  const [read, setRead] = useState<{ name: string; entries: readonly TrustEntry[] } | null>(null);
  const choose = async (): Promise<void> => {
    const found = await file.choose();
    if (found !== null) setRead(found);
  };
  if (offer.offered !== null && offer.offered.waiting.length > 0) {
    return <ConfirmEntries tenant={tenant} waiting={offer.offered.waiting} onDone={onClose} onLater={onClose} />;
  }
  const error = file.error ?? offer.error;
  return (
    <div className={styles.form}>
      <p className={styles.quiet}>{words.compare.note}</p>
      {read !== null && (
        <Lists
          name={read.name}
          entries={read.entries}
          overview={overview}
          onOffer={(fresh) => void offer.offer(read.name, fresh).catch(() => undefined)}
        />
      )}
      {error !== null && (
        <p className={styles.bad} role="alert">
          {errorFacts(error).message}
        </p>
      )}
      <div className={styles.buttons}>
        <Button onClick={onClose}>{words.close}</Button>
        <Button
          look="strong"
          disabled={file.busy}
          onClick={() => void choose().catch(() => undefined)}
          data-autofocus={read === null || undefined}
        >
          {read === null ? words.compare.choose : words.compare.again}
        </Button>
      </div>
    </div>
  );
}

interface ListsProps {
  readonly name: string;
  readonly entries: readonly TrustEntry[];
  readonly overview: KeysOverview;
  readonly onOffer: (fresh: readonly TrustEntry[]) => void;
}

function Lists({ name, entries, overview, onOffer }: ListsProps) {
  const { same, differs, fresh, missing } = compareTrust(entries, overview.trust);
  const stored = ({ entry_id, entry, fingerprint }: StoredTrust) => (
    <Line key={entry_id} entry={entry} mark={<Fingerprint value={fingerprint} />} />
  );
  return (
    <div className={styles.lists}>
      <AgentLine text={name} className="mono" />
      <Group title={words.compare.fresh(fresh.length)}>
        {fresh.map((entry) => (
          <Line key={`${subjectOf(entry)} ${entry.name}`} entry={entry} mark={<Hash value={keyOf(entry)} short />} />
        ))}
      </Group>
      {fresh.length > 0 && (
        <Button look="strong" height="small" onClick={() => onOffer(fresh)}>
          {words.compare.offer(fresh.length)}
        </Button>
      )}
      <Group title={words.compare.differs(differs.length)}>
        {differs.map(({ entry, stored: { fingerprint } }) => (
          <Line key={`${subjectOf(entry)} ${entry.name}`} entry={entry} mark={<Fingerprint value={fingerprint} />} />
        ))}
      </Group>
      <Group title={words.compare.missing(missing.length)}>{missing.map(stored)}</Group>
      <Group title={words.compare.same(same.length)}>{same.map(stored)}</Group>
    </div>
  );
}

function keyOf(entry: TrustEntry): string {
  return entry.purpose === 'pcrs' ? entry.aid : entry.public_hex;
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h3>{title}</h3>
      <ul>{children}</ul>
    </>
  );
}

function Line({ entry, mark }: { entry: TrustEntry; mark: ReactNode }) {
  return (
    <li>
      <code>{entry.purpose}</code>
      <AgentLine text={entry.name} className={styles.plain} />
      {mark}
      <span className={styles.quiet}>{validWords(entry)}</span>
    </li>
  );
}
