import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { leafHash } from '../../electron/audit/log/leaf.ts';
import { jcs } from '../../electron/evidence/json/jcs.ts';
import { EVENT_VERSIONS, LedgerEvent } from '../../shared/domain/ledger-event.ts';
import { projectRoot } from '../helpers/project-root.ts';

const FOLDER = join(projectRoot, 'test', 'fixtures', 'ledger-events');
const linesOf = (name: string) => readFileSync(join(FOLDER, name), 'utf8').trimEnd().split('\n');
/** A leaf of every kind and version that was ever written, and the hash it had. Lines are added, never changed. */
const LEAVES = linesOf('leaves.jsonl');
const HASHES = linesOf('leaf-hashes.txt');

type Schema = z.ZodObject<{ kind: z.ZodLiteral<string>; v: z.ZodLiteral<number> }>;
/** Every kind in every version that the schema knows, as `kind v`. */
function known(): string[] {
  const options = LedgerEvent.options.flatMap((one): unknown[] => ('options' in one ? [...one.options] : [one]));
  return options.map((one) => {
    const { kind, v } = (one as Schema).shape;
    return `${kind.value} ${v.value}`;
  });
}

test.each(LEAVES.map((line, n) => [JSON.parse(line) as { kind: string; v: number }, line, HASHES[n]] as const))(
  'a released event stays readable, byte for byte: $kind $v',
  (_leaf, line, hash) => {
    const read = LedgerEvent.parse(JSON.parse(line));
    expect(Buffer.from(jcs(read)).toString()).toBe(line);
    expect(Buffer.from(leafHash(Buffer.from(line))).toString('hex')).toBe(hash);
    // A schema is strict: what another version says is not this one's.
    expect(LedgerEvent.safeParse({ ...read, more: 1 }).success).toBe(false);
    expect(LedgerEvent.safeParse({ ...read, v: read.v + 2 }).success).toBe(false);
  },
);

test('each kind and version has its released leaf, and the newest version is the one that is written', () => {
  const released = LEAVES.map((line) => LedgerEvent.parse(JSON.parse(line))).map(({ kind, v }) => `${kind} ${v}`);
  expect(released.toSorted()).toEqual(known().toSorted());
  for (const [kind, version] of Object.entries(EVENT_VERSIONS)) {
    const versions = released.filter((one) => one.startsWith(`${kind} `)).map((one) => Number(one.split(' ')[1]));
    expect([kind, Math.max(...versions)]).toEqual([kind, version]);
  }
  expect(HASHES).toHaveLength(LEAVES.length);
});
