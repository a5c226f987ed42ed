import {
  IconArrowBackUp,
  IconCircleCheck,
  IconCircleX,
  IconHourglassEmpty,
  type TablerIcon,
} from '@tabler/icons-react';
import styles from './decision.module.css';
import type { FormAction, FormOutcome, FormState } from './form.ts';
import { words } from './words.ts';

const GLYPHS: { readonly [outcome in FormOutcome]: TablerIcon } = {
  approved: IconCircleCheck,
  rejected: IconCircleX,
  withdrawn: IconArrowBackUp,
  expired: IconHourglassEmpty,
};

interface OutcomeChoiceProps {
  readonly form: FormState;
  readonly past: boolean;
  readonly onChange: (action: FormAction) => void;
}

/** Which way the decision goes; `Record as expired` only past the deadline. */
export function OutcomeChoice({ form, past, onChange }: OutcomeChoiceProps) {
  const outcomes: FormOutcome[] = ['approved', 'rejected', 'withdrawn', ...(past ? (['expired'] as const) : [])];
  return (
    <fieldset className={styles.outcomes}>
      <legend className="visually-hidden">{words.chooseOutcome}</legend>
      {outcomes.map((outcome) => {
        const Glyph = GLYPHS[outcome];
        return (
          <label key={outcome} data-outcome={outcome}>
            <input
              type="radio"
              name="outcome"
              checked={form.outcome === outcome}
              onChange={() => onChange({ type: 'outcome', outcome })}
            />
            <Glyph size={15} aria-hidden="true" className={styles.glyph} />
            {outcome === 'expired' ? words.done.expired : words.verb[outcome]}
          </label>
        );
      })}
    </fieldset>
  );
}
