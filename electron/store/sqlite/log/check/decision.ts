import type { Decision, WireRecord } from '../../../../../shared/domain/escalation.ts';
import type { LogFailure } from '../../../ledger-store.ts';
import type { Columns } from './derived.ts';
import type { NumberedRow } from './escalation-rows.ts';
import { unless } from './failure.ts';
import type { Story, ToldOf } from './told.ts';

/** The decision's row against the one event that brought it, and the other way round. */
export function checkDecision(
  place: string,
  columns: Columns | null,
  decisions: readonly NumberedRow[],
  story: Story,
): LogFailure[] {
  const [event, ...again] = story.deciding();
  const [kept, ...more] = decisions;
  if (event === undefined)
    return unless(kept === undefined, place, 'ROW_WITHOUT_EVENT', 'There is a decision that no event tells of.');
  if (kept === undefined)
    return [{ place, code: 'ROW_MISSING', detail: `The decision of event ${event.seq} is not there.` }];
  const other = columns?.decision === undefined ? 'form' : otherMember(columns.decision, columns.record, event);
  return [
    ...unless(again.length === 0, place, 'DECIDED_TWICE', `Event ${again[0]?.seq} decides it again.`),
    ...unless(
      kept.n === 0 && more.length === 0,
      place,
      'ROW_WITHOUT_EVENT',
      'There is another decision beside the first.',
    ),
    ...unless(other === null, place, 'DECISION_DIFFERS', `Its ${other} is not what event ${event.seq} says.`),
  ];
}

type Deciding = ReturnType<Story['deciding']>[number];
/** What is kept, and what the event says of it. */
type Pairs = Readonly<Record<string, readonly [kept: unknown, said: unknown]>>;

function otherMember(decision: Decision, record: WireRecord, event: Deciding): string | null {
  const pairs = isMadeHere(event)
    ? madeHere(decision, record, event)
    : { outcome: [decision.outcome, event.leaf.outcome] };
  const differ = Object.entries(pairs).find(([, [kept, said]]) => JSON.stringify(kept) !== JSON.stringify(said));
  return differ?.[0] ?? null;
}

function isMadeHere(event: Deciding): event is ToldOf<'decision.recorded'> {
  return event.leaf.kind === 'decision.recorded';
}

function madeHere(decision: Decision, record: WireRecord, { leaf, value }: ToldOf<'decision.recorded'>): Pairs {
  const { resolution, sealed } = leaf;
  const kept = (name: 'reason' | 'reviewer') => [decision[name], value(name) ?? decision[name]] as const;
  return {
    outcome: [decision.outcome, leaf.outcome],
    source: [decision.source, 'desk'],
    decided_at: [decision.decided_at, leaf.at],
    reason_code: [decision.reason_code, leaf.reason_code],
    overrides: [decision.overrides, leaf.overrides],
    accepted_unchecked: [decision.accepted_unchecked, leaf.accepted_unchecked],
    sealed: [decision.sealed, (sealed ?? null) !== null],
    signed: [decision.signed, leaf.v !== 1],
    vep_hash: [decision.vep_hash, sealed?.vep_sha256 ?? resolution?.vep_hash],
    reason: kept('reason'),
    reviewer: kept('reviewer'),
    resolution: [
      [record.resolution_event_id, record.resolution_vep_hash],
      [resolution?.event_id, resolution?.vep_hash],
    ],
    timestamp: [record.timestamp, leaf.at],
  };
}
