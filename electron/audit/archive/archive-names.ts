/**
 * Names in an archive (S71): a relative path of plain names that is one and the same file on Linux, macOS and Windows,
 * and that no shell or tool takes for anything else. What is not surely such is refused; nothing is decoded or mended.
 */
const MAX_NAME_BYTES = 255;
const PLAIN = /^[\p{L}\p{N}\p{M} ._()+,=@-]+$/u;
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;

/** Whether the name may stand in an archive. */
export function isArchiveName(name: string): boolean {
  // A name that NFKC changes can become another path: full-width dots and slashes, superscript digits of devices.
  if (!name.isWellFormed() || name.normalize('NFKC') !== name) return false;
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return false;
  const segments = name.split('/');
  return segments.every(isPlainSegment) && segments.slice(0, -1).every((folder) => !folder.startsWith('.'));
}

function isPlainSegment(segment: string): boolean {
  if (!PLAIN.test(segment) || /[ .]$/.test(segment) || /^[ -]/.test(segment)) return false;
  return !DEVICE.test((segment.split('.')[0] ?? '').trimEnd());
}

/** The names of an archive so far, to see that no two are one file on any of the three systems. */
export class ArchiveNames {
  private readonly files = new Set<string>();
  private readonly folders = new Set<string>();

  /** Whether the name is another file than all before it, and none of them a folder of it; takes it in. */
  add(name: string): boolean {
    const key = folded(name);
    const parents = parentsOf(key);
    if (this.files.has(key) || this.folders.has(key) || parents.some((parent) => this.files.has(parent))) return false;
    this.files.add(key);
    for (const parent of parents) this.folders.add(parent);
    return true;
  }
}

/** Full case folding as far as JavaScript has it: ß and SS, ſ and s, the Kelvin sign and k are one. */
function folded(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

function parentsOf(key: string): string[] {
  const segments = key.split('/');
  return segments.slice(1).map((_, n) => segments.slice(0, n + 1).join('/'));
}
