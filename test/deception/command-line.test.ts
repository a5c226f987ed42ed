import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needsShowing } from '../../shared/domain/text/ranges.ts';
import { runCli } from '../contract/desk/cli-driver.ts';
import { HandClock } from '../hosts/hand-clock.ts';
import { FIXTURES, temporaryHome } from '../hosts/test-desk.ts';
import { CORPUS } from './corpus.ts';
import { escalationLine, FIELDS, PLACED, type Placed, TENANT } from './deceptive-escalations.ts';

const MINIMAL = readFileSync(join(FIXTURES, 'packets', 'minimal.vep'));

/** Characters of an output that a terminal would not show for what they are; a line feed ends our own lines. */
const unseen = (output: string) => [...output].filter((character) => needsShowing(character.codePointAt(0) ?? 0));

/** What a line begins with: the name of a fact, in its column of twelve, or the whole of a line that is none. */
const head = (line: string) => (/^(?:[A-Z][A-Za-z ]{0,11}| {12}) /.test(line) ? line.slice(0, 12).trimEnd() : line);
const WARNINGS = /^(Finding|Flagged)\b/;

describe('S65, S66, S67 the command line, with a deception in every field of the agent', () => {
  const home = temporaryHome();
  const cli = (...argv: string[]) => runCli(home.path, home.store, new HandClock(), [...argv, '--store', home.store]);
  const idOf = (placed: Placed, n: number) => placed.id?.text ?? `E-${n}`;
  const show = (id: string, ...more: string[]) =>
    cli('show', '--tenant', TENANT, '--id-json', JSON.stringify(id), ...more);
  let honestHeads: string[];

  beforeAll(async () => {
    const file = join(home.path, 'deceptions.jsonl');
    const lines = [...PLACED.map((placed, n) => escalationLine(n, placed)), escalationLine(PLACED.length, {})];
    writeFileSync(file, `${lines.join('\n')}\n`);
    const { exit, out, err } = await cli('import', file, '--tenant', TENANT);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(unseen(out).filter((character) => character !== '\n')).toEqual([]);
    const honest = await show(`E-${PLACED.length}`);
    honestHeads = honest.out.split('\n').map(head);
    expect(honestHeads.filter((line) => WARNINGS.test(line))).toEqual([]);
  });
  afterAll(() => home.remove());

  it('puts every case of the corpus into some field, and every kind into many', () => {
    const placed = PLACED.flatMap((one) => Object.entries(one));
    expect(placed).toHaveLength(CORPUS.length);
    for (const field of FIELDS) {
      const codes = new Set(placed.filter(([name]) => name === field).map(([, { code }]) => code));
      expect(codes.size, field).toBeGreaterThanOrEqual(4);
    }
  });

  it.each(PLACED.map((placed, n) => [n, placed] as const))(
    'escalation %i: all is flagged above the agent’s words, nothing is raw, no line of the desk is moved',
    async (n, placed) => {
      const { exit, out } = await show(idOf(placed, n));
      expect(exit).toBe(0);
      expect(unseen(out).filter((character) => character !== '\n')).toEqual([]);
      const lines = out.split('\n');
      const words = lines.findIndex((line) => line.startsWith('What the agent says'));
      for (const [field, { name, code }] of Object.entries(placed)) {
        const flag = lines.findIndex((line) => line.startsWith(`Flagged      ${field}: ${code}. `));
        expect(flag, `${name} in ${field}`).toBeGreaterThan(0);
        expect(flag, `${name} in ${field}`).toBeLessThan(words);
      }
      expect(lines.map(head).filter((line) => !WARNINGS.test(line))).toEqual(honestHeads);
    },
  );

  it.each(PLACED.map((placed, n) => [n, placed] as const))(
    'escalation %i: JSON output loses nothing',
    async (n, placed) => {
      const { out } = await show(idOf(placed, n), '--json');
      expect(unseen(out).filter((character) => character !== '\n')).toEqual([]);
      expect(out.trimEnd()).not.toContain('\n');
      const printed = JSON.parse(out);
      const wanted = JSON.parse(escalationLine(n, placed));
      expect(printed.record).toMatchObject(wanted.record);
      const { source_hash: _hash, signed: _signed, ...request } = wanted.request;
      expect(printed.request).toMatchObject(request);
    },
  );

  it('a list has a line for each escalation, whatever stands in its cells', async () => {
    const { out } = await cli('list', '--tenant', TENANT, '--limit', '1000');
    expect(out.trimEnd().split('\n')).toHaveLength(PLACED.length + 2);
    expect(unseen(out).filter((character) => character !== '\n')).toEqual([]);
  });
});

describe('S64, S65 names that others choose', () => {
  const home = temporaryHome();
  const cli = (...argv: string[]) => runCli(home.path, home.store, new HandClock(), argv);
  const gate = JSON.parse(readFileSync(join(FIXTURES, 'trust.json'), 'utf8'))[0] as Record<string, string>;
  afterAll(() => home.remove());

  /** What a file system takes as a name, and leaves room for a folder before it. */
  const names = CORPUS.filter(({ text }) => !/[/\0]/.test(text) && Buffer.byteLength(text) <= 200 && text !== '.');

  it.skipIf(process.platform === 'win32')(
    'of files: verify flags each beside its verdict, and writes none raw',
    async () => {
      const folder = join(home.path, 'files');
      mkdirSync(folder);
      const files = names.map(({ text }) => join(folder, text));
      for (const file of files) writeFileSync(file, MINIMAL);
      const { exit, out } = await cli('verify', '--', ...files);
      expect(exit).toBe(6);
      expect(unseen(out).filter((character) => character !== '\n')).toEqual([]);
      const blocks = out.trimEnd().split('\n\n');
      expect(blocks).toHaveLength(names.length);
      for (const [n, { name, code }] of names.entries()) {
        expect(blocks[n], name).toMatch(new RegExp(`^UNCHECKED .*[^]*\n {2}flagged {3}file name: ${code}\\.`));
      }
      const json = await cli('verify', '--json', '--', ...files);
      expect(unseen(json.out).filter((character) => character !== '\n')).toEqual([]);
      const printed = json.out.trimEnd().split('\n');
      expect(printed.map((line) => (JSON.parse(line) as { file: string }).file)).toEqual(files);
    },
  );

  it('of keys in a trust file: verify flags the key that it used', async () => {
    const [packet, trust] = [join(home.path, 'minimal.vep'), join(home.path, 'trust.json')];
    writeFileSync(packet, MINIMAL);
    let used = 0;
    for (const { name, text, code } of names) {
      writeFileSync(trust, JSON.stringify([{ ...gate, name: text }]));
      const { exit, out, err } = await cli('verify', packet, '--trust', trust);
      expect(unseen(out + err).filter((character) => character !== '\n')).toEqual([]);
      // A name that no trust file may have is refused before anything is judged.
      if (exit === 2) continue;
      used += 1;
      expect(out, name).toMatch(new RegExp(`^ {2}flagged {3}key name: ${code}\\.`, 'm'));
    }
    expect(used).toBeGreaterThan(300);
  });

  it('of tenants: one that passes for another is flagged wherever it is shown', async () => {
    const likes = CORPUS.filter(({ name, text }) => name.startsWith('address') && !text.includes('/'));
    expect(likes.length).toBeGreaterThan(10);
    for (const [n, { text, code }] of likes.entries()) {
      const store = join(home.path, `tenant-${n}.db`);
      const event = ['--event-id', `c0ffee00-0000-4000-8000-${String(n).padStart(12, '0')}`];
      const { exit, out } = await cli('record', '--tenant', text, '--store', store, ...event, 'E-1');
      expect(exit).toBe(0);
      expect(out, text).toMatch(new RegExp(`^Flagged {6}tenant: ${code}\\.`, 'm'));
    }
  });

  it('in a packet: what a check quotes of it is escaped', async () => {
    const capsule = JSON.parse(readFileSync(join(FIXTURES, 'capsules', 'minimal.json'), 'utf8'));
    const files = CORPUS.map(({ text }, n) => {
      const { intent, authority, identity } = capsule;
      const file = join(home.path, `capsule-${n}.json`);
      const told = { ...capsule, intent: { ...intent, note: text, capabilities: [text] } };
      const pillars = {
        authority: { ...authority, nonce: text, reason_code: text },
        identity: { ...identity, aid: text },
      };
      writeFileSync(file, JSON.stringify({ ...told, ...pillars, capsule_id: text }));
      return file;
    });
    const { exit, out } = await cli('verify', '--', ...files);
    expect(exit).toBe(1);
    expect(out.trimEnd().split('\n\n')).toHaveLength(CORPUS.length);
    expect(unseen(out).filter((character) => character !== '\n')).toEqual([]);
  });
});
