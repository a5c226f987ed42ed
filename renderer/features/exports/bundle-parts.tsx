import { Checkbox } from '@mantine/core';
import { type ExportChoice, hasEvidence, type LeftOut, namedInEvidence } from './export-query.ts';
import styles from './exports.module.css';
import { EXPORT_WORDS } from './words.ts';

const WORDS = EXPORT_WORDS.dialog;

interface BundlePartsProps {
  readonly choice: ExportChoice;
  readonly onChange: (part: Partial<ExportChoice>) => void;
}

/** What of a record goes with a bundle or a report. */
export function BundleParts({ choice, onChange }: BundlePartsProps) {
  const off = namedInEvidence(choice);
  return (
    <>
      {choice.kind === 'bundle' && (
        <Checkbox
          checked={hasEvidence(choice)}
          disabled={off}
          onChange={({ target }) => onChange({ evidence: target.checked })}
          label={
            <>
              {WORDS.evidence} <span className={styles.quiet}>· {off ? WORDS.evidenceOff : WORDS.evidenceNote}</span>
            </>
          }
        />
      )}
      <LeaveOut leftOut={choice.leftOut} onChange={(leftOut) => onChange({ leftOut })} />
    </>
  );
}

interface LeaveOutProps {
  readonly leftOut: readonly LeftOut[];
  readonly onChange: (leftOut: readonly LeftOut[]) => void;
}

function LeaveOut({ leftOut, onChange }: LeaveOutProps) {
  const toggle = (name: LeftOut): void =>
    onChange(leftOut.includes(name) ? leftOut.filter((other) => other !== name) : [...leftOut, name]);
  return (
    <fieldset className={styles.leaveOut}>
      <legend>
        {WORDS.leaveOut} <span className={styles.quiet}>· {WORDS.leaveOutNote}</span>
      </legend>
      {Object.entries(WORDS.parts).map(([name, label]) => (
        <Checkbox
          key={name}
          label={label}
          checked={leftOut.includes(name as LeftOut)}
          onChange={() => toggle(name as LeftOut)}
        />
      ))}
    </fieldset>
  );
}
