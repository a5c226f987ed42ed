import { Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LegalHold } from '../../../shared/contract/retention.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { instantWords } from '../../components/time.ts';
import { useDesk } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import { useAttempt } from '../decision/use-attempt.ts';
import { KEEPING_WORDS } from './keeping-words.ts';
import styles from './settings.module.css';

const WORDS = KEEPING_WORDS.holds;

/** Legal holds in force, each with who set it and why; setting and lifting one is an event of the log. */
export function LegalHolds({ tenant }: { tenant: string }) {
  const { q } = useDesk();
  const { data } = useQuery(q.retention.holds.queryOptions({ input: { tenant } }));
  const [lifting, setLifting] = useState<string | null>(null);
  const holds = data?.holds ?? [];
  return (
    <section className={styles.form} aria-labelledby="holds-title">
      <h2 id="holds-title">{WORDS.title}</h2>
      {holds.length === 0 && <p>{WORDS.none}</p>}
      <ul className={styles.list}>
        {holds.map((hold) => (
          <li key={hold.hold_id} className={styles.hold}>
            <Hold hold={hold} />
            {lifting === hold.hold_id ? (
              <Lift tenant={tenant} holdId={hold.hold_id} onClose={() => setLifting(null)} />
            ) : (
              <Button height="small" onClick={() => setLifting(hold.hold_id)}>
                {WORDS.lift}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <SetHold tenant={tenant} />
    </section>
  );
}

function Hold({ hold: { escalation, by, set_at, reason } }: { hold: LegalHold }) {
  const now = useDeskNow('minute');
  return (
    <p>
      {escalation === null ? <strong>{WORDS.whole}</strong> : <AgentLine text={escalation.id} className="mono" />}{' '}
      <span className={styles.quiet}>
        <AgentLine text={WORDS.by(by ?? WORDS.removed, instantWords(set_at, now))} className={styles.sans} />
      </span>
      <br />
      <AgentLine text={reason ?? WORDS.removed} className={styles.sans} />
    </p>
  );
}

function Lift({ tenant, holdId, onClose }: { tenant: string; holdId: string; onClose: () => void }) {
  const { q } = useDesk();
  const attempt = useAttempt();
  const lift = useMutation(q.retention.lift.mutationOptions());
  const [reason, setReason] = useState('');
  const given = reason.trim().toWellFormed();
  const send = (submitted: React.FormEvent): void => {
    submitted.preventDefault();
    const input = { tenant, hold_id: holdId, reason: given };
    lift.mutate(
      { ...attempt.actingFor(input), ...input },
      { onSuccess: onClose, onSettled: (_, error) => attempt.settle(error) },
    );
  };
  return (
    <form className={styles.form} onSubmit={send}>
      <Reason label={WORDS.why} value={reason} onChange={setReason} />
      {lift.error !== null && <ErrorState error={lift.error} />}
      <div className={styles.line}>
        <Button onClick={onClose}>{WORDS.cancel}</Button>
        <Button look="strong" type="submit" disabled={given === '' || lift.isPending}>
          {WORDS.liftGo}
        </Button>
      </div>
    </form>
  );
}

function SetHold({ tenant }: { tenant: string }) {
  const { q } = useDesk();
  const attempt = useAttempt();
  const hold = useMutation(q.retention.hold.mutationOptions());
  const [id, setId] = useState('');
  const [reason, setReason] = useState('');
  const given = reason.trim().toWellFormed();
  const send = (submitted: React.FormEvent): void => {
    submitted.preventDefault();
    const about = id === '' ? {} : { escalation: { id: id.toWellFormed() } };
    const input = { tenant, reason: given, ...about };
    const clear = (): void => {
      setId('');
      setReason('');
    };
    hold.mutate(
      { ...attempt.actingFor(input), ...input },
      { onSuccess: clear, onSettled: (_, error) => attempt.settle(error) },
    );
  };
  return (
    <form className={styles.form} onSubmit={send}>
      <h3>{WORDS.set}</h3>
      <TextInput label={WORDS.id} value={id} maxLength={512} onChange={({ target }) => setId(target.value)} />
      <Reason label={WORDS.reason} value={reason} onChange={setReason} />
      {hold.error !== null && <ErrorState error={hold.error} />}
      <div className={styles.line}>
        <Button look="strong" type="submit" disabled={given === '' || hold.isPending}>
          {WORDS.go}
        </Button>
      </div>
    </form>
  );
}

function Reason({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) {
  return (
    <Textarea
      label={label}
      value={value}
      maxLength={2000}
      autosize
      minRows={2}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
