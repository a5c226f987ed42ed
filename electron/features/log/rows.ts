import type { LogRow } from '../../../shared/contract/log.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { Outcome, Uuid } from '../../../shared/domain/escalation.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { type Leaf, readLeaf } from '../../audit/bundle/entry-line.ts';
import type { LoggedRow } from '../../store/ledger-store.ts';

/** What stands for an actor whose name was removed. */
const REMOVED = 'removed';

/** The event that a leaf's bytes are. INTEGRITY_FAILED where they are none. */
export function leafOf({ seq, leaf }: Pick<LoggedRow, 'seq' | 'leaf'>): Leaf {
  const text = decodeUtf8(leaf);
  const read = text === null ? null : readLeaf(text);
  if (read !== null) return read;
  const message = `Event ${seq} of the log cannot be read. Nothing was changed. Verify the log to see what else differs.`;
  throw new DeskError('INTEGRITY_FAILED', message, { seq });
}

/** An event as the timeline shows it. INTEGRITY_FAILED as `leafOf`. */
export function rowOf(logged: LoggedRow): LogRow {
  const leaf = leafOf(logged);
  const event = Uuid.safeParse(leaf.event).data ?? null;
  return {
    seq: String(logged.seq),
    at: leaf.at,
    kind: leaf.kind,
    escalation: event === null ? null : { id: logged.escalationId, event },
    outcome: Outcome.safeParse(leaf.outcome).data ?? null,
    actor: logged.actor ?? REMOVED,
    leaf_sha256: encodeHex(logged.leafSha256),
  };
}
