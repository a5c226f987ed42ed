import { Select, Textarea } from '@mantine/core';
import styles from './decision.module.css';
import { REASON_MAX, REASON_MIN, reasonLength } from './form-rules.ts';
import type { DecisionFlow } from './use-decision.ts';
import { words } from './words.ts';

/** A reason code of the tenant's list, with its label. */
export interface CodeChoice {
  readonly code: string;
  readonly label: string;
}

interface ReasonFieldsProps {
  readonly flow: DecisionFlow;
  readonly codes: readonly CodeChoice[];
}

/** Reason code and reason: both required, save for an expiry, where the fact is reason enough. */
export function ReasonFields({ flow, codes }: ReasonFieldsProps) {
  const { form, edit } = flow;
  const length = reasonLength(form.reason);
  const expiry = form.outcome === 'expired';
  const required = expiry ? {} : { 'data-required': true };
  return (
    <>
      <Select
        label={<Label text={words.code} note={expiry ? words.codeNoteOptional : words.codeNote} />}
        placeholder={words.codeChoose}
        data={codes.map(({ code, label }) => ({ value: code, label: label === '' ? code : `${code}  ${label}` }))}
        value={form.reasonCode === '' ? null : form.reasonCode}
        onChange={(code) => edit({ type: 'edit', fields: { reasonCode: code ?? '' } })}
        comboboxProps={{ withinPortal: false }}
        maxDropdownHeight={320}
        data-field="code"
        {...required}
      />
      <Textarea
        label={
          <Label
            text={words.reason}
            note={expiry ? words.reasonNoteOptional : words.reasonNote(REASON_MIN, REASON_MAX)}
          />
        }
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

export function Label({ text, note }: { text: string; note: string }) {
  return (
    <>
      {text} <span className={styles.labelNote}>{note}</span>
    </>
  );
}
