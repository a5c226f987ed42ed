import { IconCopy } from '@tabler/icons-react';
import type { ReportRow } from '../../../shared/contract/transfer.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { AgentText } from '../../components/agent-text/agent-text.tsx';
import { Button } from '../../components/button.tsx';
import styles from './imports.module.css';
import { IMPORT_WORDS } from './words.ts';

const WORDS = IMPORT_WORDS.report;

/** One row of the report in full: what it means, and for a refused one the row itself as text. */
export function RowDetail({ row }: { row: ReportRow }) {
  const { text } = row;
  return (
    <section className={styles.detail} aria-label={row.code}>
      <div className={styles.detailWords}>
        <h2>
          {WORDS.severity[row.severity]}: <code>{row.code}</code>
        </h2>
        <p className={styles.said}>
          <AgentLine text={row.message} />
        </p>
        {row.severity === 'refused' && (
          <p>
            {WORDS.notInQueue} <span className={styles.quiet}>{WORDS.again}</span>
          </p>
        )}
        <p className={styles.quiet}>
          <AgentLine text={row.source} className="mono" /> · <AgentLine text={row.locator} className="mono" />
        </p>
        {text !== null && (
          <Button icon={IconCopy} onClick={() => void navigator.clipboard.writeText(text)}>
            {WORDS.copy}
          </Button>
        )}
      </div>
      <div className={styles.detailRow}>
        {text !== null && <AgentText text={text} label={WORDS.row} title={WORDS.row} />}
      </div>
    </section>
  );
}
