import type { Check } from '../../../../../shared/domain/verdict.ts';
import { type Archive, smallFile } from '../../../../audit/archive/archive-reader.ts';
import type { ByteSource } from '../../../../audit/archive/byte-source.ts';
import { MANIFEST_ENVELOPE, RECORDS_CSV } from '../../../../audit/bundle/layout.ts';
import { readEnvelope } from '../../../../audit/statement/dsse.ts';
import { verifyBundle } from '../../../../audit/verify/verify-bundle.ts';
import type { TrustStore } from '../../../../evidence/trust/trust.ts';
import { tenantInCsv } from '../../../../gateways/files/csv.ts';

/** What a bundle's verification came to: why it is refused, or what of it could not be checked. */
export type BundleJudgement =
  | { readonly holds: true; readonly unchecked: readonly Check[] }
  | { readonly holds: false; readonly check: Check };

/**
 * Verifies a bundle as `desk verify` does. Who signs for another desk need not be pinned in a tenant to import what it says:
 * where the key that signed the manifest is not, the signatures count as an unknown desk's and are unchecked.
 */
export async function judgeBundle(source: ByteSource, archive: Archive, trust: TrustStore): Promise<BundleJudgement> {
  const judgedWith = (await isOfPinnedDesk(archive, trust)) ? trust : withoutSigners(trust);
  const { checks } = await verifyBundle(source, { trust: judgedWith, previous: null });
  const [structure] = checks;
  const failed = checks.find(({ verdict }) => verdict === 'failed');
  if (failed !== undefined) return { holds: false, check: failed };
  if (structure !== undefined && structure.verdict !== 'verified') return { holds: false, check: structure };
  return { holds: true, unchecked: checks.filter(({ verdict }) => verdict === 'unchecked') };
}

async function isOfPinnedDesk(archive: Archive, { keys }: TrustStore): Promise<boolean> {
  const bytes = await smallFile(archive, MANIFEST_ENVELOPE);
  const keyid = bytes === null ? undefined : readEnvelope(bytes)?.signatures[0]?.keyid;
  return keys.some(({ purpose, public_hex }) => purpose === 'desk' && public_hex === keyid);
}

function withoutSigners({ keys, baselines }: TrustStore): TrustStore {
  return { keys: keys.filter(({ purpose }) => purpose !== 'desk' && purpose !== 'reviewer'), baselines };
}

/** The header and the longest name of a tenant, in UTF-8, with its quotes. */
const CSV_START_BYTES = 16 * 1024;

/** The name of the tenant that a bundle's records say, which nothing has verified; null where they say none for sure. */
export async function tenantOfBundle(archive: Archive): Promise<string | null> {
  const entry = archive.files.get(RECORDS_CSV);
  if (entry === undefined) return null;
  for await (const piece of archive.content(entry)) {
    return tenantInCsv(new TextDecoder('utf-8', { ignoreBOM: true }).decode(piece.subarray(0, CSV_START_BYTES)));
  }
  return null;
}
