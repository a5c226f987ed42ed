import { useState } from 'react';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { numberText } from '../../components/numbers.ts';
import styles from './report.module.css';
import type { Section } from './sections.ts';
import { words } from './words.ts';

/** A longer table is folded on screen; on paper it is whole. */
const SHOWN = 12;

/** A table's numbers, row by row. */
export function ReportTable({ section: { title, head, columns, rows } }: { section: Section }) {
  const [whole, setWhole] = useState(false);
  return (
    <div className={styles.tabled}>
      <table className={styles.table} data-whole={whole || undefined} aria-label={words.asTable(title)}>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            {columns.map((name) => (
              <th key={name} scope="col" className={styles.number}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, foreign = false, cells }, at) => (
            <tr key={key} data-folded={at >= SHOWN || undefined}>
              <th scope="row">{foreign ? <AgentLine text={name} /> : name}</th>
              {cells.map((cell, n) => (
                <td key={columns[n]} className={styles.number} data-zero={cell === 0 || undefined}>
                  {numberText(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > SHOWN && (
        <Button look="link" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? words.fewer : words.all(rows.length)}
        </Button>
      )}
    </div>
  );
}
