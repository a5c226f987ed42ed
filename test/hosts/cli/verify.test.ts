import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Check } from '../../../shared/domain/verdict.ts';
import { runCli } from '../../contract/desk/cli-driver.ts';
import { HandClock } from '../hand-clock.ts';
import { realCli, startCli } from '../real-cli.ts';
import { FIXTURES, temporaryHome } from '../test-desk.ts';

const TRUST = join(FIXTURES, 'trust.json');
const NOW = '2026-11-15T12:00:00Z';
const BY_GATE = ['--trust', TRUST, '--at', NOW];
const packet = (name: string) => join(FIXTURES, 'packets', name);
const token = (name: string) => join(FIXTURES, 'tokens', name);

interface Verdict {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly kind: string;
  readonly verdict: string;
  readonly findings: readonly string[];
  readonly checks: readonly Check[];
}

/** `desk verify` as docs/guide/command-line.md promises it. */
describe('verify', () => {
  const home = temporaryHome();
  const cli = (...argv: string[]) => runCli(home.path, home.store, new HandClock(), ['verify', ...argv]);
  const verdicts = (out: string) =>
    out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Verdict);
  const file = (name: string, bytes: string | Uint8Array) => {
    const path = join(home.path, name);
    writeFileSync(path, bytes);
    return path;
  };
  afterAll(() => home.remove());

  test('a Verdict a line, with the members of the promise and in their order', async () => {
    const { exit, out, err } = await cli('--json', packet('minimal.vep'), ...BY_GATE);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(Object.keys(JSON.parse(out))).toEqual([
      ...['file', 'sha256', 'bytes', 'kind', 'verdict', 'profile', 'generation', 'canonicalization'],
      ...['root', 'header', 'findings', 'checks'],
    ]);
    const [verdict] = verdicts(out);
    for (const check of verdict?.checks ?? [])
      expect(Object.keys(check)).toEqual(['name', 'verdict', 'code', 'detail']);
    expect(JSON.parse(out).header).toMatchObject({ version: 3, nonce: expect.stringMatching(/^\d+$/) });
  });

  test('every packet fixture comes out as its expectation says, in one call (I6)', async () => {
    const expected = expectations('packets');
    const { exit, out } = await cli('--json', ...expected.map(({ file: name }) => packet(String(name))), ...BY_GATE);
    expect(exit).toBe(1);
    const found = verdicts(out);
    expect(found).toHaveLength(expected.length);
    for (const [n, { checks, sha256 }] of expected.entries()) {
      expect(found[n]?.sha256).toBe(sha256);
      expect({ file: found[n]?.file, checks: asExpected(found[n]?.checks ?? []) }).toEqual({
        file: found[n]?.file,
        checks: present(checks as Record<string, string>),
      });
    }
  });

  test.each([
    ['all verified', 0, ['runtime-plain.vep'], []],
    ['something failed', 1, ['runtime-plain.vep', 'flip-root.vep', 'shadow.vep'], []],
    ['nothing failed, something unchecked', 6, ['runtime-plain.vep', 'shadow.vep'], []],
    ['the unchecked one allowed', 0, ['runtime-plain.vep', 'shadow.vep'], ['--allow-unchecked', 'stark']],
    ['another one allowed', 6, ['shadow.vep'], ['--allow-unchecked', 'pcrs']],
    ['a failed one allowed, which helps nothing', 1, ['flip-signature.vep'], ['--allow-unchecked', 'signature']],
  ])('exit code: %s is %i', async (_name, exit, names, options) => {
    expect((await cli(...names.map(packet), ...BY_GATE, ...options)).exit).toBe(exit);
  });

  test('--allow-unchecked changes the exit code alone', async () => {
    const plain = await cli('--json', packet('shadow.vep'), ...BY_GATE);
    const allowed = await cli('--json', packet('shadow.vep'), ...BY_GATE, '--allow-unchecked', 'stark');
    expect(allowed.out).toBe(plain.out);
  });

  test('without a trust file nobody is trusted: the signature is unchecked (I6)', async () => {
    const { exit, out } = await cli('--json', packet('minimal.vep'));
    expect(exit).toBe(6);
    expect(verdicts(out)[0]?.checks).toContainEqual(
      expect.objectContaining({ name: 'signature', verdict: 'unchecked', code: 'NO_KEY' }),
    );
  });

  test('the role says whose key is needed: a resolution’s may be a reviewer’s, a request’s may not', async () => {
    const trust = JSON.parse(readFileSync(TRUST, 'utf8')) as { name: string; purpose: string }[];
    const asReviewer = trust.map((key) => (key.name === 'gate' ? { ...key, purpose: 'reviewer' } : key));
    const path = file('reviewer.json', JSON.stringify(asReviewer));
    const of = async (role: string, trusted: string) =>
      (await cli(packet('minimal.vep'), '--role', role, '--trust', trusted, '--at', NOW)).exit;
    expect(await of('resolution', TRUST)).toBe(0);
    expect(await of('resolution', path)).toBe(0);
    expect(await of('escalation', path)).toBe(1);
  });

  test('--at judges lifetimes by that instant', async () => {
    const at = (instant: string) => cli(token('v17-valid.json'), '--trust', TRUST, '--at', instant);
    expect((await at('2026-11-01T13:28:35Z')).exit).toBe(0);
    expect((await at('2026-11-15T12:00:00Z')).exit).toBe(1);
  });

  test('a token’s bindings stand in lines of their own, words first', async () => {
    const { out } = await cli(packet('token-other-aid.vep'), ...BY_GATE);
    expect(out).toMatch(/^FAILED {4}.*token-other-aid\.vep\n {2}8 of 9 checks verified; failed: token\.binding\.\n/);
    expect(out).toMatch(/^ {2}failed {4}token\.binding {3}.*\(AID_DIFFERS\)$/m);
  });

  test('bytes that are no evidence have a verdict: kind unknown, structure failed, exit 1', async () => {
    const { exit, out } = await cli('--json', file('notes.txt', 'hello'), file('empty', ''));
    expect(exit).toBe(1);
    for (const verdict of verdicts(out)) {
      expect(verdict).toMatchObject({ kind: 'unknown', verdict: 'failed' });
      expect(verdict.checks).toMatchObject([{ name: 'structure', verdict: 'failed' }]);
    }
  });

  test('what is larger than evidence may be fails its structure, and its SHA-256 is of all of it', async () => {
    const recipe = JSON.parse(readFileSync(packet('oversize.recipe.json'), 'utf8')) as Record<string, number>;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(recipe.append_zero_bytes ?? 0);
    const bytes = Buffer.concat([
      readFileSync(packet('minimal.vep')),
      Buffer.from([recipe.append_type ?? 0]),
      length,
      Buffer.alloc(recipe.append_zero_bytes ?? 0),
    ]);
    const { exit, out } = await cli('--json', file('oversize.vep', bytes), ...BY_GATE);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(exit).toBe(1);
    expect(verdicts(out)).toMatchObject([
      { kind: 'vep', bytes: bytes.length, sha256, checks: [{ name: 'structure', verdict: 'failed' }] },
    ]);
  });

  test('a file that cannot be read is exit 2, named on standard error; the others are judged all the same', async () => {
    const [folder, missing] = [join(home.path, 'folder'), join(home.path, 'no\u202esuch')];
    mkdirSync(folder);
    const { exit, out, err } = await cli('--json', folder, packet('minimal.vep'), missing, ...BY_GATE);
    expect(exit).toBe(2);
    expect(verdicts(out).map(({ verdict }) => verdict)).toEqual(['verified']);
    expect(JSON.parse(err).error).toMatchObject({
      code: 'INVALID_INPUT',
      details: {
        files: [
          { file: folder, cause: 'EISDIR' },
          { file: missing, cause: 'ENOENT' },
        ],
      },
    });
    expect((await cli(missing, packet('flip-root.vep'), ...BY_GATE)).exit).toBe(1);
    expect((await cli(missing, packet('shadow.vep'), ...BY_GATE)).exit).toBe(2);
  });

  test.runIf(process.platform === 'linux')('what never ends is no evidence: exit 2, in bounded memory', async () => {
    const { exit, out, err } = await cli('--json', '/dev/zero');
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(JSON.parse(err).error.details.files).toEqual([{ file: '/dev/zero', cause: 'TOO_LONG' }]);
  });

  test.each([
    ['no file', []],
    ['a trust file that is not there', [packet('minimal.vep'), '--trust', '/no/such']],
    ['a trust file that is none', [packet('minimal.vep'), '--trust', packet('expected.json')]],
    ['a role that is none', [packet('minimal.vep'), '--role', 'gate']],
    ['an instant that is none', [packet('minimal.vep'), '--at', 'yesterday']],
    ['a check that is none', [packet('minimal.vep'), '--allow-unchecked', 'everything']],
    ['an opening that is none', [packet('minimal.vep'), '--opening', TRUST]],
  ])('exit 2 for %s, before anything is judged', async (_name, argv) => {
    const { exit, out, err } = await cli('--json', ...argv);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(JSON.parse(err).error.code).toBe('INVALID_INPUT');
  });

  test('--previous is taken, and that it was for nothing here is said', async () => {
    const { exit, err } = await cli(packet('minimal.vep'), ...BY_GATE, '--previous', TRUST);
    expect(exit).toBe(0);
    expect(err).toContain('--previous');
  });
});

describe('verify --opening', () => {
  const home = temporaryHome();
  afterAll(() => home.remove());
  const [known, other] = JSON.parse(readFileSync(join(FIXTURES, 'shadow', 'commitments.json'), 'utf8')) as {
    commitment_hash: string;
    prompt: string;
    salt_hex: string;
  }[];
  const shadow = join(home.path, 'shadow.vep');
  const run = async (opening: object | undefined, path = shadow) => {
    const asked = join(home.path, 'opening.json');
    writeFileSync(asked, JSON.stringify({ prompt: known?.prompt, salt_hex: known?.salt_hex, ...opening }));
    const argv = ['verify', '--json', path, '--trust', TRUST, '--at', NOW, '--opening', asked];
    const { out, err } = await runCli(home.path, home.store, new HandClock(), argv);
    const checks = (JSON.parse(out) as Verdict).checks;
    return { err, opening: checks.find(({ name }) => name === 'opening') };
  };

  beforeAll(() => {
    const text = readFileSync(packet('shadow.vep')).toString('latin1');
    const commitment = /"commitment_hash":"([0-9a-f]{64})"/.exec(text)?.[1] ?? '?';
    writeFileSync(shadow, Buffer.from(text.replaceAll(commitment, known?.commitment_hash ?? ''), 'latin1'));
  });

  test('says whether prompt and salt open the commitment, and that it binds 64 bits only', async () => {
    expect((await run({})).opening).toMatchObject({
      verdict: 'verified',
      code: 'OPENED',
      detail: expect.stringContaining('64 bits'),
    });
    expect((await run({ prompt: other?.prompt, salt_hex: other?.salt_hex })).opening).toMatchObject({
      verdict: 'failed',
      code: 'NOT_OPENED',
    });
  });

  test('does not apply to an intent that has no commitment, and says so', async () => {
    const { opening, err } = await run({}, packet('minimal.vep'));
    expect(opening).toBeUndefined();
    expect(err).toContain('--opening');
  });
});

describe('the built verify', () => {
  const home = temporaryHome();
  afterAll(() => home.remove());

  test('needs no store and makes none: no data folder, nothing beside the files', async () => {
    const folder = join(home.path, 'never');
    const { exit, err } = await realCli(folder, 'verify', packet('minimal.vep'), ...BY_GATE);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(existsSync(folder)).toBe(false);
  });

  test.skipIf(process.platform === 'win32')(
    'in a pipeline whose reader goes away it still says that something failed',
    async () => {
      const program = startCli(home.path, [
        'verify',
        '--json',
        ...Array.from({ length: 200 }, () => packet('minimal.vep')),
        packet('flip-root.vep'),
        ...BY_GATE,
      ]);
      program.child.stdout.destroy();
      const { exit, err } = await program.ended;
      expect({ exit, err }).toEqual({ exit: 1, err: '' });
    },
  );

  test('Ctrl-C stops it: 130, and how many files were judged is said', async () => {
    const large = join(home.path, 'large.vep');
    writeFileSync(large, '');
    truncateSync(large, 64 * 1024 ** 3);
    const program = startCli(home.path, ['verify', '--json', packet('minimal.vep'), large, ...BY_GATE]);
    await new Promise((seen) => program.child.stdout.once('data', seen));
    program.child.kill('SIGINT');
    const { exit, out, err } = await program.ended;
    expect({ exit, err }).toMatchObject({ exit: 130 });
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(err).error).toMatchObject({ code: 'CANCELLED', message: expect.stringContaining('1 of 2') });
  });
});

type Expectation = Record<string, unknown>;

function expectations(kind: string): Expectation[] {
  return JSON.parse(readFileSync(join(FIXTURES, kind, 'expected.json'), 'utf8')) as Expectation[];
}

/** Of an expectation what is there, by the names that docs/guide/command-line.md gives the checks. */
function present(checks: Record<string, string>): Record<string, string> {
  if (checks.structure === 'failed') return { structure: 'failed' };
  return Object.fromEntries(Object.entries(checks).filter(([, verdict]) => verdict !== 'absent'));
}

/** Found checks by the expectation's names: `token` is the worst of three, `token_aid` a binding's part. */
function asExpected(checks: readonly Check[]): Record<string, string> {
  const own = checks.filter(({ name }) => !name.startsWith('token.') && name !== 'payload');
  const plain = own.map(({ name, verdict }) => [name, verdict] as const);
  const token = checks.filter(({ name }) => /^token\.(structure|signature|lifecycle)$/.test(name));
  const binding = checks.find(({ name }) => name === 'token.binding');
  const worst = ['failed', 'unchecked', 'verified'].find((word) => token.some(({ verdict }) => verdict === word));
  return Object.fromEntries([
    ...plain,
    ...(worst === undefined ? [] : [['token', worst] as const]),
    ...(binding === undefined ? [] : [['token_aid', binding.verdict] as const]),
  ]);
}
