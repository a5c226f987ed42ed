// biome-ignore-all lint/a11y/useSemanticElements: a table can't have most of its rows left out; the roles say what it is
// biome-ignore-all lint/a11y/useFocusableInteractive: a grid has one tab stop, the focused row
import type { LogRow } from '../../../shared/contract/log.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { numberText } from '../../components/numbers.ts';
import { instantWords, utcText } from '../../components/time.ts';
import { KindGlyph } from './kind-glyph.tsx';
import { kindWord } from './kinds.ts';
import styles from './log.module.css';
import { ABOUT_WORDS, words } from './words.ts';

interface LogRowProps {
  readonly row: LogRow;
  readonly top: number;
  readonly index: number;
  readonly focused: boolean;
  readonly now: number;
  readonly me: string | undefined;
  readonly onFocus: () => void;
}

/** One event in one line. */
export function LogRowView({ row, top, index, focused, now, me, onFocus }: LogRowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid's keys move the focus
    <div
      role="row"
      aria-rowindex={index}
      aria-selected={focused}
      tabIndex={focused ? 0 : -1}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onFocus}
      onFocus={() => !focused && onFocus()}
    >
      <div role="gridcell" data-end>
        {numberText(Number(row.seq))}
      </div>
      <div role="gridcell" title={utcText(row.at)}>
        {instantWords(row.at, now, true)}
      </div>
      <div role="gridcell" className={styles.kind}>
        <KindGlyph row={row} />
        <code>{kindWord(row)}</code>
      </div>
      <div role="gridcell">
        <About row={row} />
      </div>
      <div role="gridcell" className={styles.by}>
        <By actor={row.actor} me={me} />
      </div>
    </div>
  );
}

function About({ row: { escalation, kind } }: { row: LogRow }) {
  if (escalation === null) return <span className={styles.quiet}>{ABOUT_WORDS[kind] ?? ''}</span>;
  if (escalation.id === null) return <span className={styles.quiet}>{words.removed}</span>;
  return <AgentLine text={escalation.id} className={styles.id} />;
}

/** Who did it: `You`, a name, or that the name was taken away. */
function By({ actor, me }: { actor: string; me: string | undefined }) {
  return actor === me ? words.you : <AgentLine text={actor} className={styles.sans} />;
}
