import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockHour3,
  IconClockX,
  type TablerIcon,
} from '@tabler/icons-react';
import styles from './keys.module.css';
import type { ShownStatus } from './trust-rows.ts';
import { words } from './words.ts';

const GLYPHS: { readonly [status in ShownStatus]: TablerIcon } = {
  'in-use': IconCircleCheck,
  'not-yet': IconClockHour3,
  ended: IconClockX,
  revoked: IconCircleX,
  waits: IconCircleDashed,
};

/** How a key stands, as glyph and word. Never green: green means that a check verified. */
export function KeyStatus({ status, note }: { status: ShownStatus; note?: string }) {
  const Glyph = GLYPHS[status];
  return (
    <span className={styles.status} data-status={status}>
      <Glyph size={14} aria-hidden="true" />
      <span>
        {words.status[status]}
        {note !== undefined && <span className={styles.quiet}> · {note}</span>}
      </span>
    </span>
  );
}
