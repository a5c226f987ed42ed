import { DeskError } from '../../../shared/domain/errors.ts';
import type { Evidence } from '../../../shared/domain/escalation.ts';

/** NOT_FOUND for a piece whose bytes a rule of the tenant's removed, which says when. */
export function refuseRemoved({ sha256, removed_at }: Evidence): void {
  if (removed_at === undefined) return;
  const message = `The bytes of this evidence were removed on ${removed_at} by a rule of the tenant. Its SHA-256 stays.`;
  throw new DeskError('NOT_FOUND', message, { sha256, removed_at });
}
