import type { PieceReport } from '../../../shared/contract/escalation.ts';
import type { TenantSettings } from '../../../shared/contract/settings.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { EscalationKey } from '../../../shared/domain/escalation.ts';
import type { Instant } from '../../../shared/domain/instant.ts';
import type { TrustStore } from '../../evidence/trust/trust.ts';
import type { StoredEscalation } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { instantOf, judgeNow } from '../evidence/judge.ts';
import { isJudged, pieceReports } from '../evidence/reports.ts';
import { trustOf } from '../keys/trust-store.ts';
import { readTarget } from '../target.ts';
import { sha256Hex } from '../writing.ts';

/** An escalation as a decision finds it. */
export interface Examined {
  readonly key: EscalationKey;
  readonly stored: StoredEscalation;
  /** Of each piece of its evidence, source rows left out. */
  readonly reports: readonly PieceReport[];
  readonly at: Instant;
  readonly trust: TrustStore;
  /** Names what is trusted: another number, other keys. */
  readonly epoch: number;
  /** The tenant's settings that the decision is made under, which its statement names. */
  readonly settings: TenantSettings;
}

/**
 * Reads the escalation anew, whatever was known of it: every byte of its evidence is hashed, and judged at this instant
 * with the keys that are pinned now (S68). NOT_FOUND; INTEGRITY_FAILED: stored bytes are not the ones that came;
 * CONFLICT: it changed meanwhile.
 */
export async function examine(context: FeatureContext, key: EscalationKey): Promise<Examined> {
  await judgeNow(context, key, { force: true });
  const examined = await lookAt(context, key);
  for (const { sha256 } of examined.stored.escalation.evidence) await soundBytes(context, key, sha256);
  if (isJudged(examined.stored)) return examined;
  throw new DeskError(
    'CONFLICT',
    'The evidence or the keys changed while they were read. Nothing was recorded: look at it again.',
  );
}

/** The escalation as it stands, judged or not: enough for one that is decided already. NOT_FOUND. */
export async function lookAt(context: FeatureContext, key: EscalationKey): Promise<Examined> {
  const at = instantOf(context.clock.now());
  const { trust, epoch } = await trustOf(context, key.tenant);
  const settings = await context.store.settings(key.tenant);
  const stored = await readTarget(context, key);
  return { key, stored, reports: pieceReports(stored), at, trust, epoch, settings };
}

/** The bytes of a piece of the tenant's evidence, which have this SHA-256 still. INTEGRITY_FAILED. */
export async function soundBytes(
  context: FeatureContext,
  { tenant }: Pick<EscalationKey, 'tenant'>,
  sha256: string,
): Promise<Uint8Array> {
  const bytes = await context.store.evidenceBytes(tenant, sha256);
  if (bytes !== null && sha256Hex(bytes) === sha256) return bytes;
  const message =
    'Evidence in the store is not what it was: its bytes have another SHA-256. Nothing was recorded. Restore a backup, or attach the packet again from its source.';
  throw new DeskError('INTEGRITY_FAILED', message, { sha256 });
}
