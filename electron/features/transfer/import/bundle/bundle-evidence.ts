import type { EvidenceKind } from '../../../../../shared/domain/escalation.ts';
import { type ArchiveEntry, contentPlace } from '../../../../audit/archive/archive-form.ts';
import { type Archive, ArchiveFault, EVIDENCE_NAME } from '../../../../audit/archive/archive-reader.ts';
import type { ByteSource } from '../../../../audit/archive/byte-source.ts';
import { sha256Hex } from '../../../writing.ts';

const KINDS: Readonly<Record<string, EvidenceKind>> = {
  vep: 'vep',
  capsule: 'capsule',
  token: 'token',
  row: 'source-row',
};
const HASH_AT = 'evidence/'.length;

/** The pieces of evidence that a bundle has as files, by SHA-256. Keeps where each lies, not its bytes. */
export class BundledPieces {
  private readonly source: ByteSource;
  private readonly entries: ReadonlyMap<string, ArchiveEntry>;

  private constructor(source: ByteSource, entries: ReadonlyMap<string, ArchiveEntry>) {
    this.source = source;
    this.entries = entries;
  }

  static async of(archive: Archive, source: ByteSource): Promise<BundledPieces> {
    const entries = new Map<string, ArchiveEntry>();
    for await (const entry of archive.entries()) {
      if (EVIDENCE_NAME.test(entry.name)) entries.set(entry.name.slice(HASH_AT, HASH_AT + 64), entry);
    }
    return new BundledPieces(source, entries);
  }

  /** What its file's name says that it is; null where the bundle does not have its bytes. */
  kindOf(sha256: string): EvidenceKind | null {
    const name = this.entries.get(sha256)?.name;
    return name === undefined ? null : (KINDS[name.slice(name.lastIndexOf('.') + 1)] ?? null);
  }

  /** Its length; 0 where the bundle does not have its bytes. */
  sizeOf(sha256: string): number {
    return this.entries.get(sha256)?.bytes ?? 0;
  }

  /** Its exact bytes; null where the bundle does not have them. DAMAGED where they are others by now. */
  async bytes(sha256: string): Promise<Uint8Array | null> {
    const entry = this.entries.get(sha256);
    if (entry === undefined) return null;
    const { at, length } = contentPlace(entry);
    const bytes = await this.source.read(at, length);
    if (sha256Hex(bytes) !== sha256) throw new ArchiveFault('DAMAGED', `${entry.name} was changed while it was read.`);
    return bytes;
  }
}
