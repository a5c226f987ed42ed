import type { LogRow } from '../../../shared/contract/log.ts';
import type { GROUP_WORDS } from './words.ts';

export type KindGroup = keyof typeof GROUP_WORDS;

/** Which kinds of events a group has; all of them stand in `all`. */
const KINDS: { readonly [group in Exclude<KindGroup, 'all'>]: readonly string[] } = {
  decisions: ['decision.recorded', 'dissent.recorded', 'decision.corrected'],
  escalations: ['escalation.recorded', 'escalation.updated', 'evidence.attached', 'evidence.removed', 'fields.removed'],
  claims: ['claim.taken', 'claim.released'],
  transfers: ['import.finished', 'export.finished'],
  keys: ['trust.pinned', 'trust.retired', 'trust.revoked'],
  settings: ['settings.changed'],
  keeping: ['log.restored', 'backup.made', 'store.restored', 'hold.legal.set', 'hold.legal.lifted'],
};

/** The kinds that a group narrows the timeline to; undefined: it does not. */
export function kindsOf(group: KindGroup): readonly string[] | undefined {
  return group === 'all' ? undefined : KINDS[group];
}

/** The group that an address names; one that there is not is `all`. */
export function groupOf(name: string | undefined): KindGroup {
  return name !== undefined && Object.hasOwn(KINDS, name) ? (name as KindGroup) : 'all';
}

/** How a row names its kind: a decision by its outcome, which its kind does not say. */
export function kindWord({ kind, outcome }: Pick<LogRow, 'kind' | 'outcome'>): string {
  return kind === 'decision.recorded' && outcome !== null ? `decision.${outcome}` : kind;
}
