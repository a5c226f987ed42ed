import { z } from 'zod';
import { DecimalText, Instant, Sha256Hex, Uuid } from '../../../shared/domain/escalation.ts';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { readCanonical } from '../log/canonical.ts';
import { type Extent, listedFiles, SHARD } from './layout.ts';

export const BUNDLE_FORMAT = 'vex-review-desk/bundle';
export const BUNDLE_VERSION = 1;
/** The payload type of the manifest's DSSE envelope. */
export const MANIFEST_TYPE = 'application/vnd.vex-review-desk.bundle-manifest.v1+json';

const Count = z.number().int().nonnegative();
const Head = z.strictObject({ size: DecimalText, root: Sha256Hex });
const FieldName = z.string().regex(/^[a-z_]{1,64}$/, 'is no name of a field');
const FieldCounts = z.record(FieldName, Count.min(1));

/** What a bundle says of itself (docs/formats/bundle.md, "Manifest"). It never changes; a new one gets a new version. */
export const Manifest = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  version: z.literal(BUNDLE_VERSION),
  /** Program and version; the bytes depend on it. */
  generator: z.string().min(1).max(200),
  tenant: Uuid,
  /** The log's name, as in its checkpoints. */
  origin: z.string().min(1).max(200),
  /** What was asked for; the log's entries outside it are here as hashes. */
  period: z.strictObject({ from: Instant.nullable(), to: Instant.nullable() }),
  query: z.record(z.string(), z.union([z.string(), z.boolean(), z.null(), z.number().int()])),
  /** Entries `from` up to, not with, `to`; all of them are here. */
  range: z.strictObject({ from: DecimalText, to: DecimalText }),
  entries: z.strictObject({ whole: Count, hashed: Count }),
  /** Whole entries that record a decision, with its signed statement and (older ones) without. */
  decisions: z.strictObject({ signed: Count, unsigned: Count }),
  evidence: z.strictObject({ files: Count, hashes: Count, removed: Count }),
  records: Count,
  /** Records of the tenant that the query left out. */
  records_left_out: Count,
  /** Fields of whole entries that are not here: chosen for this bundle, or gone from the desk before. */
  withheld: z.strictObject({ redacted: FieldCounts, removed: FieldCounts }),
  checkpoint: Head,
  previous: Head.nullable(),
  files: z.array(z.strictObject({ name: z.string(), bytes: Count, sha256: Sha256Hex })),
});
export type Manifest = z.infer<typeof Manifest>;

export type ManifestRead =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly code: 'MANIFEST_FORM' | 'UNKNOWN_VERSION'; readonly why: string };

const AnyManifest = z.looseObject({ format: z.literal(BUNDLE_FORMAT), version: z.number() });

/** The manifest that the bytes are: canonical, of this version, and listing exactly the files that it must. */
export function readManifest(bytes: Uint8Array): ManifestRead {
  const any = AnyManifest.safeParse(readCanonical(decodeUtf8(bytes)));
  if (!any.success) return refuse('MANIFEST_FORM', 'Its manifest is no manifest of a bundle in canonical form.');
  if (any.data.version !== BUNDLE_VERSION) {
    return refuse(
      'UNKNOWN_VERSION',
      `It is a bundle of version ${any.data.version}; this desk knows version ${BUNDLE_VERSION}.`,
    );
  }
  const manifest = Manifest.safeParse(any.data);
  if (!manifest.success) {
    return refuse(
      'MANIFEST_FORM',
      `Its manifest does not fit its schema at ${manifest.error.issues[0]?.path.join('.')}.`,
    );
  }
  return hasItsFiles(manifest.data)
    ? { ok: true, manifest: manifest.data }
    : refuse('MANIFEST_FORM', 'Its manifest does not list the files that a bundle of its range has.');
}

function hasItsFiles(manifest: Manifest): boolean {
  const { from, to } = rangeOf(manifest);
  const { checkpoint, previous, entries, files } = manifest;
  if (!Number.isSafeInteger(to) || from > to || entries.whole + entries.hashed !== to - from) return false;
  if (checkpoint.size !== manifest.range.to || (previous !== null && Number(previous.size) > to)) return false;
  const extent = extentOf(manifest);
  // A manifest of a few bytes may claim any number of entries.
  if ((extent.entries + extent.statements + extent.evidence) / SHARD > files.length) return false;
  const expected = listedFiles(extent);
  return expected.length === files.length && expected.every((name, n) => files[n]?.name === name);
}

/** The name of a tenant's log: its key's name too. `tenant` is the tenant's uid. */
export function originOf(tenant: string): string {
  return `vex-review-desk/log/${tenant}`;
}

/** The log's entries that the bundle is about. */
export function rangeOf({ range }: Pick<Manifest, 'range'>): { from: number; to: number } {
  return { from: Number(range.from), to: Number(range.to) };
}

export function extentOf(manifest: Omit<Manifest, 'files'>): Extent {
  const { from, to } = rangeOf(manifest);
  const { files, hashes, removed } = manifest.evidence;
  const older = manifest.previous === null ? null : Number(manifest.previous.size);
  return {
    entries: to - from,
    statements: manifest.decisions.signed,
    evidence: files + hashes + removed,
    previous: older !== null,
    proof: older !== null && older !== 0 && older !== to,
  };
}

/** The fields that were withheld, by name and number of entries; null where none was. */
export function withheldText({ withheld }: Pick<Manifest, 'withheld'>): string | null {
  const texts = (['redacted', 'removed'] as const).flatMap((why) =>
    Object.entries(withheld[why])
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => `${name} ${why} in ${count}`),
  );
  return texts.length === 0 ? null : texts.join(', ');
}

function refuse(code: 'MANIFEST_FORM' | 'UNKNOWN_VERSION', why: string): ManifestRead {
  return { ok: false, code, why };
}
