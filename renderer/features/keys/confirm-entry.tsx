import { Checkbox, TextInput } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { StoredTrust } from '../../../shared/contract/keys.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { confirmationOf, judgeTyped, type Said } from './confirmations.ts';
import { FingerprintInFull } from './fingerprint-in-full.tsx';
import styles from './keys.module.css';
import { pcrValues, validWords } from './trust-rows.ts';
import { words } from './words.ts';

interface ConfirmEntryProps {
  readonly stored: Pick<StoredTrust, 'entry' | 'fingerprint'>;
  /** In a dialog that opens with it. */
  readonly autoFocus?: boolean;
  readonly said: Said;
  readonly onSay: (said: Said) => void;
}

/** One key or baseline with its whole fingerprint, and the two ways to say that it was compared. */
export function ConfirmEntry({ stored, autoFocus = false, said, onSay }: ConfirmEntryProps) {
  const { entry, fingerprint } = stored;
  const titleId = useId();
  const baseline = entry.purpose === 'pcrs';
  const typed = judgeTyped(fingerprint, said.typed);
  return (
    <section
      className={styles.entry}
      aria-labelledby={titleId}
      data-confirmed={confirmationOf(fingerprint, said) === null ? undefined : true}
    >
      <h2 id={titleId} className={styles.entryTitle}>
        <code>{entry.purpose}</code>
        <AgentLine text={entry.name} className={styles.plain} />
        <span className={styles.quiet}>{validWords(entry)}</span>
      </h2>
      {baseline && <Values aid={entry.aid} pcrs={entry.pcrs} />}
      <FingerprintInFull value={fingerprint} baseline={baseline} />
      <TextInput
        label={words.confirm.typed}
        description={words.confirm.typedNote}
        classNames={{ input: styles.mono ?? '' }}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={500}
        data-autofocus={autoFocus || undefined}
        value={said.typed}
        error={typed === 'wrong' ? words.confirm.typedWrong : null}
        onChange={({ target }) => onSay({ ...said, typed: target.value })}
      />
      <p className={typed === 'right' ? styles.right : 'visually-hidden'} role="status">
        {typed === 'right' ? words.confirm.typedRight : ''}
      </p>
      <Checkbox
        label={baseline ? words.confirm.comparedValues : words.confirm.compared}
        checked={said.compared}
        onChange={({ target }) => onSay({ ...said, compared: target.checked })}
      />
    </section>
  );
}

/** A baseline's aid and registers, whole: what is compared is what will be expected. */
export function Values({ aid, pcrs }: { aid: string; pcrs: Readonly<Record<string, string>> }) {
  const fact = (name: string, value: ReactNode) => (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
  return (
    <dl className={styles.valuesWhole}>
      {fact(words.baselines.aid, <AgentLine text={aid} className="mono" />)}
      {pcrValues(pcrs).map(([index, value]) => (
        <Register key={index} name={words.baselines.pcr(index)} value={value} />
      ))}
    </dl>
  );
}

function Register({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <code translate="no">{value}</code>
      </dd>
    </>
  );
}
