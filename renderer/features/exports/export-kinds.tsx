import { Radio } from '@mantine/core';
import { IconBraces, IconCsv, IconPackage, IconPdf, type TablerIcon } from '@tabler/icons-react';
import type { ExportKind } from './export-query.ts';
import styles from './exports.module.css';
import { EXPORT_WORDS } from './words.ts';

const GLYPHS: { readonly [kind in ExportKind]: TablerIcon } = {
  bundle: IconPackage,
  pdf: IconPdf,
  csv: IconCsv,
  records: IconBraces,
};

interface ExportKindsProps {
  readonly value: ExportKind;
  readonly onChange: (kind: ExportKind) => void;
}

/** The forms of a file, with what each is good for. */
export function ExportKinds({ value, onChange }: ExportKindsProps) {
  return (
    <Radio.Group label={EXPORT_WORDS.dialog.form} value={value} onChange={(kind) => onChange(kind as ExportKind)}>
      <div className={styles.formats}>
        {Object.entries(EXPORT_WORDS.kinds).map(([kind, { name, end, note }]) => {
          const Glyph = GLYPHS[kind as ExportKind];
          return (
            <label key={kind} htmlFor={`form-${kind}`} className={styles.format} data-chosen={kind === value}>
              <Radio
                data-autofocus={kind === value || undefined}
                id={`form-${kind}`}
                value={kind}
                aria-describedby={`format-${kind}`}
                aria-label={`${name} ${end}`}
              />
              <Glyph size={20} aria-hidden="true" className={styles.formatGlyph} />
              <span>
                <strong>{name}</strong> <code>{end}</code>
                <span id={`format-${kind}`} className={styles.note}>
                  {note}
                </span>
              </span>
            </label>
          );
        })}
      </div>
    </Radio.Group>
  );
}
