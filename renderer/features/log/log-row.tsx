// biome-ignore-all lint/a11y/useSemanticElements: a table can't have most of its rows left out; the roles say what it is
// biome-ignore-all lint/a11y/useFocusableInteractive: a grid has one tab stop, the focused row

import type { LogRow } from '../../../shared/contract/log.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import shared from '../../components/list-grid.module.css';
import { numberText } from '../../components/numbers.ts';
import { instantWords, utcText } from '../../components/time.ts';
import { aboutText } from './about.ts';
import { KindGlyph } from './kind-glyph.tsx';
import { kindWord } from './kinds.ts';
import styles from './log.module.css';
import { words } from './words.ts';

interface LogRowProps {
  readonly row: LogRow;
  /** What of it does not hold; null: nothing is known. */
  readonly fault: string | null;
  /** Of an import or export, its file, where it is known. */
  readonly file: string | null;
  readonly top: number;
  readonly index: number;
  readonly focused: boolean;
  readonly now: number;
  readonly me: string | undefined;
  readonly onFocus: () => void;
}

/** One event in one line. */
export function LogRowView({ row, fault, file, top, index, focused, now, me, onFocus }: LogRowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid's keys move the focus
    <div
      role="row"
      aria-rowindex={index}
      aria-selected={focused}
      tabIndex={focused ? 0 : -1}
      className={`${shared.row} ${styles.row}`}
      data-broken={fault !== null || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onFocus}
      onFocus={() => !focused && onFocus()}
    >
      <div role="gridcell" data-end>
        {numberText(Number(row.seq))}
      </div>
      <Time at={row.at} now={now} />
      <div role="gridcell" className={styles.kind}>
        <KindGlyph row={row} broken={fault !== null} />
        <code>{kindWord(row)}</code>
      </div>
      <div role="gridcell" title={fault ?? (aboutText(row) || undefined)}>
        {fault === null ? <About row={row} file={file} /> : <AgentLine text={fault} className={styles.brokenSaid} />}
      </div>
      <div role="gridcell" className={styles.by}>
        <By actor={row.actor} me={me} />
      </div>
    </div>
  );
}

/** An instant of another year is longer than the others; of one that cannot be read there is none. */
const LONG_TIME = 15;

function Time({ at, now }: { at: string | null; now: number }) {
  if (at === null) return <div role="gridcell" />;
  const exact = instantWords(at, now, true);
  const said = exact.length > LONG_TIME ? instantWords(at, now) : exact;
  return (
    <div role="gridcell" className={styles.time} title={utcText(at)} data-long={said.length > LONG_TIME || undefined}>
      {said}
    </div>
  );
}

/** The escalation by its id, and what there is to say besides. */
function About({ row, file }: Pick<LogRowProps, 'row' | 'file'>) {
  const { escalation } = row;
  const said = aboutText(row);
  return (
    <>
      {escalation !== null && <AboutEscalation id={escalation.id} />}
      {escalation !== null && said !== '' && ' · '}
      <span className={styles.quiet}>{said}</span>
      {file !== null && (
        <>
          {' · '}
          <AgentLine text={file} className={styles.id} />
        </>
      )}
    </>
  );
}

function AboutEscalation({ id }: { id: string | null }) {
  if (id === null) return <span className={styles.quiet}>{words.removed}</span>;
  return <AgentLine text={id} className={styles.id} />;
}

/** Who did it: `You`, a name, or that the name was taken away. */
function By({ actor, me }: { actor: string; me: string | undefined }) {
  return actor === me ? words.you : <AgentLine text={actor} className={styles.sans} />;
}
