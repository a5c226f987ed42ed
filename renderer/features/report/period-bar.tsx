import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import bar from '../../components/list-bar.module.css';
import { type Days, isPeriod, isPreset, presetDays, presetOf } from './period.ts';
import styles from './report.module.css';
import { words } from './words.ts';

interface PeriodBarProps {
  readonly days: Days;
  readonly zone: string;
  readonly now: number;
  readonly onChoose: (days: Days) => void;
}

/** Which days the report is of. Days that are typed count as soon as they can be a period. */
export function PeriodBar({ days, zone, now, onChoose }: PeriodBarProps) {
  const [typed, setTyped] = useState<Days | null>(null);
  const shown = typed ?? days;
  const type = (part: Partial<Days>): void => {
    const next = { ...shown, ...part };
    setTyped(isPeriod(next) ? null : next);
    if (isPeriod(next)) onChoose(next);
  };
  const choose = (name: string): void => {
    setTyped(null);
    if (isPreset(name)) onChoose(presetDays(name, now, zone));
  };
  return (
    <div className={`${bar.bar} ${styles.bar}`}>
      <NativeSelect
        aria-label={words.period}
        value={presetOf(days, now, zone) ?? 'other'}
        data={Object.entries(words.presets).map(([value, label]) => ({ value, label }))}
        onChange={({ target }) => choose(target.value)}
      />
      <DayInput label={words.from} value={shown.from} onChange={(from) => type({ from })} />
      <DayInput label={words.to} value={shown.to} onChange={(to) => type({ to })} />
      <span className={styles.quiet}>{words.zone(zone)}</span>
      {typed !== null && (
        <span className={styles.problem} role="alert">
          {words.badPeriod}
        </span>
      )}
    </div>
  );
}

function DayInput({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return <TextInput type="date" aria-label={label} value={value} onChange={({ target }) => onChange(target.value)} />;
}
