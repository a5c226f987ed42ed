import { DeskError } from '../../../shared/domain/errors.ts';
import type { EvidenceRole } from '../../../shared/domain/escalation.ts';
import { readJson } from '../../../shared/domain/json/read.ts';
import { readToken } from '../../../shared/domain/wire/token.ts';
import { readPacketFacts } from '../../evidence/packet/packet-facts.ts';
import type { NewEvidence } from '../../store/ledger-store.ts';
import type { StagedFile } from '../context.ts';
import { stagedBytes } from '../staged-bytes.ts';

/** What a file is, told by its content and never by its name. */
export type FileFacts =
  | { readonly kind: 'vep' | 'capsule'; readonly root: string }
  | { readonly kind: 'token'; readonly root: null }
  /** `why` it is none of these, in words. */
  | { readonly kind: 'unknown'; readonly root: string | null; readonly why: string };

/** What the bytes are; structure only, no verdict. */
export function fileFacts(bytes: Uint8Array): FileFacts {
  const packet = readPacketFacts(bytes);
  if (packet.ok) return { kind: packet.kind, root: packet.root };
  const json = packet.kind === 'unknown' ? readJson(bytes) : null;
  if (json?.ok === true && readToken(json.value) !== null) return { kind: 'token', root: null };
  return { kind: 'unknown', root: packet.root, why: packet.why };
}

/** The staged file as evidence. INTEGRITY_FAILED when it is no packet, capsule or token; NOT_FOUND, LIMIT_EXCEEDED. */
export async function readEvidenceFile(file: StagedFile, role: EvidenceRole): Promise<NewEvidence> {
  const bytes = await stagedBytes(file);
  const facts = fileFacts(bytes);
  if (facts.kind === 'unknown') {
    const message = `The file is no packet, capsule or token: ${facts.why}. Nothing was stored.`;
    throw new DeskError('INTEGRITY_FAILED', message, { file: file.name, check: 'structure' });
  }
  return { bytes, kind: facts.kind, role, ...(facts.root === null ? {} : { root: facts.root }) };
}
