import type { LogRow } from '../../../shared/contract/log.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { ExactJson, Outcome, Uuid } from '../../../shared/domain/escalation.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import type { LedgerEventKind } from '../../../shared/domain/ledger-event.ts';
import { type Leaf, readLeaf } from '../../audit/log/entry-line.ts';
import { leafHash } from '../../audit/log/leaf.ts';
import { equalBytes } from '../../audit/log/merkle.ts';
import type { LoggedRow } from '../../store/ledger-store.ts';

/** What stands for an actor whose name was removed. */
const REMOVED = 'removed';
/** Kinds whose row says what they are about by its escalation. */
const SAID_BY_ESCALATION: ReadonlySet<string> = new Set<LedgerEventKind>([
  'escalation.recorded',
  'escalation.updated',
  'evidence.attached',
  'claim.taken',
  'claim.released',
  'decision.recorded',
  'dissent.recorded',
  'decision.corrected',
]);

/** The event that a leaf's bytes are. INTEGRITY_FAILED where they are none. */
export function leafOf({ seq, leaf }: Pick<LoggedRow, 'seq' | 'leaf'>): Leaf {
  const text = decodeUtf8(leaf);
  const read = text === null ? null : readLeaf(text);
  if (read !== null) return read;
  const message = `Event ${seq} of the log cannot be read. Nothing was changed. Verify the log to see what else differs.`;
  throw new DeskError('INTEGRITY_FAILED', message, { seq });
}

/** An event as the timeline shows it. INTEGRITY_FAILED as `leafOf`. */
export function rowOf(logged: LoggedRow): LogRow & { at: string } {
  const leaf = leafOf(logged);
  const event = Uuid.safeParse(leaf.event).data ?? null;
  const holds = equalBytes(leafHash(logged.leaf), logged.leafSha256);
  return {
    seq: String(logged.seq),
    at: leaf.at,
    kind: leaf.kind,
    holds,
    escalation: event === null ? null : { id: logged.escalationId, event },
    outcome: Outcome.safeParse(leaf.outcome).data ?? null,
    actor: logged.actor ?? REMOVED,
    leaf_sha256: encodeHex(logged.leafSha256),
    leaf: holds && !SAID_BY_ESCALATION.has(leaf.kind) ? ExactJson.parse(decodeUtf8(logged.leaf)) : null,
  };
}

/** The same of any row of the table: one that cannot be read has its place and says so, and hides no other. */
export function timelineRow(logged: LoggedRow): LogRow {
  try {
    return rowOf(logged);
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    return {
      seq: String(logged.seq),
      at: null,
      kind: '',
      holds: false,
      escalation: null,
      outcome: null,
      actor: logged.actor ?? REMOVED,
      leaf_sha256: encodeHex(logged.leafSha256),
      leaf: null,
    };
  }
}
