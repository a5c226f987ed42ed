import {
  IconArchive,
  IconCalendarOff,
  IconCalendarRepeat,
  IconCheck,
  IconCircleDot,
  IconEraser,
  IconFileExport,
  IconFileImport,
  IconGitFork,
  IconInbox,
  IconKey,
  IconKeyOff,
  IconLock,
  IconLockOpen,
  IconPaperclip,
  IconPencil,
  IconPoint,
  IconRestore,
  IconSettings,
  IconUser,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import type { LogRow } from '../../../shared/contract/log.ts';
import type { LedgerEventKind } from '../../../shared/domain/ledger-event.ts';
import { outcomeSign, Sign } from '../../components/sign.tsx';
import styles from './log.module.css';

const GLYPHS: { readonly [kind in LedgerEventKind]: TablerIcon } = {
  'escalation.recorded': IconInbox,
  'escalation.updated': IconInbox,
  'evidence.attached': IconPaperclip,
  'evidence.removed': IconEraser,
  'fields.removed': IconEraser,
  'decision.recorded': IconCircleDot,
  'decision.corrected': IconPencil,
  'claim.taken': IconUser,
  'claim.released': IconUser,
  'dissent.recorded': IconGitFork,
  'import.finished': IconFileImport,
  'export.finished': IconFileExport,
  'trust.pinned': IconKey,
  'trust.retired': IconKey,
  'trust.revoked': IconKeyOff,
  'settings.changed': IconSettings,
  'log.restored': IconRestore,
  'log.accepted': IconCheck,
  'cosignature.added': IconUsers,
  'schedule.set': IconCalendarRepeat,
  'schedule.removed': IconCalendarOff,
  'store.restored': IconRestore,
  'backup.made': IconArchive,
  'hold.legal.set': IconLock,
  'hold.legal.lifted': IconLockOpen,
};

interface KindGlyphProps {
  readonly row: Pick<LogRow, 'kind' | 'outcome'>;
  /** Something of the event does not hold. */
  readonly broken: boolean;
}

/** The glyph of a row's kind; a decision has that of its outcome. */
export function KindGlyph({ row: { kind, outcome }, broken }: KindGlyphProps) {
  if (broken) return <Sign name="failed" word="" />;
  if (kind === 'decision.recorded' && outcome !== null) return <Sign name={outcomeSign(outcome)} word="" />;
  const Glyph = isKnown(kind) ? GLYPHS[kind] : IconPoint;
  return <Glyph size={14} aria-hidden="true" className={styles.kindGlyph} />;
}

function isKnown(kind: string): kind is LedgerEventKind {
  return Object.hasOwn(GLYPHS, kind);
}
