import { basename } from 'node:path';
import type { Manifest } from '../../../../shared/contract/transfer.ts';
import { instantText } from '../../../../shared/domain/clock.ts';
import { encodeHex } from '../../../../shared/domain/hex.ts';
import { writeEnvelope } from '../../../audit/statement/dsse.ts';
import { signExport } from '../../../audit/statement/export-statement.ts';
import { jcs } from '../../../evidence/json/jcs.ts';
import type { FeatureContext } from '../../context.ts';
import { keyRingOf } from '../../keys/key-ring.ts';
import type { ExportOrder } from './export-run.ts';

/**
 * The statement over an export and its manifest, signed with the desk's key: a DSSE envelope as RFC 8785 bytes
 * (docs/formats/export.md, "The signed manifest"). Errors as `deskSigner`.
 */
export async function signManifest(
  context: FeatureContext,
  { query: { tenant }, target, by }: ExportOrder,
  manifest: Manifest,
  manifestSha256: string,
): Promise<Uint8Array> {
  const signer = await keyRingOf(context).deskSigner({ tenant, by });
  const { uid } = await context.store.logHead(tenant);
  const envelope = signExport(
    { name: basename(target.path), manifestSha256 },
    { ...plain(manifest), tenant: uid, made_at: instantText(context.clock.now()) },
    { publicHex: encodeHex(signer.publicKey), sign: (message) => signer.sign(message) },
  );
  return jcs(writeEnvelope(envelope));
}

type Written = Omit<Parameters<typeof signExport>[1], 'tenant' | 'made_at'>;

/** The manifest as its file says it: members that are undefined are none. */
function plain(manifest: Manifest): Written {
  return JSON.parse(JSON.stringify(manifest)) as Written;
}
