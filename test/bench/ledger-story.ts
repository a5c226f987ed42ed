import type { SeededRandom } from './random.ts';

type Texts = readonly [string, ...string[]];

const AGENTS: Texts = [
  'Courier',
  'Ledgerline',
  'Quartermaster',
  'Sentry',
  'Paymaster',
  'Archivist',
  'Dispatcher',
  'Curator',
];
const ACTIONS: Texts = [
  'wire_transfer',
  'bulk_refund',
  'grant_admin',
  'delete_backup',
  'data_export',
  'mass_email',
  'firewall_rule',
];
const TARGETS: Texts = [
  'supplier account in Rotterdam',
  'customers with an open dispute',
  'cold storage of region north',
  'payroll of the second plant',
  'audit folder of the last quarter',
  'warehouse dock seven',
  'clinic intake queue',
  'partner portal in Lisbon',
];
const POLICIES: Texts = ['PAY-004', 'COM-003', 'SEC-011', 'OPS-002', 'DAT-009'];
const REASONS: Texts = [
  'The amount is above what this policy lets an agent move without a second pair of eyes',
  'The recipient was added less than a day ago and nobody has called back the number on file',
  'Two sources disagree about the state of this system and the older one is the more careful of them',
  'The request fits the pattern but arrived outside the hours in which such requests usually come',
];
const DAY_MS = 86_400_000;

/** The first record's time, and how far apart two records lie. */
export const FIRST_RECORD_MS = Date.UTC(2026, 0, 1);
export const STEP_MS = 15_000;

export type Fate = 'active' | 'resolved' | 'expired';

/** One escalation of a made ledger: what is random of it, before it takes VEX's form. */
export interface Story {
  readonly id: string;
  readonly eventId: string;
  readonly fate: Fate;
  readonly recordedMs: number;
  readonly agent: string;
  readonly action: string;
  readonly target: string;
  readonly policy: string;
  readonly reference: string;
  readonly explanation: string;
  readonly amount: string;
  /** RFC 3339; how long the agent says it waits. */
  readonly respondBy: string | null;
  readonly token: { readonly root: string; readonly exp: number } | null;
  /** The resolution's event, where an audit event tells of it. */
  readonly decision: { readonly eventId: string; readonly vepHash: string; readonly told: boolean } | null;
  readonly random: SeededRandom;
}

/**
 * The `n`th escalation of a ledger whose newest record is `newestMs`: 40 % active, 55 % resolved (a third of them with
 * their event), 5 % expired; half carry a token; one in 200 texts hides a bidi control. Most active ones end within 30
 * days after the newest record, so that a desk whose clock stands there has a queue as a live one has.
 */
export function tellStory(random: SeededRandom, n: number, newestMs: number): Story {
  const recordedMs = FIRST_RECORD_MS + n * STEP_MS;
  const fate = fateOf(random);
  const action = random.pick(ACTIONS);
  const reference = `REF-${String(n).padStart(7, '0')}`;
  const endsMs = (fate === 'active' && random.perMille(970) ? newestMs : recordedMs) + random.below(30 * DAY_MS);
  const hidden = random.perMille(5) ? '\u202etneserp si ti\u202c' : '';
  return {
    id: random.perMille(300) ? `${action}/${reference}#${n}` : `esc-${random.uuid()}`,
    eventId: random.uuid(),
    fate,
    recordedMs,
    agent: random.pick(AGENTS),
    action,
    target: random.pick(TARGETS),
    policy: random.pick(POLICIES),
    reference,
    explanation: `${random.pick(REASONS)}. ${random.pick(REASONS)}; ${reference} waits. ${hidden}`,
    amount: `${random.below(90_000) + 100}.${String(random.below(100)).padStart(2, '0')}`,
    respondBy: random.perMille(800) ? new Date(endsMs).toISOString() : null,
    token: random.perMille(500)
      ? { root: random.hex(64), exp: Math.floor(endsMs / 1000) + random.below(86_400) }
      : null,
    decision:
      fate === 'resolved' ? { eventId: random.uuid(), vepHash: random.hex(64), told: random.perMille(333) } : null,
    random,
  };
}

function fateOf(random: SeededRandom): Fate {
  const drawn = random.below(100);
  if (drawn < 40) return 'active';
  return drawn < 95 ? 'resolved' : 'expired';
}
