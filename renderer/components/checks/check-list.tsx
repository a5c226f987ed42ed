import type { Check, UsedKey } from '../../../shared/domain/verdict.ts';
import { AgentLine } from '../agent-text/agent-line.tsx';
import { Sign } from '../sign.tsx';
import styles from './checks.module.css';
import { keyOf, type Note, noteOf, type Reported } from './notes.ts';

interface CheckListProps {
  readonly label: string;
  readonly reports: readonly (Reported & { readonly sha256: string; readonly checks: readonly Check[] })[];
  /** Rows close together, for a preview. */
  readonly dense?: boolean;
  /** Two lines about the pinned key that a verified signature rests on: which, and by whom it is trusted since when. */
  readonly aboutKey?: (key: UsedKey) => readonly [string, string];
  /** Each check in the verifier's own sentence, with its code. */
  readonly full?: boolean;
  /** Names of checks that the tenant waived: such a row stays unchecked, and says so beside it. */
  readonly waived?: readonly string[];
}

/**
 * Every check in its fixed order, a row each: what verified by its fact, what is unchecked with its word, what failed on
 * its own ground. What a check is made of follows it, a line each.
 */
export function CheckList({ label, reports, dense = false, full = false, aboutKey, waived = [] }: CheckListProps) {
  return (
    <ul className={styles.checks} aria-label={label} data-dense={dense || undefined} data-full={full || undefined}>
      {reports.flatMap((report) =>
        report.checks.map((check) => {
          const key = check.verdict === 'verified' ? keyOf(check.name, report) : null;
          return (
            <Row
              key={`${report.sha256} ${check.name} ${check.detail}`}
              check={check}
              note={full ? { text: check.detail, mono: false } : noteOf(check, report)}
              code={full}
              waived={waived.includes(check.name)}
              about={key === null || aboutKey === undefined ? null : aboutKey(key)}
            />
          );
        }),
      )}
    </ul>
  );
}

interface RowProps {
  readonly check: Check;
  readonly note: Note;
  readonly code: boolean;
  readonly waived: boolean;
  readonly about: readonly [string, string] | null;
}

function Row({ check, note, code, waived, about }: RowProps) {
  const { name, verdict, detail, parts = [] } = check;
  return (
    <>
      <li className={styles.check} data-verdict={verdict} data-check={name}>
        <Sign name={verdict} word={<span className="visually-hidden">{WORD[verdict]}</span>} />
        <span className={styles.name}>{name}</span>
        <span className={styles.note} title={detail}>
          {parts.length > 1 ? held(check) : <Said note={about === null ? note : { text: about[0], mono: false }} />}
          {about !== null && <AgentLine text={about[1]} className={`${styles.said} ${styles.second}`} />}
        </span>
        {verdict === 'unchecked' && <span className={styles.word}>{waived ? WAIVED : WORD.unchecked}</span>}
        {code && <code className={styles.code}>{check.code}</code>}
      </li>
      {toldApart(check).map((part) => (
        <Part key={`${part.code} ${part.detail}`} part={part} />
      ))}
    </>
  );
}

function Part({ part }: { part: NonNullable<Check['parts']>[number] }) {
  return (
    <li className={styles.part} data-verdict={part.verdict}>
      <Sign name={part.verdict} size={12} word={<span className="visually-hidden">{WORD[part.verdict]}</span>} />
      <AgentLine text={part.detail.replace(/\.$/, '')} className={styles.said} />
      {part.verdict === 'unchecked' && <span className={styles.word}>{WORD.unchecked}</span>}
    </li>
  );
}

function Said({ note }: { note: Note }) {
  return note.mono ? <code translate="no">{note.text}</code> : <AgentLine text={note.text} className={styles.said} />;
}

const WORD = { verified: 'verified', failed: 'failed', unchecked: 'unchecked' } as const;

const WAIVED = 'unchecked, waived';

/** How many of a check's parts hold; what they are called depends on the check. */
function held({ name, parts = [] }: Check): string {
  const n = parts.filter(({ verdict }) => verdict === 'verified').length;
  return `${n} of ${parts.length} ${name === 'token.binding' ? 'bindings' : 'hashes'}`;
}

/** The parts that have a line of their own: a token's bindings, and of the rest those that do not hold. */
function toldApart({ name, parts = [] }: Check): NonNullable<Check['parts']> {
  if (parts.length < 2) return [];
  return name === 'token.binding' ? parts : parts.filter(({ verdict }) => verdict !== 'verified');
}
