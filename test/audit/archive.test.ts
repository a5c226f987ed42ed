import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  centralHeader,
  dataDescriptor,
  directoryEnd,
  localHeader,
  MAX_32,
} from '../../electron/audit/archive/archive-form.ts';
import { isArchiveName } from '../../electron/audit/archive/archive-names.ts';
import { ArchiveFault, openArchive } from '../../electron/audit/archive/archive-reader.ts';
import { ArchiveWriter } from '../../electron/audit/archive/archive-writer.ts';
import { type ByteSource, bytesAsSource } from '../../electron/audit/archive/byte-source.ts';
import { projectRoot } from '../helpers/project-root.ts';

const folder = join(projectRoot, 'test/fixtures/vectors/archive-names');
const names = readFileSync(join(folder, 'names.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { name: string; refuse: boolean; why: string });
const { sets } = JSON.parse(readFileSync(join(folder, 'collisions.json'), 'utf8')) as {
  sets: { names: string[]; why: string; link?: { name: string; target: string } }[];
};

type File = readonly [name: string, content: Uint8Array];
const text = (words: string) => Buffer.from(words);

async function written(files: readonly File[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const writer = new ArchiveWriter((bytes) => {
    pieces.push(bytes);
  });
  for (const [name, content] of files) await writer.add(name, content);
  await writer.finish();
  return Buffer.concat(pieces);
}

/** Every file of a container, read to its end; the code where it is refused. */
async function read(source: ByteSource): Promise<Map<string, string> | string> {
  try {
    const archive = await openArchive(source);
    const files = new Map<string, string>();
    for await (const entry of archive.entries()) {
      const pieces: Uint8Array[] = [];
      for await (const piece of archive.content(entry)) pieces.push(piece);
      files.set(entry.name, Buffer.concat(pieces).toString());
    }
    return files;
  } catch (error) {
    if (error instanceof ArchiveFault) return error.code;
    throw error;
  }
}
const readBytes = (bytes: Uint8Array) => read(bytesAsSource(bytes));

/** A container with one central header changed after it was made. */
async function withHeader(name: string, change: (header: Buffer) => void): Promise<Buffer> {
  const bytes = await written([[name, text('content')]]);
  change(bytes.subarray(bytes.indexOf('PK\u0001\u0002')));
  return bytes;
}

describe('S71: what stands in a container', () => {
  test.each(names.map((one) => [one.why, one] as const))('name: %s', async (_, one) => {
    expect(isArchiveName(one.name)).toBe(!one.refuse);
    const found = await readBytes(await written([[one.name, text('x')]]));
    expect(found).toEqual(one.refuse ? 'UNSAFE_NAME' : new Map([[one.name, 'x']]));
  });

  test.each(sets.map((one) => [one.why, one] as const))('together: %s', async (_, one) => {
    const files = one.names.map((name) => [name, text(one.link?.target ?? 'x')] as const);
    const bytes = await written(files);
    if (one.link !== undefined) bytes.writeUInt32LE(0o120777 * 0x10000, bytes.indexOf('PK\u0001\u0002') + 38);
    expect(['UNSAFE_NAME', 'COLLIDING_NAMES', 'NOT_A_FILE']).toContain(await readBytes(bytes));
  });

  test('compressed content is refused before a byte of it is inflated', async () => {
    const bomb = deflateRawSync(Buffer.alloc(10_000_000));
    const bytes = await written([['bomb.txt', bomb]]);
    bytes.writeUInt16LE(8, bytes.indexOf('PK\u0001\u0002') + 10);
    expect(await readBytes(bytes)).toBe('COMPRESSED');
  });

  test('two entries that share their bytes, and bytes that belong to none, are refused', async () => {
    const one = await written([['a.txt', text('shared')]]);
    const data = one.subarray(0, one.indexOf('PK\u0001\u0002'));
    const entry = (name: string) => centralHeader({ name, crc32: 0, bytes: 6, at: 0 });
    const overlap = [entry('a.txt'), entry('b.txt')];
    const directory = Buffer.concat(overlap);
    const end = directoryEnd({ entries: 2, at: data.length, bytes: directory.length });
    expect(await readBytes(Buffer.concat([data, directory, end]))).toBe('OUT_OF_PLACE');
    const shifted = Buffer.concat([text('hidden'), one]);
    expect(await readBytes(shifted)).toBe('ARCHIVE_FORM');
  });

  test('a directory that claims what is not there is refused without being believed', async () => {
    const bytes = await written([['a.txt', text('x')]]);
    const huge = directoryEnd({ entries: 2 ** 40, at: 2 ** 45, bytes: 2 ** 44 });
    expect(await readBytes(Buffer.concat([bytes, huge]))).toBe('ARCHIVE_FORM');
    const many = directoryEnd({ entries: 2 ** 40, at: 0, bytes: 0 });
    expect(await readBytes(many)).toBe('TOO_MANY_FILES');
    const size = await withHeader('a.txt', (header) => header.writeUInt32LE(MAX_32 - 1, 24));
    expect(await readBytes(size)).toBe('ARCHIVE_FORM');
  });

  test('a flag, an attribute or a time that no writer of ours sets is refused', async () => {
    for (const at of [4, 6, 8, 12, 14, 16, 20, 30, 34, 36, 38, 42]) {
      const bytes = await withHeader('a.txt', (header) => header.writeUInt8(header.readUInt8(at) ^ 1, at));
      expect(typeof (await readBytes(bytes)), String(at)).toBe('string');
    }
  });

  test('a ZIP that another program wrote is said to be one, not to hold links or folders', async () => {
    const bytes = await written([['a.txt', text('x')]]);
    // Without a type, as zipfile of Python has it; an MS-DOS folder has no type, either.
    bytes.writeUInt32LE(0o600 * 0x10000, bytes.indexOf('PK\u0001\u0002') + 38);
    expect(await readBytes(bytes)).toBe('ARCHIVE_FORM');
    await expect(openArchive(bytesAsSource(bytes))).rejects.toThrow('as the desk writes it');
  });

  test('no byte of a container can be changed or cut off unseen', async () => {
    const bytes = await written([
      ['a.txt', text('content')],
      [`evidence/${'0'.repeat(64)}.vep`, text('packet')],
    ]);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ (1 << (at % 8)), at);
      expect(typeof (await readBytes(changed)), String(at)).toBe('string');
      expect(typeof (await readBytes(bytes.subarray(0, at))), String(at)).toBe('string');
    }
  });

  test('pieces of evidence stand in the order of their names, each once', async () => {
    const name = (digit: string) => `evidence/${digit.repeat(64)}.vep`;
    for (const pair of [
      ['1', '0'],
      ['1', '1'],
    ]) {
      const files = pair.map((digit) => [name(digit), text('x')] as const);
      expect(await readBytes(await written(files))).toBe('COLLIDING_NAMES');
    }
    expect(
      await readBytes(
        await written([
          ['evidence', text('x')],
          [name('1'), text('x')],
        ]),
      ),
    ).toBe('COLLIDING_NAMES');
  });

  test('what is written is read, in any number and size, and the same files give the same bytes', async () => {
    const file = fc.tuple(fc.stringMatching(/^[a-z]{1,9}\.txt$/), fc.uint8Array({ maxLength: 3000 }));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(file, { selector: ([name]) => name, maxLength: 9 }), async (files) => {
        const bytes = await written(files);
        expect(await written(files)).toEqual(bytes);
        expect(await readBytes(bytes)).toEqual(
          new Map(files.map(([name, content]) => [name, Buffer.from(content).toString()])),
        );
      }),
      { numRuns: 40 },
    );
  });

  test('70,000 files need the wide end, and are read', async () => {
    const files = Array.from({ length: 70_000 }, (_, n) => [`f/${n}`, text('')] as const);
    const found = await readBytes(await written(files));
    expect(typeof found === 'string' ? found : found.size).toBe(70_000);
  });

  test('a file of 5 GiB and the one after it have sizes and places of 64 bits', async () => {
    const bytes = 5 * 2 ** 30;
    const first = { name: 'big.bin', crc32: 0, bytes, at: 0 };
    const before = localHeader(first.name).length + bytes + dataDescriptor(first).length;
    const second = { name: 'next.txt', crc32: 0, bytes: 0, at: before };
    const last = Buffer.concat([dataDescriptor(first), localHeader(second.name), dataDescriptor(second)]);
    const at = localHeader(first.name).length + bytes;
    const headers = Buffer.concat([centralHeader(first), centralHeader(second)]);
    const end = directoryEnd({ entries: 2, at: at + last.length, bytes: headers.length });
    const archive = await openArchive(
      sparse([
        [0, localHeader(first.name)],
        [at, Buffer.concat([last, headers, end])],
      ]),
    );
    expect([...archive.files.values()]).toEqual([first, second]);
    const next = archive.content(second);
    expect((await next.next()).done).toBe(true);
  });
});

/** A source that is zero but for some pieces. */
function sparse(pieces: readonly (readonly [at: number, bytes: Buffer])[]): ByteSource {
  const size = Math.max(...pieces.map(([at, bytes]) => at + bytes.length));
  return {
    size,
    read(at, length) {
      const out = Buffer.alloc(length);
      for (const [start, bytes] of pieces) {
        for (let n = Math.max(at, start); n < Math.min(at + length, start + bytes.length); n += 1) {
          out[n - at] = bytes[n - start] as number;
        }
      }
      return Promise.resolve(out);
    },
  };
}
