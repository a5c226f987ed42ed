import { createHash } from 'node:crypto';
import { ArchiveWriter } from '../../electron/audit/archive/archive-writer.ts';
import { MANIFEST_TYPE } from '../../electron/audit/bundle/manifest.ts';
import { readCanonical } from '../../electron/audit/log/canonical.ts';
import { pae, writeEnvelope } from '../../electron/audit/statement/dsse.ts';
import { jcs } from '../../electron/evidence/json/jcs.ts';
import type { TestKey } from './synthetic-log.ts';

/** A bundle's files in their order, as somebody takes them apart. */
export type Files = [name: string, content: Buffer][];

export async function repack(files: Files): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const writer = new ArchiveWriter((bytes) => {
    pieces.push(bytes);
  });
  for (const [name, content] of files) await writer.add(name, content);
  await writer.finish();
  return Buffer.concat(pieces);
}

const digest = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const EVIDENCE = /^evidence\/[0-9a-f]{64}\./;

export function contentOf(files: Files, name: string): Buffer {
  return files.find(([one]) => one === name)?.[1] ?? Buffer.alloc(0);
}

export function replaced(files: Files, name: string, content: Uint8Array): Files {
  return files.map(([one, old]) => [one, one === name ? Buffer.from(content) : old]);
}

/** The files with sums and manifest that fit them again, the manifest's signature as it was. */
export function refitted(files: Files): Files {
  const sums: string[] = [];
  const summed: Files = files.map(([name, content]) => {
    if (name === 'SHA256SUMS') return [name, Buffer.from(sums.join(''))];
    sums.push(`${digest(content)}  ${name}\n`);
    return [name, content];
  });
  const listed = summed
    .filter(([name]) => !name.startsWith('manifest.') && !EVIDENCE.test(name))
    .map(([name, content]) => ({ name, bytes: content.length, sha256: digest(content) }));
  return changedManifest(summed, (manifest) => ({ ...manifest, files: listed }));
}

export type PlainManifest = Record<string, unknown>;

/** A manifest that is none any more stays as it is. */
export function changedManifest(files: Files, change: (manifest: PlainManifest) => PlainManifest): Files {
  const manifest = readCanonical(contentOf(files, 'manifest.json').toString());
  if (typeof manifest !== 'object' || manifest === null) return files;
  return replaced(files, 'manifest.json', jcs(change(Object.fromEntries(Object.entries(manifest)))));
}

/** The files with a signature of their manifest by this key. */
export function signed(files: Files, key: TestKey): Files {
  const payload = contentOf(files, 'manifest.json');
  const signature = { keyid: key.publicHex, sig: key.sign(pae(MANIFEST_TYPE, payload)) };
  const envelope = writeEnvelope({ payloadType: MANIFEST_TYPE, payload, signatures: [signature] });
  return replaced(files, 'manifest.dsse.json', jcs(envelope));
}
