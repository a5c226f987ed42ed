import {
  IconAlarm,
  IconAlertOctagonFilled,
  IconArrowBackUp,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleDot,
  IconCircleX,
  IconClock,
  IconClockExclamation,
  IconClockOff,
  IconClockX,
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  IconDatabaseImport,
  IconEye,
  IconEyeOff,
  IconFlag,
  IconGitFork,
  IconHourglassEmpty,
  IconShieldCheckFilled,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './sign.module.css';

type Tone = 'ok' | 'bad' | 'open' | 'warn' | 'hidden' | 'accent' | 'quiet';

interface SignShape {
  readonly icon: TablerIcon;
  readonly tone: Tone;
  readonly word: string;
}

/** Every sign of the desk. The shape says which kind of fact it is, the word and colour which value. */
const SIGNS = {
  verified: { icon: IconShieldCheckFilled, tone: 'ok', word: 'Verified' },
  failed: { icon: IconAlertOctagonFilled, tone: 'bad', word: 'Failed' },
  unchecked: { icon: IconCircleDashed, tone: 'open', word: 'Unchecked' },
  approved: { icon: IconCircleCheck, tone: 'accent', word: 'Approved' },
  rejected: { icon: IconCircleX, tone: 'bad', word: 'Rejected' },
  withdrawn: { icon: IconArrowBackUp, tone: 'open', word: 'Withdrawn' },
  expired: { icon: IconHourglassEmpty, tone: 'open', word: 'Expired' },
  resolved: { icon: IconCircleDot, tone: 'open', word: 'Resolved' },
  'time-calm': { icon: IconClock, tone: 'quiet', word: 'Time left' },
  'time-warn': { icon: IconClockExclamation, tone: 'warn', word: 'Due soon' },
  'time-bad': { icon: IconAlarm, tone: 'bad', word: 'Due now' },
  'time-past': { icon: IconClockX, tone: 'open', word: 'Past' },
  'time-none': { icon: IconClockOff, tone: 'quiet', word: 'none' },
  deceptive: { icon: IconEyeOff, tone: 'hidden', word: 'Deceptive text' },
  plain: { icon: IconEye, tone: 'quiet', word: 'Plain text' },
  finding: { icon: IconFlag, tone: 'warn', word: 'Finding' },
  waits: { icon: IconCloudOff, tone: 'warn', word: 'waits' },
  acknowledged: { icon: IconCloudUp, tone: 'open', word: 'acknowledged' },
  confirmed: { icon: IconCloudCheck, tone: 'open', word: 'confirmed' },
  conflict: { icon: IconGitFork, tone: 'bad', word: 'conflict' },
  imported: { icon: IconDatabaseImport, tone: 'quiet', word: 'imported' },
} as const satisfies Record<string, SignShape>;

export type SignName = keyof typeof SIGNS;

interface SignProps {
  readonly name: SignName;
  /** Instead of the sign's own word. */
  readonly word?: ReactNode;
  /** A second, quiet line. */
  readonly note?: ReactNode;
  /** Glyph in pixels: 14 in rows, 18 on the strip. */
  readonly size?: number;
  readonly className?: string | undefined;
}

/** One fact as glyph, word and colour together, so that none of the three has to be seen to know it. */
export function Sign({ name, word, note, size = 14, className }: SignProps) {
  const { icon: Icon, tone, word: own } = SIGNS[name];
  return (
    <span className={`${styles.sign} ${className ?? ''}`} data-tone={tone} data-sign={name}>
      <Icon size={size} aria-hidden="true" className={styles.glyph} />
      <span className={styles.words}>
        <span className={styles.word}>{word ?? own}</span>
        {note !== undefined && note !== '' && <span className={styles.note}>{note}</span>}
      </span>
    </span>
  );
}

/** The sign of a decision's outcome; what came decided without a known outcome is only `Resolved`, never `Approved`. */
export function outcomeSign(outcome: 'approved' | 'rejected' | 'withdrawn' | 'expired' | 'unknown'): SignName {
  return outcome === 'unknown' ? 'resolved' : outcome;
}
