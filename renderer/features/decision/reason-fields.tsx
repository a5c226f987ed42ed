import { Select, Textarea } from '@mantine/core';
import styles from './decision.module.css';
import { type FormFacts, overrides, REASON_MAX, reasonLength, reasonMinimum } from './form-rules.ts';
import type { DecisionFlow } from './use-decision.ts';
import { words } from './words.ts';

/** A reason code of the tenant's list, with its label. */
export interface CodeChoice {
  readonly code: string;
  readonly label: string;
}

interface ReasonFieldsProps {
  readonly flow: DecisionFlow;
  readonly facts: FormFacts;
  readonly codes: readonly CodeChoice[];
}

/** Reason code and reason: both required, save for an expiry, where the fact is reason enough. */
export function ReasonFields({ flow, facts, codes }: ReasonFieldsProps) {
  const { form, edit } = flow;
  const length = reasonLength(form.reason);
  const required = form.outcome === 'expired' ? {} : { 'data-required': true };
  return (
    <>
      <Select
        label={<Label text={words.code} note={codeNote(flow, facts)} />}
        placeholder={words.codeChoose}
        data={codes.map(({ code, label }) => ({ value: code, label: label === '' ? code : `${code}  ${label}` }))}
        value={form.reasonCode === '' ? null : form.reasonCode}
        onChange={(code) => edit({ type: 'edit', fields: { reasonCode: code ?? '' } })}
        comboboxProps={{ withinPortal: false }}
        data-field="code"
        {...required}
      />
      <Textarea
        label={<Label text={words.reason} note={reasonNote(flow, facts)} />}
        value={form.reason}
        onChange={(event) => edit({ type: 'edit', fields: { reason: event.currentTarget.value } })}
        autosize
        minRows={3}
        maxRows={12}
        data-field="reason"
        {...required}
      />
      {length > 0 && (
        <p className={styles.count} data-over={length > REASON_MAX}>
          {words.reasonCount(length, REASON_MAX)}
        </p>
      )}
    </>
  );
}

function codeNote({ form }: DecisionFlow, facts: FormFacts): string {
  if (form.outcome === 'expired') return words.codeNoteOptional;
  return overrides(form, facts) ? words.codeNoteOverride : words.codeNote;
}

function reasonNote({ form }: DecisionFlow, facts: FormFacts): string {
  if (form.outcome === 'expired') return words.reasonNoteOptional;
  const least = reasonMinimum(form, facts);
  return overrides(form, facts) ? words.reasonNoteOverride(least) : words.reasonNote(least, REASON_MAX);
}

export function Label({ text, note }: { text: string; note: string }) {
  return (
    <>
      {text} <span className={styles.labelNote}>{note}</span>
    </>
  );
}
