import { describe, expect, test } from 'vitest';
import { printedIn, verifyPrinted } from '../../electron/audit/verify/printed.ts';
import { SeededRandom } from '../bench/random.ts';
import { membersOf } from '../fuzz/exact-json.ts';
import { mutateBytes } from '../fuzz/mutate-bytes.ts';
import { mutateJson } from '../fuzz/mutate-json.ts';
import { mutateNote } from '../fuzz/proofs/mutate-note.ts';
import { unambiguous } from '../fuzz/proofs/plain-json.ts';
import { headOf, makeLog, trust } from './synthetic-bundle.ts';

const log = makeLog(40);
const noteOf = (size: number) => Buffer.from(headOf(log, size)).toString();
const rootIn = (note: string) => Buffer.from(note.split('\n')[2] ?? '', 'base64').toString('hex');
const documentOf = (size: number, note = noteOf(size)) =>
  JSON.stringify({ size: String(size), root: rootIn(noteOf(size)), signed_at: '2026-11-15T00:00:00.000Z', note });

function verdictOf(text: string | Buffer): string {
  const bytes = Buffer.from(text);
  const printed = printedIn(bytes);
  return printed === null ? 'none' : verifyPrinted(bytes, printed, { trust, previous: null }).verdict;
}

/** Whether all readers of JSON find a head there that was signed, with its own size and root beside it. */
function isSaid(text: string): boolean {
  const { note, size, root } = membersOf(unambiguous(text)) ?? {};
  const signed = [7, 40].find((one) => note === noteOf(one));
  return signed !== undefined && size === String(signed) && root === rootIn(noteOf(signed));
}

describe('S61, I6: a head in the document that the command line prints', () => {
  test('is verified as its note is, and fails where what stands beside it is not true of it', () => {
    expect(verdictOf(documentOf(40))).toBe('verified');
    expect(verdictOf(documentOf(40, noteOf(7)))).toBe('failed');
    expect(verdictOf(documentOf(40).replace('"40"', '40'))).toBe('failed');
  });

  test('of thousands of changed ones, none is verified that says another thing', () => {
    const random = new SeededRandom(11);
    let changed = 0;
    for (let n = 0; n < 6_000; n += 1) {
      const size = random.pick([7, 40]);
      const text = random.perMille(300)
        ? documentOf(size, mutateNote(noteOf(size), noteOf(47 - size), random))
        : random.perMille(500)
          ? mutateJson(documentOf(size), random)
          : mutateBytes(Buffer.from(documentOf(size)), Buffer.from(documentOf(47 - size)), random).toString();
      if (isSaid(text) || isExtended(text)) continue;
      changed += 1;
      expect([n, text, verdictOf(text)]).not.toEqual([n, text, 'verified']);
    }
    expect(changed).toBeGreaterThan(3_000);
  });
});

/** A signed head to which lines of others, who are nobody here, were added. */
function isExtended(text: string): boolean {
  const { note } = membersOf(unambiguous(text)) ?? {};
  if (typeof note !== 'string') return false;
  return [7, 40].some((size) => {
    const [head = '', line = ''] = noteOf(size).split('\n\n');
    return note.startsWith(`${head}\n\n`) && note.split('\n').includes(line.trim());
  });
}
