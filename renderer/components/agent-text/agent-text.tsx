import { IconQuote } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useState } from 'react';
import { type TextFindingCode, textFindings } from '../../../shared/domain/text/findings.ts';
import styles from './agent-text.module.css';
import { CopyMenu } from './copy-menu.tsx';
import { escapeSelection } from './copy-selection.ts';
import { layPaper, type PaperRow } from './paper.ts';
import { Pieces } from './pieces.tsx';
import { TextFindings } from './text-findings.tsx';
import { words } from './words.ts';

interface AgentTextProps {
  readonly text: string;
  /** What of the agent's this is: it names the group beside `Text written by the agent, not checked`. */
  readonly label: string;
  /** What its head calls it, where it is not the agent's own writing. */
  readonly title?: string;
  /** Findings that the tenant turned off. */
  readonly findingsOff?: readonly string[];
  /** Told how many characters are not shown yet, at first and after each change. */
  readonly onHidden?: (characters: number) => void;
}

const NONE_OFF: readonly string[] = [];

/**
 * The paper: the agent's own words as they are stored, a line at a time, apart from all that the app says. What is
 * invisible is a chip, nothing has an effect, and what is long is shown in part until asked for.
 */
export function AgentText({ text, label, title = words.head, findingsOff = NONE_OFF, onHidden }: AgentTextProps) {
  const [whole, setWhole] = useState(false);
  const paper = useMemo(() => layPaper(text, whole), [text, whole]);
  const findings = useMemo(() => textFindings(text, new Set(findingsOff as TextFindingCode[])), [text, findingsOff]);
  const hidden = paper.characters - paper.shown;
  const labelId = useId();
  useEffect(() => onHidden?.(hidden), [hidden, onHidden]);
  return (
    <>
      <TextFindings findings={findings} text={text} />
      {/* biome-ignore lint/a11y/useSemanticElements: no fieldset: nothing in here is a control of the form */}
      <div className={styles.paper} role="group" aria-labelledby={labelId} onCopy={escapeSelection} data-agent-text>
        <div className={styles.head}>
          <IconQuote size={14} aria-hidden="true" />
          <strong>{title}</strong>
          <span>
            {words.headNote}
            <span className={styles.wideOnly}>{words.headNoteMore}</span>
          </span>
          <span className={styles.size}>
            {words.size(paper.characters)}
            <span className={styles.wideOnly}>{words.sizeMore(paper.lines)}</span>
          </span>
          <CopyMenu text={text} />
        </div>
        <span id={labelId} className="visually-hidden">
          {words.groupLabel}: {label}
        </span>
        <div className={styles.body} translate="no">
          <span className="visually-hidden" data-unspoken>
            {words.begins}
          </span>
          {paper.rows.map((row) => (
            <Row key={row.number} row={row} />
          ))}
          <span className="visually-hidden" data-unspoken>
            {words.ends}
          </span>
        </div>
        {hidden > 0 && (
          <div className={styles.foot}>
            <span>{words.shown(paper.shown, paper.characters)}</span>
            <button type="button" onClick={() => setWhole(true)}>
              {words.showAll}
            </button>
          </div>
        )}
      </div>
    </>
  );
}

function Row({ row }: { row: PaperRow }) {
  return (
    <>
      <span className={styles.number} aria-hidden="true">
        {row.number}
      </span>
      {row.kind === 'empty' ? (
        <div className={`${styles.stored} ${styles.skipped}`} data-stored>
          {words.emptyLines(row.count)}
        </div>
      ) : (
        <div className={styles.stored} dir="auto" data-stored>
          <Pieces text={row.text} />
        </div>
      )}
    </>
  );
}
