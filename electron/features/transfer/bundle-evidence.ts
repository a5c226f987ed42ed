import type { EvidenceKind } from '../../../shared/domain/escalation.ts';
import type { ArchiveEntry } from '../../audit/archive/archive-form.ts';
import { type Archive, EVIDENCE_NAME } from '../../audit/archive/archive-reader.ts';
import { MAX_PACKET_BYTES } from '../../evidence/packet/wire-form.ts';
import { EVENT_BYTES } from '../../gateways/files/event-row.ts';

const KINDS: Readonly<Record<string, EvidenceKind>> = {
  vep: 'vep',
  capsule: 'capsule',
  token: 'token',
  row: 'source-row',
};
const HASH_AT = 'evidence/'.length;

/** The pieces of evidence that a bundle has as files, by SHA-256. Keeps where each lies, not its bytes. */
export class BundledPieces {
  private readonly archive: Archive;
  private readonly entries: ReadonlyMap<string, ArchiveEntry>;

  private constructor(archive: Archive, entries: ReadonlyMap<string, ArchiveEntry>) {
    this.archive = archive;
    this.entries = entries;
  }

  static async of(archive: Archive): Promise<BundledPieces> {
    const entries = new Map<string, ArchiveEntry>();
    for await (const entry of archive.entries()) {
      if (EVIDENCE_NAME.test(entry.name)) entries.set(entry.name.slice(HASH_AT, HASH_AT + 64), entry);
    }
    return new BundledPieces(archive, entries);
  }

  /** What its file's name says that it is; null where the bundle does not have its bytes. */
  kindOf(sha256: string): EvidenceKind | null {
    const name = this.entries.get(sha256)?.name;
    return name === undefined ? null : (KINDS[name.slice(name.lastIndexOf('.') + 1)] ?? null);
  }

  /** Whether it is longer than the desk takes of its kind. */
  isTooLarge(sha256: string, kind: EvidenceKind): boolean {
    return (this.entries.get(sha256)?.bytes ?? 0) > (kind === 'source-row' ? EVENT_BYTES : MAX_PACKET_BYTES);
  }

  /** Its exact bytes; null where the bundle does not have them. Throws as `content` of the archive does. */
  async bytes(sha256: string): Promise<Uint8Array | null> {
    const entry = this.entries.get(sha256);
    if (entry === undefined) return null;
    const parts: Uint8Array[] = [];
    for await (const part of this.archive.content(entry)) parts.push(part);
    return Buffer.concat(parts);
  }
}
