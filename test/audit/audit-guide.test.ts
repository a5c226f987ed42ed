import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprintOf } from '../../electron/evidence/trust/fingerprint.ts';
import { bundleBytes, bundleInput, desk, makeLog, reviewer } from './synthetic-bundle.ts';
import { unpack } from './unpack.ts';

const TOOLS = ['sh', 'openssl', 'sha256sum', 'base64'];
const lacking = TOOLS.find((tool) => spawnSync(tool, ['--help'], { stdio: 'ignore' }).error !== undefined);
const log = makeLog(12, { signer: () => reviewer });
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'audit-guide-'));
  for (const [name, content] of await unpack(await bundleBytes(bundleInput(log, { previous: 5 })))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (command: string) => execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
const guide = () => run('cat AUDIT.md');
/** The commands that the page tells a person to type, but for those of ours and those that need a network. */
const commands = () =>
  guide()
    .split('\n')
    .filter((line) => line.startsWith('    '))
    .map((line) => line.trim())
    .filter((line) => !/^([0-9a-f]{64}$|vex-review-desk |go run )/.test(line));

/** The commands that fail in a copy of the folder after something was done to it. */
function failingAfter(spoil: string): string[] {
  const copy = mkdtempSync(join(tmpdir(), 'audit-spoilt-'));
  try {
    cpSync(folder, copy, { recursive: true });
    execFileSync('sh', ['-c', spoil], { cwd: copy });
    return commands().filter((command) => spawnSync('sh', ['-c', command], { cwd: copy }).status !== 0);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

describe.skipIf(lacking !== undefined)(
  `AUDIT.md by hand${lacking === undefined ? '' : ` (no ${lacking} here)`}`,
  () => {
    test('every command of it runs as it stands, and says that all is well', () => {
      const said = commands().map((command) => run(command));
      expect(said.filter((text) => text.includes('Signature Verified Successfully'))).toHaveLength(3);
      expect(said.join('')).not.toMatch(/FAILED/);
      expect(said.join('')).toContain('log/entries-00000.jsonl: OK');
    });

    test('the fingerprints that it computes are the keys’', () => {
      const said = commands()
        .map((command) => run(command))
        .join('');
      expect(said).toContain(fingerprintOf(desk.publicHex));
      expect(said).toContain(fingerprintOf(reviewer.publicHex));
      expect(guide()).toContain(fingerprintOf(desk.publicHex));
    });

    test.each([
      ['a piece of evidence', 'evidence/*.vep'],
      ['the entries', 'log/entries-00000.jsonl'],
      ['the records', 'records/records.json'],
      ['the checkpoint', 'checkpoint.txt'],
    ])('%s replaced, and the sums fitted again: a command says so', (_, pattern) => {
      const fit = 'cut -c 67- SHA256SUMS | while read -r name; do sha256sum "$name"; done > new && mv new SHA256SUMS';
      expect(failingAfter(`for file in ${pattern}; do echo other > "$file"; done; ${fit}`)).not.toEqual([]);
    });

    test('another statement in the example’s entry, and another head: the commands that compare them say so', () => {
      const statement = failingAfter(`sed -i 's/"payload":"e/"payload":"f/' example/decision/leaf.json`);
      expect(statement.some((command) => command.includes('cmp - example/decision/pae.bin'))).toBe(true);
      const head = failingAfter(`sed -i '2s/$/0/' checkpoint.txt`);
      expect(head.some((command) => command.includes('cmp - example/head/signed.bin'))).toBe(true);
    });

    test('the root that it prints is the one that it computes', () => {
      const root = commands().find((command) => command.includes('od -An'));
      expect(guide()).toContain(`root \`${run(root ?? '')}\``);
    });

    test.each(['example/decision/pae.bin', 'example/head/signed.bin', 'manifest.json'])(
      'a byte more in %s, and its signature does not hold',
      (name) => {
        const about = commands().filter((line) => line.includes(name) || line.includes('manifest.pae'));
        run(`cp ${name} kept && printf x >> ${name}`);
        expect(() => run(about.join(' && '))).toThrow();
        run(`mv kept ${name} && ${about.join(' && ')}`);
      },
    );
  },
);
