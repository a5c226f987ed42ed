import type { LedgerEvent } from '../../../../../shared/domain/ledger-event.ts';
import { hex } from '../../base/bytes.ts';
import type { ReadEvent } from './events.ts';
import { parsed } from './failure.ts';

/** An event that says what becomes of the escalation's row, and what is kept of its fields. */
export interface Told<L extends LedgerEvent = LedgerEvent> {
  readonly seq: number;
  readonly leaf: L;
  /** The value behind a commitment; undefined where it was removed. */
  readonly value: (name: string) => unknown;
}
export type ToldOf<K extends LedgerEvent['kind']> = Told<Extract<LedgerEvent, { kind: K }>>;

/** A piece of evidence as events name it; older ones leave things out. */
export interface NamedPiece {
  readonly seq: number;
  readonly sha256: string;
  readonly kind?: string;
  readonly role?: string;
  readonly root?: string;
}

/** What an escalation's events say of it, in order. An event of no known form says nothing here: its own check told. */
export class Story {
  readonly told: readonly Told[];
  readonly others: readonly number[];

  constructor(events: readonly ReadEvent[], tenantId: number) {
    const own = events.filter(({ tenant_id }) => tenant_id === tenantId);
    this.others = events.filter(({ tenant_id }) => tenant_id !== tenantId).map(({ seq }) => seq);
    this.told = own.flatMap((event) =>
      event.said === null ? [] : [{ seq: event.seq, leaf: event.said, value: valuesOf(event) }],
    );
  }

  of<K extends LedgerEvent['kind']>(...kinds: readonly K[]): ToldOf<K>[] {
    return this.told.filter((one): one is ToldOf<K> => kinds.some((kind) => kind === one.leaf.kind));
  }

  /** The events that brought a decision: more than one is one too many. */
  deciding(): ToldOf<'escalation.recorded' | 'escalation.updated' | 'decision.recorded'>[] {
    return this.of('escalation.recorded', 'escalation.updated', 'decision.recorded').filter(
      ({ leaf }) => leaf.outcome !== null,
    );
  }

  /** The digest of what the row was when an event last changed it; null where that is not said, or no more. */
  content(): { seq: number; content: unknown } | null {
    const last = this.of('escalation.recorded', 'escalation.updated', 'decision.recorded').at(-1);
    const content = last?.value('content');
    return last === undefined || content === undefined ? null : { seq: last.seq, content };
  }

  /** Pieces whose bytes a rule removed, as `sha256 role`, each with the event that says so. */
  removed(): Map<string, { seq: number; at: string; bytes: number }> {
    return new Map(
      this.of('evidence.removed').flatMap(({ seq, leaf }) =>
        leaf.evidence.map(({ sha256, role, bytes }) => [`${sha256} ${role}`, { seq, at: leaf.at, bytes }] as const),
      ),
    );
  }

  pieces(): NamedPiece[] {
    return this.of('escalation.recorded', 'escalation.updated', 'evidence.attached', 'decision.recorded').flatMap(
      ({ seq, leaf }) =>
        leaf.evidence.map((piece) => ({ seq, ...(typeof piece === 'string' ? { sha256: piece } : piece) })),
    );
  }
}

function valuesOf({ fields }: ReadEvent): (name: string) => unknown {
  return (name) => {
    const field = fields.find((one) => one.name === name);
    return field === undefined ? undefined : parsed(field.value);
  };
}

/** A packet's root as events write it. */
export function rootText(root: Uint8Array | null): string | null {
  return root === null ? null : hex(root);
}
