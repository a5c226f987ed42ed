import { z } from 'zod';
import { Manifest } from '../../../shared/contract/transfer.ts';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import type { EvidenceReport } from '../../../shared/domain/verdict.ts';
import { factsOf, fileReport } from '../../audit/verify/report.ts';
import { check } from '../../evidence/packet/packet-checks.ts';
import { quoted } from '../../evidence/text/quoted.ts';

/** No query makes a manifest longer. */
const LONGEST = 256 * 1024;
const AnyManifest = z.looseObject(Manifest.pick({ file: true, sha256: true, bytes: true, generator: true }).shape);

/**
 * The report of an export's manifest, without the signature that lies in a file of its own; null for all else. It says a
 * digest, and anybody may write one: nothing is proven by it, and the report says what is.
 */
export function bareManifest(bytes: Uint8Array): EvidenceReport | null {
  const manifest = read(bytes);
  if (manifest === null) return null;
  const signed = `${manifest.file.replace(/^.*[/\\]/, '')}.manifest.dsse.json`;
  const detail = `It is the manifest of an export, and carries no signature. Verify ${quoted(signed)}, which signs it and the export.`;
  return fileReport(factsOf(bytes, 'unknown'), { checks: [check('structure', 'failed', 'NOT_EVIDENCE', detail)] });
}

function read(bytes: Uint8Array): z.infer<typeof AnyManifest> | null {
  const text = bytes.length > LONGEST ? null : decodeUtf8(bytes);
  if (text === null || !text.startsWith('{')) return null;
  try {
    return AnyManifest.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
