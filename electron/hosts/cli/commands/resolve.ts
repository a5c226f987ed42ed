import { CHANGE_OPTIONS, ID_OPTIONS, textOf, textsOf, uuidOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { runDecision, whyOf } from '../decide.ts';
import { usageError } from '../failure.ts';
import type { Invocation } from '../invocation.ts';
import { refuseSeal } from '../later.ts';
import type { Session } from '../session.ts';

export const resolve: Command = {
  name: 'resolve',
  summary: 'approves an escalation, with the packet of its resolution or its hash',
  help: `resolve ID (--vep FILE | --vep-hash HEX) --reason TEXT [--reason-code CODE] [--event-id UUID]
        [--override CHECK]... [--event UUID] [--expect-version N] [--idempotency-key UUID] [--as NAME]

Example: resolve --tenant acme ESC-2026-000117 --vep decision.vep --reason "Checked with the supplier by phone."`,
  options: {
    ...ID_OPTIONS,
    ...CHANGE_OPTIONS,
    vep: { type: 'string' },
    'vep-hash': { type: 'string' },
    seal: { type: 'boolean' },
    'event-id': { type: 'string' },
    reason: { type: 'string' },
    'reason-code': { type: 'string' },
    override: { type: 'string', multiple: true },
  },
  store: 'existing',
  run(invocation, open) {
    const { values } = invocation;
    refuseSeal(values);
    const why = whyOf(values);
    const eventId = uuidOf(values, 'event-id');
    const resolution = resolutionOf(values);
    return runDecision(invocation, open, (session) => ({
      outcome: 'approved',
      ...why,
      overrides: textsOf(values, 'override'),
      resolution: resolution(session),
      ...(eventId === undefined ? {} : { event_id: eventId }),
    }));
  },
};

function resolutionOf(values: Invocation['values']) {
  const [file, hash] = [textOf(values, 'vep'), textOf(values, 'vep-hash')];
  if ((file === undefined) === (hash === undefined)) {
    throw usageError('resolve needs one of --vep FILE and --vep-hash HEX. Nothing was recorded.');
  }
  return (session: Session) =>
    file === undefined
      ? { kind: 'hash' as const, vep_hash: hash ?? '' }
      : { kind: 'packet' as const, staged: session.stageSource(file) };
}
