import type { Verdict } from '../../../shared/domain/escalation.ts';
import { textOf } from '../../../shared/domain/json/value.ts';
import { readUuid } from '../../../shared/domain/uuid.ts';
import { type Check, worstVerdict } from '../../../shared/domain/verdict.ts';
import { quoted } from '../text/quoted.ts';
import { type LooseToken, targetMembers } from './token-shape.ts';

/** The packet that a record's token must fit; null where it does not say. */
export interface BoundPacket {
  /** Lower-case hex. */
  readonly root: string | null;
  readonly rootVerified: boolean;
  /** As the identity pillar has it. */
  readonly aid: string | null;
  /** The circuit of a shadow intent that names one. */
  readonly circuitId: string | null;
}

/**
 * Whose token it is: one of a record is bound to its event, target, root and circuit; one inside a packet to the aid
 * alone, since its root and event are an earlier capsule's.
 */
export type TokenOwner =
  | {
      readonly kind: 'record';
      readonly escalationId: string;
      /** A lower-case UUID. */
      readonly eventId: string;
      readonly packet: BoundPacket | null;
    }
  | { readonly kind: 'packet'; readonly aid: string | null };

interface Line {
  readonly verdict: Verdict;
  readonly code: string;
  readonly detail: string;
}

/**
 * The check `token.binding`, with a line for each binding: LEDGER_EVENT_, AID_, ROOT_ and CIRCUIT_ followed by MATCHES,
 * DIFFERS, MISSING (the token names none) or UNKNOWN (there is nothing proven to compare with).
 */
export function judgeBinding(token: LooseToken, owner: TokenOwner): Check {
  const parts =
    owner.kind === 'packet'
      ? [aidLine(token, { aid: owner.aid })]
      : [ledgerEventLine(token, owner), ...packetLines(token, owner.packet)];
  const verdict = worstVerdict(parts.map((part) => part.verdict));
  const worst = parts.find((part) => part.verdict === verdict);
  const code = verdict === 'verified' ? 'BOUND' : (worst?.code ?? 'BOUND');
  return { name: 'token.binding', verdict, code, detail: inOneSentence(parts), parts };
}

function inOneSentence(parts: readonly Line[]): string {
  const [first = '', ...rest] = parts.map((part) => part.detail.replace(/\.$/, ''));
  return `${[first, ...rest.map((words) => words.charAt(0).toLowerCase() + words.slice(1))].join('; ')}.`;
}

function packetLines(token: LooseToken, packet: BoundPacket | null): Line[] {
  const circuit = packet?.circuitId ?? null;
  return [aidLine(token, packet), rootLine(token, packet), ...(circuit === null ? [] : [circuitLine(token, circuit)])];
}

function ledgerEventLine({ payload }: LooseToken, owner: { escalationId: string; eventId: string }): Line {
  const named = textOf(payload.get('ledger_event_id'));
  if (named === undefined) return missing('LEDGER_EVENT', 'ledger event');
  if (named === owner.escalationId) return matches('LEDGER_EVENT', 'Its ledger event is this escalation');
  if (readUuid(named)?.uuid === owner.eventId)
    return matches('LEDGER_EVENT', "Its ledger event is this escalation's event");
  return differs('LEDGER_EVENT', `Its ledger event is ${quoted(named)}, not this escalation and not its event`);
}

function aidLine(token: LooseToken, packet: { aid: string | null } | null): Line {
  const named = textOf(targetMembers(token)?.get('aid'));
  if (named === undefined) return missing('AID', 'agent');
  if (packet === null) return unknown('AID', 'The packet that would name its agent is not attached');
  if (packet.aid === null) return unknown('AID', 'The packet names no agent');
  if (sameHex(named, packet.aid)) return matches('AID', "It is for the packet's agent");
  return differs('AID', `It is for the agent ${quoted(named)}, not the packet's ${quoted(packet.aid)}`);
}

function rootLine({ payload }: LooseToken, packet: BoundPacket | null): Line {
  const named = textOf(payload.get('source_capsule_root'));
  if (named === undefined) return missing('ROOT', 'capsule root');
  if (packet === null) return unknown('ROOT', 'The packet that would have its root is not attached');
  if (packet.root === null) return unknown('ROOT', 'The packet names no root');
  if (!sameHex(named, packet.root)) return differs('ROOT', `Its capsule root is ${quoted(named)}, not the packet's`);
  if (packet.rootVerified) return matches('ROOT', "Its capsule root is the packet's");
  return unknown('ROOT', 'Its capsule root is the one that the packet claims, which did not verify');
}

function circuitLine(token: LooseToken, circuit: string): Line {
  const named = textOf(targetMembers(token)?.get('circuit_id'));
  if (named === circuit) return matches('CIRCUIT', "Its circuit is the shadow intent's");
  if (named !== undefined) {
    return differs('CIRCUIT', `Its circuit is ${quoted(named)}, not the shadow intent's ${quoted(circuit)}`);
  }
  // Only 1.6 lets a token go without.
  if (token.generation !== '1.6') return missing('CIRCUIT', 'circuit');
  return unknown('CIRCUIT', `It names no circuit, the shadow intent names ${quoted(circuit)}`);
}

function matches(binding: string, words: string): Line {
  return { verdict: 'verified', code: `${binding}_MATCHES`, detail: `${words}.` };
}

function differs(binding: string, words: string): Line {
  return { verdict: 'failed', code: `${binding}_DIFFERS`, detail: `${words}.` };
}

function missing(binding: string, what: string): Line {
  return { verdict: 'failed', code: `${binding}_MISSING`, detail: `It names no ${what}.` };
}

function unknown(binding: string, words: string): Line {
  return { verdict: 'unchecked', code: `${binding}_UNKNOWN`, detail: `${words}.` };
}

/** Hex digits of either case name the same bytes; what is no hex is compared as it stands. */
function sameHex(a: string, b: string): boolean {
  return a === b || (/^([0-9a-f]{2})+$/i.test(a) && a.toLowerCase() === b.toLowerCase());
}
