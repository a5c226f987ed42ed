import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../helpers/project-root.ts';
import { ReaderRun } from '../helpers/reader-run.ts';

interface Vector {
  name: string;
  sha256: string;
  quick_check: string;
  gzip_base64: string;
  expect?: string;
  why?: string;
}

const vectors = (file: string): Vector[] =>
  readFileSync(join(projectRoot, 'test/fixtures/vectors/sqlite-hostile', file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Vector);

const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
const shaped = vectors('vex-store-shaped.jsonl');
const fuzzed = vectors('sqlite-tests.jsonl');
const runs = new Map<string, ReaderRun>();

const place = (name: string) => join(folder, createHash('sha256').update(name).digest('hex').slice(0, 16));

/** One reader process reads them all, one after the other: none of them may end it or hold it up. */
beforeAll(async () => {
  for (const [kind, all] of [
    ['shaped', shaped],
    ['fuzzed', fuzzed],
  ] as const) {
    const sources = all.map(({ name, gzip_base64 }) => {
      mkdirSync(place(name));
      writeFileSync(join(place(name), 'vex.db'), gunzipSync(Buffer.from(gzip_base64, 'base64')));
      return { path: join(place(name), 'vex.db'), name };
    });
    // A sound one besides: a reader that could read nothing at all ends with a fault instead.
    const sound = { path: join(folder, 'sound.jsonl'), name: 'sound' };
    writeFileSync(sound.path, '{}\n');
    runs.set(kind, await ReaderRun.of([...sources, sound], { tenants: ['t'], folder: join(folder, `work-${kind}`) }));
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function outcome(kind: string, { name }: Vector): 'refuse' | 'import' | 'refuse the row' | 'nothing' {
  const run = runs.get(kind);
  const refused = run?.findings.filter(({ source, severity }) => source === name && severity === 'refused') ?? [];
  if (refused.some(({ locator, code }) => locator === '' && code === 'NOT_A_PACKET')) return 'refuse';
  if (refused.length > 0) return 'refuse the row';
  return run?.records.some(({ source }) => source === name) === true ? 'import' : 'nothing';
}

/** The expectations that leave a choice, and what the desk does. */
const CHOSEN: Record<string, string> = {
  'refuse or import without trusting it': 'refuse',
  'refuse or import': 'refuse|import',
  'import or refuse': 'refuse|import',
  'import or refuse the row': 'import',
  'refuse or import read-only': 'refuse|import',
  'refuse or import after quick_check': 'refuse|import',
  'refuse or a finding': 'refuse',
};

describe('S46-S48: databases in the shape of a VEX store', () => {
  test.each(shaped.map((vector) => [vector.name, vector.expect ?? '', vector] as const))(
    '%s: %s',
    (_, wanted, vector) => {
      expect((CHOSEN[wanted] ?? wanted).split('|')).toContain(outcome('shaped', vector));
    },
  );
});

describe('S46-S48: databases that fuzzers made', () => {
  test.each(fuzzed.map((vector) => [vector.name, vector] as const))('%s is refused', (_, vector) => {
    expect(outcome('fuzzed', vector)).toBe('refuse');
  });
});

describe('the reader, after all of them', () => {
  test.each(['shaped', 'fuzzed'])('came to its end, and wrote nothing raw of theirs: %s', (kind) => {
    const run = runs.get(kind);
    expect(run?.end).not.toBeNull();
    for (const { message } of run?.findings ?? []) expect(message).toMatch(/^[ -~’]+$/);
  });

  test('S47: every source is as it was, with nothing beside it', () => {
    for (const { name, sha256 } of [...shaped, ...fuzzed]) {
      expect(readdirSync(place(name))).toEqual(['vex.db']);
      expect(
        createHash('sha256')
          .update(readFileSync(join(place(name), 'vex.db')))
          .digest('hex'),
      ).toBe(sha256);
    }
  });
});
