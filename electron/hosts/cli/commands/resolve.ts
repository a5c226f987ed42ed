import { CHANGE_OPTIONS, ID_OPTIONS, textOf, textsOf, uuidOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { runDecision, whyOf } from '../decide.ts';
import { usageError } from '../failure.ts';
import type { Invocation } from '../invocation.ts';
import { PASSPHRASE_OPTIONS } from '../passphrase.ts';
import type { Session } from '../session.ts';

export const resolve: Command = {
  name: 'resolve',
  summary: 'approves an escalation, with the packet of its resolution, its hash, or one that is sealed here',
  help: `resolve ID (--vep FILE | --vep-hash HEX | --seal) --reason TEXT [--reason-code CODE] [--event-id UUID]
        [--override CHECK]... [--passphrase-file FILE] [--event UUID] [--expect-version N] [--idempotency-key UUID]
        [--as NAME]
  --seal: the desk builds the packet and signs it with your newest key. A failed check of the evidence stops an approval
  unless it is named by --override; what is unchecked is recorded as accepted.

Example: resolve --tenant acme ESC-2026-000117 --vep decision.vep --reason "Checked with the supplier by phone."`,
  options: {
    ...ID_OPTIONS,
    ...CHANGE_OPTIONS,
    ...PASSPHRASE_OPTIONS,
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
  const [file, hash, seal] = [textOf(values, 'vep'), textOf(values, 'vep-hash'), values.seal === true];
  if ([file !== undefined, hash !== undefined, seal].filter(Boolean).length !== 1) {
    throw usageError('resolve needs one of --vep FILE, --vep-hash HEX and --seal. Nothing was recorded.');
  }
  return (session: Session) => {
    if (file !== undefined) return { kind: 'packet' as const, staged: session.stageSource(file) };
    return hash === undefined ? { kind: 'seal' as const } : { kind: 'hash' as const, vep_hash: hash };
  };
}
