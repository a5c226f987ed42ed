import type { LedgerEventKind } from '../../../shared/domain/ledger-event.ts';

const SAID: { readonly [kind in LedgerEventKind]: (by: string) => string } = {
  'escalation.recorded': (by) => `Recorded by ${by}.`,
  'escalation.updated': (by) => `Updated by an import of ${by}.`,
  'evidence.attached': (by) => `Evidence attached by ${by}.`,
  'claim.taken': (by) => `Claimed by ${by}.`,
  'claim.released': (by) => `Released by ${by} without a decision.`,
  'decision.recorded': (by) => `Decided by ${by}.`,
  'dissent.recorded': (by) => `A later decision kept as a dissent, by ${by}.`,
  'decision.corrected': (by) => `Correction added by ${by}.`,
  'import.finished': (by) => `Import ended, by ${by}.`,
  'export.finished': (by) => `Export ended, by ${by}.`,
  'trust.pinned': (by) => `A key or baseline pinned by ${by}.`,
  'trust.retired': (by) => `A key or baseline retired by ${by}.`,
  'trust.revoked': (by) => `A key or baseline revoked by ${by}.`,
  'settings.changed': (by) => `Settings changed by ${by}.`,
  'evidence.removed': (by) => `Bytes of evidence removed by a retention rule, by ${by}.`,
  'fields.removed': (by) => `Values beside the log removed by a retention rule, by ${by}.`,
  'hold.legal.set': (by) => `Legal hold set by ${by}.`,
  'hold.legal.lifted': (by) => `Legal hold lifted by ${by}.`,
  'backup.made': (by) => `Backup made by ${by}.`,
  'store.restored': (by) => `Ledger restored by ${by}.`,
  'log.restored': (by) => `This log accepted as it is by ${by}.`,
  'log.accepted': (by) => `This log accepted with what was found in it, by ${by}.`,
  'cosignature.added': (by) => `Cosignatures of witnesses added by ${by}.`,
  'schedule.set': (by) => `A scheduled export set by ${by}.`,
  'schedule.removed': (by) => `A scheduled export ended by ${by}.`,
};

/** A ledger event in words; a kind of a newer version is named as it stands. */
export function eventWords(kind: string, by: string): string {
  return Object.hasOwn(SAID, kind) ? SAID[kind as LedgerEventKind](by) : `${kind}, by ${by}.`;
}
