import { Select, Textarea } from '@mantine/core';
import styles from './decision.module.css';
import { type FormFacts, leastReason, REASON_MAX, reasonLength } from './form-rules.ts';
import { overridden } from './overrides.ts';
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

/**
 * Reason code and reason: both required, save for an expiry, where the fact is reason enough. With an override only the
 * codes that can explain one are offered, and the reason has to be longer.
 */
export function ReasonFields({ flow, facts, codes }: ReasonFieldsProps) {
  const { form, edit } = flow;
  const length = reasonLength(form.reason);
  const expiry = form.outcome === 'expired';
  const overrides = overridden(form, facts).length > 0;
  const offered = overrides ? codes.filter(({ code }) => facts.overrideCodes.includes(code)) : codes;
  const least = leastReason(form, facts);
  const required = expiry ? {} : { 'data-required': true };
  return (
    <>
      <Select
        label={<Label text={words.code} note={codeNote(expiry, overrides)} />}
        placeholder={words.codeChoose}
        data={offered.map(({ code, label }) => ({ value: code, label: label === '' ? code : `${code}  ${label}` }))}
        value={offered.some(({ code }) => code === form.reasonCode) ? form.reasonCode : null}
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
            note={
              expiry
                ? words.reasonNoteOptional
                : overrides
                  ? words.reasonNoteOverride(least)
                  : words.reasonNote(least, REASON_MAX)
            }
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

function codeNote(expiry: boolean, overrides: boolean): string {
  if (expiry) return words.codeNoteOptional;
  return overrides ? words.codeNoteOverride : words.codeNote;
}

export function Label({ text, note }: { text: string; note: string }) {
  return (
    <>
      {text} <span className={styles.labelNote}>{note}</span>
    </>
  );
}
