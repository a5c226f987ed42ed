import { Checkbox, NumberInput, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { TenantSettings } from '../../../shared/contract/settings.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Loading } from '../../components/loading.tsx';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { useTenantSettings } from '../../queries/tenant-settings.ts';
import { codesText, readCodes } from './reason-codes.ts';
import styles from './settings.module.css';
import { WaivedChecks } from './waived-checks.tsx';
import { SETTINGS_WORDS } from './words.ts';

const WORDS = SETTINGS_WORDS.tenant;

/** A tenant's deadlines, reasons, text findings and waived checks; saving is an event of its ledger. */
export function TenantForm({ tenant }: { tenant: string }) {
  const settings = useTenantSettings(tenant);
  return settings === undefined ? <Loading /> : <Form tenant={tenant} saved={settings} />;
}

function Form({ tenant, saved }: { tenant: string; saved: TenantSettings }) {
  const { q } = useDesk();
  const acting = useActing();
  const [draft, setDraft] = useState(saved);
  const [codes, setCodes] = useState(codesText(saved.reason_codes));
  const save = useMutation(q.settings.set.mutationOptions());
  const read = readCodes(codes);
  const change = (part: Partial<TenantSettings>): void => setDraft({ ...draft, ...part });
  // What is kept how long is set elsewhere, perhaps since this form was opened.
  const { evidence_days, fields_days } = saved;
  const submit = (): void => {
    if (!read.ok) return;
    const settings = { ...draft, reason_codes: read.codes, evidence_days, fields_days };
    save.mutate({ ...acting(), tenant, settings });
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2>
        {WORDS.title}: <AgentLine text={tenant} />
      </h2>
      <Checkbox
        label={WORDS.auto}
        description={WORDS.autoHint}
        checked={draft.auto_expire}
        onChange={({ target }) => change({ auto_expire: target.checked })}
      />
      <Minutes label={WORDS.sla} value={draft.sla_minutes} onChange={(sla_minutes) => change({ sla_minutes })} />
      <Minutes
        label={WORDS.warn}
        value={draft.warn_minutes}
        onChange={(n) => n !== null && change({ warn_minutes: n })}
      />
      <Minutes label={WORDS.bad} value={draft.bad_minutes} onChange={(n) => n !== null && change({ bad_minutes: n })} />
      <Textarea
        label={WORDS.codes}
        description={WORDS.codesHint}
        value={codes}
        error={read.ok ? null : WORDS.badCode(read.line)}
        onChange={({ target }) => setCodes(target.value)}
        autosize
        minRows={3}
        maxRows={12}
      />
      <Finding
        label={WORDS.imitates}
        code="IMITATES_APP"
        off={draft.findings_off}
        onChange={(findings_off) => change({ findings_off })}
      />
      <Finding
        label={WORDS.speaks}
        code="SPEAKS_TO_A_MODEL"
        off={draft.findings_off}
        onChange={(findings_off) => change({ findings_off })}
      />
      <WaivedChecks waived={draft.waived_checks} onChange={(waived_checks) => change({ waived_checks })} />
      {save.error !== null && <ErrorState error={save.error} />}
      <div className={styles.line}>
        <Button look="accent" type="submit" disabled={!read.ok || save.isPending}>
          {SETTINGS_WORDS.save}
        </Button>
        {save.isSuccess && <p role="status">{SETTINGS_WORDS.saved}</p>}
      </div>
    </form>
  );
}

function Minutes({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number | null;
  onChange: (n: number | null) => void;
}) {
  return (
    <NumberInput
      label={label}
      value={value ?? ''}
      min={1}
      max={525_600}
      allowDecimal={false}
      onChange={(next) => onChange(typeof next === 'number' ? next : null)}
    />
  );
}

type Code = TenantSettings['findings_off'][number];

interface FindingProps {
  readonly label: string;
  readonly code: Code;
  readonly off: readonly Code[];
  readonly onChange: (off: Code[]) => void;
}

function Finding({ label, code, off, onChange }: FindingProps) {
  const others = off.filter((other) => other !== code);
  return (
    <Checkbox
      label={label}
      checked={!off.includes(code)}
      onChange={({ target }) => onChange(target.checked ? others : [...others, code])}
    />
  );
}
