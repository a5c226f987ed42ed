import { NumberInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { TenantSettings } from '../../../shared/contract/settings.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Loading } from '../../components/loading.tsx';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { useTenantSettings } from '../../queries/tenant-settings.ts';
import { KEEPING_WORDS } from './keeping-words.ts';
import { LegalHolds } from './legal-holds.tsx';
import { RetentionDue } from './retention-due.tsx';
import styles from './settings.module.css';
import { SETTINGS_WORDS } from './words.ts';

const WORDS = KEEPING_WORDS.rules;
const A_CENTURY = 36_500;

/** What a tenant keeps how long, what its rules would remove, and what the law holds. */
export function RetentionSettings({ tenant }: { tenant: string }) {
  const settings = useTenantSettings(tenant);
  if (settings === undefined) return <Loading />;
  const { evidence_days, fields_days } = settings;
  return (
    <>
      <Rules key={`${evidence_days} ${fields_days}`} tenant={tenant} saved={settings} />
      <RetentionDue tenant={tenant} rules={{ evidence_days, fields_days }} />
      <LegalHolds tenant={tenant} />
    </>
  );
}

function Rules({ tenant, saved }: { tenant: string; saved: TenantSettings }) {
  const { q } = useDesk();
  const acting = useActing();
  const [evidence_days, setEvidence] = useState(saved.evidence_days);
  const [fields_days, setFields] = useState(saved.fields_days);
  const save = useMutation(q.settings.set.mutationOptions());
  const isSame = evidence_days === saved.evidence_days && fields_days === saved.fields_days;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ ...acting(), tenant, settings: { ...saved, evidence_days, fields_days } });
      }}
    >
      <h2>
        {WORDS.title}: <AgentLine text={tenant} />
      </h2>
      <p>{WORDS.note}</p>
      <Days label={WORDS.evidence} value={evidence_days} onChange={setEvidence} />
      <Days label={WORDS.fields} value={fields_days} onChange={setFields} />
      <p className={styles.quiet}>{WORDS.stays}</p>
      <p className={styles.quiet}>{WORDS.copies}</p>
      {save.error !== null && <ErrorState error={save.error} />}
      <div className={styles.line}>
        <Button look="accent" type="submit" disabled={isSame || save.isPending}>
          {SETTINGS_WORDS.save}
        </Button>
      </div>
    </form>
  );
}

interface DaysProps {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (days: number | null) => void;
}

function Days({ label, value, onChange }: DaysProps) {
  return (
    <NumberInput
      label={label}
      value={value ?? ''}
      min={1}
      max={A_CENTURY}
      allowDecimal={false}
      onChange={(next) => onChange(typeof next === 'number' ? next : null)}
    />
  );
}
