import type { LedgerEvent, LedgerEventKind } from '../../../shared/domain/ledger-event.ts';
import { inFours } from '../../components/fingerprint.tsx';
import { bytesText, numberText } from '../../components/numbers.ts';

type Of<K extends LedgerEventKind> = Extract<LedgerEvent, { kind: K }>;
type Trust = Of<'trust.pinned'> | Of<'trust.retired'> | Of<'trust.revoked'>;

const counted = (n: number, one: string, many: string): string => `${numberText(n)} ${n === 1 ? one : many}`;
const listed = (parts: readonly string[], none: string): string => (parts.length === 0 ? none : parts.join(', '));
const byEscalation = (): string => '';

/** What each kind of event is about besides its escalation, of every version. A new kind has no build before it has words. */
export const ABOUT: { readonly [K in LedgerEventKind]: (event: Of<K>) => string } = {
  'escalation.recorded': byEscalation,
  'escalation.updated': byEscalation,
  'evidence.attached': byEscalation,
  'claim.taken': byEscalation,
  'claim.released': byEscalation,
  'decision.recorded': byEscalation,
  'dissent.recorded': byEscalation,
  'decision.corrected': byEscalation,
  'import.finished': ({ counts }) => importText(counts),
  'export.finished': ({ counts, sha256 }) => exportText(counts, sha256),
  'settings.changed': ({ changed }) => listed(changed.map(settingText), 'the tenant’s settings'),
  'log.restored': ({ remembered }) =>
    `this log, taken in place of one of ${counted(Number(remembered.size), 'event', 'events')}`,
  'log.accepted': ({ differences, verified }) =>
    `this log of ${counted(Number(verified.size), 'event', 'events')}, accepted with ${counted(differences, 'difference', 'differences')}`,
  'cosignature.added': ({ cosignatures, size }) =>
    `${counted(cosignatures.length, 'witness', 'witnesses')} saw the head at ${counted(Number(size), 'event', 'events')}`,
  'schedule.set': ({ format, every }) => `${FORMAT[format] ?? format}, every ${every}`,
  'schedule.removed': () => 'an export that the desk made by itself ended',
  'evidence.removed': ({ evidence, rule }) =>
    `${counted(evidence.length, 'piece', 'pieces')} removed, ${bytesText(evidence.reduce((sum, { bytes }) => sum + bytes, 0))}, by the rule of ${days(rule)}`,
  'fields.removed': ({ values, events, rule }) =>
    `${counted(values, 'value', 'values')} of ${counted(events.reduce(inRun, 0), 'event', 'events')} removed, by the rule of ${days(rule)}`,
  'hold.legal.set': ({ event }) => (event === undefined ? 'everything of this tenant is held' : 'it is held'),
  'hold.legal.lifted': ({ event }) => (event === undefined ? 'the hold on this tenant ended' : 'its hold ended'),
  'backup.made': ({ log, sha256 }) =>
    `the ledger at ${counted(Number(log.size), 'event', 'events')}, file ${inFours(sha256, 2)}`,
  'store.restored': ({ log, agrees }) =>
    `the ledger at ${counted(Number(log.size), 'event', 'events')}: ${AGREES[agrees]}`,
  'trust.pinned': (event) =>
    `${keyText(event)}, ${CONFIRMED[event.confirmed]}${event.replaces === null ? '' : ', in place of another'}`,
  'trust.retired': (event) =>
    `${keyText(event)}, ${event.valid_until === null ? 'retired' : `until ${event.valid_until.slice(0, 10)}`}`,
  'trust.revoked': (event) => `${keyText(event)}, never to be relied on again`,
};

const IMPORTED = {
  imported: 'imported',
  updated: 'updated',
  unchanged: 'unchanged',
  conflicts: 'in conflict',
  refused: 'refused',
} as const;

function importText(counts: Readonly<Record<string, number>>): string {
  const rows = Object.entries(IMPORTED).flatMap(([name, word]) =>
    some(counts[name], (n) => `${numberText(n)} ${word}`),
  );
  const packets = some(counts.evidence, (n) => counted(n, 'packet', 'packets'));
  return listed([...rows, ...packets], 'nothing new');
}

/** What is exported is counted as records, of a report as the decisions in it. */
function exportText(counts: Readonly<Record<string, number>>, sha256: string | null): string {
  const what = [
    ...some(counts.records, (n) => counted(n, 'record', 'records')),
    ...some(counts.decisions, (n) => `a report of ${counted(n, 'decision', 'decisions')}`),
  ];
  return `${listed(what, 'no record')}${sha256 === null ? '' : `, file ${inFours(sha256, 2)}`}`;
}

function some(n: number | undefined, text: (n: number) => string): string[] {
  return n === undefined || n === 0 ? [] : [text(n)];
}

const inRun = (sum: number, { from, to }: { from: string; to: string }): number => sum + Number(to) - Number(from) + 1;
const days = (rule: { days: number }): string => counted(rule.days, 'day', 'days');

const FORMAT: { readonly [format: string]: string | undefined } = {
  bundle: 'a bundle with proofs',
  csv: 'a table',
  jsonl: 'records as lines of JSON',
  cloudevents: 'CloudEvents',
};

const SETTINGS: { readonly [name: string]: string | undefined } = {
  auto_expire: 'expiring by itself',
  sla_minutes: 'the team’s own limit',
  warn_minutes: 'when a deadline is near',
  bad_minutes: 'when a deadline is urgent',
  reason_codes: 'reason codes',
  findings_off: 'which texts are looked for',
  evidence_days: 'how long evidence is kept',
  fields_days: 'how long values beside the log are kept',
  waived_checks: 'which checks are waived',
};

const settingText = (name: string): string => SETTINGS[name] ?? name;

const AGREES = {
  'none-known': 'no later head was known',
  agrees: 'it agrees with the head that was known',
  older: 'older than the head that was known',
  forked: 'another log than the one that was known',
} as const;

const PURPOSE: { readonly [purpose in Trust['purpose']]: string } = {
  gate: 'gate key',
  issuer: 'issuer key',
  reviewer: 'reviewer’s key',
  witness: 'witness’s key',
  desk: 'desk’s key',
  pcrs: 'PCR baseline',
};

const CONFIRMED = {
  typed: 'typed',
  compared: 'compared',
  command: 'by a command',
  'made-here': 'made here',
} as const;

const keyText = ({ purpose, fingerprint }: Trust): string => `${PURPOSE[purpose]} ${inFours(fingerprint, 3)}`;
