import {
  IconArchive,
  IconEraser,
  IconFileExport,
  IconFileImport,
  IconGitFork,
  IconInbox,
  IconKey,
  IconPaperclip,
  IconPoint,
  IconRestore,
  IconSettings,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react';
import type { LogRow } from '../../../shared/contract/log.ts';
import { outcomeSign, Sign } from '../../components/sign.tsx';
import styles from './log.module.css';

const GLYPHS: { readonly [kind: string]: TablerIcon | undefined } = {
  'escalation.recorded': IconInbox,
  'escalation.updated': IconInbox,
  'evidence.attached': IconPaperclip,
  'evidence.removed': IconEraser,
  'fields.removed': IconEraser,
  'claim.taken': IconUser,
  'claim.released': IconUser,
  'dissent.recorded': IconGitFork,
  'import.finished': IconFileImport,
  'export.finished': IconFileExport,
  'trust.pinned': IconKey,
  'trust.retired': IconKey,
  'trust.revoked': IconKey,
  'settings.changed': IconSettings,
  'log.restored': IconRestore,
  'store.restored': IconRestore,
  'backup.made': IconArchive,
};

/** The glyph of a row's kind; a decision has that of its outcome. */
export function KindGlyph({ row: { kind, outcome } }: { row: Pick<LogRow, 'kind' | 'outcome'> }) {
  if (kind === 'decision.recorded' && outcome !== null) return <Sign name={outcomeSign(outcome)} word="" />;
  const Glyph = GLYPHS[kind] ?? IconPoint;
  return <Glyph size={14} aria-hidden="true" className={styles.kindGlyph} />;
}
