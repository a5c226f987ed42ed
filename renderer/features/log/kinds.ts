import type { LogRow } from '../../../shared/contract/log.ts';
import type { LedgerEventKind } from '../../../shared/domain/ledger-event.ts';
import { type GROUP_WORDS, words } from './words.ts';

export type KindGroup = keyof typeof GROUP_WORDS;

/** The group that each kind of event is in. A new kind has no build before it has one. */
const GROUP: { readonly [kind in LedgerEventKind]: Exclude<KindGroup, 'all'> } = {
  'decision.recorded': 'decisions',
  'dissent.recorded': 'decisions',
  'decision.corrected': 'decisions',
  'escalation.recorded': 'escalations',
  'escalation.updated': 'escalations',
  'evidence.attached': 'escalations',
  'claim.taken': 'claims',
  'claim.released': 'claims',
  'import.finished': 'transfers',
  'export.finished': 'transfers',
  'trust.pinned': 'keys',
  'trust.retired': 'keys',
  'trust.revoked': 'keys',
  'settings.changed': 'settings',
  'log.restored': 'keeping',
  'log.accepted': 'keeping',
  'cosignature.added': 'keeping',
  'schedule.set': 'transfers',
  'schedule.removed': 'transfers',
  'backup.made': 'keeping',
  'store.restored': 'keeping',
  'hold.legal.set': 'keeping',
  'hold.legal.lifted': 'keeping',
  'evidence.removed': 'keeping',
  'fields.removed': 'keeping',
};

/** The kinds that a group narrows the timeline to; undefined: it does not. */
export function kindsOf(group: KindGroup): readonly string[] | undefined {
  if (group === 'all') return undefined;
  return Object.entries(GROUP).flatMap(([kind, of]) => (of === group ? [kind] : []));
}

/** The group that an address names; one that there is not is `all`. */
export function groupOf(name: string | undefined): KindGroup {
  return Object.values(GROUP).find((group) => group === name) ?? 'all';
}

/** How a row names its kind: a decision by its outcome, which its kind does not say. */
export function kindWord({ kind, outcome }: Pick<LogRow, 'kind' | 'outcome'>): string {
  if (kind === '') return words.unreadableKind;
  return kind === 'decision.recorded' && outcome !== null ? `decision.${outcome}` : kind;
}
