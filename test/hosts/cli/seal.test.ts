import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../contract/desk/cli-driver.ts';
import { HandClock } from '../hand-clock.ts';
import { DEMO_LEDGER, FIXTURES, PACKET, temporaryHome } from '../test-desk.ts';

const TENANT = 'acme-payments';
const TRUST = join(FIXTURES, 'trust.json');
const REASON = ['--reason', 'Checked with the supplier by phone, on the number that is on file.'];

interface Indexed {
  readonly tenant: string;
  readonly escalation_id: string;
  readonly status: string;
  readonly packet_checks: Record<string, string> | null;
}

/** Decisions against what the evidence is worth, as scripts make them, at an instant at which the ledger's tokens last. */
describe('decisions on the command line', () => {
  const home = temporaryHome();
  const passphrase = ['--passphrase-file', join(home.path, 'passphrase')];
  const clock = new HandClock();
  const plain = (...argv: string[]) => runCli(home.path, home.store, clock, argv);
  const forPeople = (command: string, ...argv: string[]) =>
    plain(command, '--store', home.store, '--tenant', TENANT, ...argv);
  const desk = (command: string, ...argv: string[]) => forPeople(command, '--json', ...argv);
  const show = async (id: string) => JSON.parse((await desk('show', '--', id)).out);
  const evidence = async (id: string, name: string) => {
    const out = join(home.path, name);
    expect((await desk('evidence', '--out', out, '--', id)).exit).toBe(0);
    return out;
  };
  afterAll(() => home.remove());
  beforeAll(async () => {
    writeFileSync(passphrase[1] ?? '', 'correct horse battery staple\n', { mode: 0o600 });
    expect((await desk('import', DEMO_LEDGER)).exit).toBe(0);
    expect((await desk('keys', 'trust', TRUST)).exit).toBe(0);
    expect((await desk('keys', 'make', ...passphrase)).exit).toBe(0);
  });

  test('import and keys wait until what they touch is verified', async () => {
    const { out } = await forPeople('list', '--limit', '1000');
    expect(out).not.toMatch(/is being verified/);
    const { out: shown } = await desk('list', '--limit', '1000');
    const tokens = shown
      .trim()
      .split('\n')
      .flatMap((line) => (JSON.parse(line) as { evidence: { kind: string; verdict: string }[] }).evidence)
      .filter(({ kind }) => kind === 'token');
    expect(tokens.filter(({ verdict }) => verdict === 'verified').length).toBeGreaterThan(3);
  });

  test('resolve --seal records a packet that verify --role resolution takes; its SHA-256 is the VEP hash (I9)', async () => {
    const id = soundId(0);
    const sealed = await desk('resolve', '--seal', ...passphrase, ...REASON, '--', id);
    expect(sealed).toMatchObject({ exit: 0, err: '' });
    const { record, decision } = JSON.parse(sealed.out);
    expect(decision).toMatchObject({ outcome: 'approved', sealed: true });
    const packet = await evidence(id, 'sealed.vep');
    expect(createHash('sha256').update(readFileSync(packet)).digest('hex')).toBe(record.resolution_vep_hash);
    const trust = join(home.path, 'own-trust.json');
    expect((await desk('keys', 'export', trust)).exit).toBe(0);
    const verified = await plain('verify', packet, '--role', 'resolution', '--trust', trust, '--json');
    expect(verified.exit).toBe(0);
    expect(JSON.parse(verified.out).checks.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['structure', 'root', 'signature', 'aid', 'nonce']),
    );
  });

  test('reject --seal keeps the packet in the decision, and the record without a resolution', async () => {
    const { exit, out } = await desk('reject', '--seal', ...passphrase, ...REASON, '--', soundId(1));
    expect(exit).toBe(0);
    const { record, decision } = JSON.parse(out);
    expect(record.resolution_vep_hash).toBeUndefined();
    expect(decision).toMatchObject({
      outcome: 'rejected',
      sealed: true,
      vep_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('a locked key, and a wrong passphrase, seal nothing: UNAUTHORIZED, exit 4', async () => {
    const wrong = join(home.path, 'wrong');
    writeFileSync(wrong, 'another passphrase', { mode: 0o600 });
    for (const given of [[], ['--passphrase-file', wrong]]) {
      const { exit, err } = await desk('resolve', '--seal', ...given, ...REASON, '--', soundId(2));
      expect({ exit, code: JSON.parse(err).error.code }).toEqual({ exit: 4, code: 'UNAUTHORIZED' });
    }
    expect((await show(soundId(2))).decision).toBeNull();
  });

  test('a failed check stops an approval, names itself and the way out; each named, it is recorded with the override', async () => {
    const id = failedId();
    const vep = ['--vep-hash', 'ab'.repeat(32)];
    const refused = await desk('resolve', ...vep, ...REASON, '--', id);
    expect(refused.exit).toBe(1);
    const { error } = JSON.parse(refused.err);
    expect(error.code).toBe('INTEGRITY_FAILED');
    const failed = [...new Set(error.details.failed.map(({ check }: { check: string }) => check))] as string[];
    for (const check of failed) expect(error.message).toContain(`--override ${check}`);
    expect((await show(id)).decision).toBeNull();
    const told = await forPeople('resolve', ...vep, ...REASON, '--', id);
    for (const check of failed) expect(told.err).toMatch(new RegExp(`^ {2}failed: ${check} {2}`, 'm'));
    const overrides = failed.flatMap((check) => ['--override', check]);
    const recorded = await desk('resolve', ...vep, ...overrides, ...REASON, '--', id);
    expect(recorded.exit).toBe(0);
    expect(JSON.parse(recorded.out).decision.overrides).toEqual(failed);
  });

  test('a resolution packet without its structure is refused whatever is overridden, and says no way around', async () => {
    const broken = join(home.path, 'broken.vep');
    writeFileSync(broken, readFileSync(PACKET).subarray(0, 400));
    const options = ['--vep', broken, '--override', 'structure', '--override', 'root'];
    const { exit, err } = await desk('resolve', ...options, ...REASON, '--', soundId(2));
    expect(exit).toBe(1);
    expect(JSON.parse(err).error).toMatchObject({
      code: 'INTEGRITY_FAILED',
      message: expect.not.stringContaining('Here:'),
    });
  });

  test('a packet attached to a typed hash makes it more than unchecked', async () => {
    const id = soundId(3);
    const hash = createHash('sha256').update(readFileSync(PACKET)).digest('hex');
    expect((await desk('resolve', '--vep-hash', hash, ...REASON, '--', id)).exit).toBe(0);
    const before = await forPeople('show', '--', id);
    expect(before.out).toMatch(/^ +unchecked: .*not attached/m);
    expect((await desk('attach', '--role', 'resolution', '--', id, PACKET)).exit).toBe(0);
    const after = await forPeople('show', '--', id);
    expect(after.out).not.toMatch(/not attached/);
  });

  test('a packet that resolves another escalation is named so, and recorded only by the override of that check', async () => {
    const id = soundId(4);
    const other = join(home.path, 'sealed.vep');
    const refused = await desk('resolve', '--vep', other, ...REASON, '--', id);
    expect(refused.exit).toBe(1);
    expect(JSON.parse(refused.err).error.details.failed).toMatchObject([{ check: 'escalation' }]);
    const recorded = await desk('resolve', '--vep', other, '--override', 'escalation', ...REASON, '--', id);
    expect(JSON.parse(recorded.out).decision.overrides).toEqual(['escalation']);
  });

  test('show prints what each piece is worth, check by check, before the agent’s words', async () => {
    const { out } = await forPeople('show', '--', soundId(2));
    const at = (line: RegExp) => out.split('\n').findIndex((text) => line.test(text));
    expect(at(/^Verdict {6}(verified|unchecked|failed): /)).toBeGreaterThan(0);
    expect(at(/^Evidence {5}verified {2}/)).toBeGreaterThan(at(/^Verdict/));
    expect(at(/^ +verified {2}signature {7}Signed with gate.*\(SIGNED\)$/)).toBeGreaterThan(at(/^Evidence/));
    expect(at(/^What the agent says/)).toBeGreaterThan(at(/^View/));
  });
});

const index = JSON.parse(readFileSync(join(FIXTURES, 'ledgers', 'demo', 'index.json'), 'utf8')) as Indexed[];
const active = index.filter(({ tenant, status }) => tenant === TENANT && status === 'ESCALATED');

/** An active escalation whose packet fails nothing. */
function soundId(n: number): string {
  const sound = active.filter(
    ({ packet_checks: checks }) =>
      checks !== null && !Object.values(checks).includes('failed') && checks.token !== 'failed',
  );
  return sound[n]?.escalation_id ?? '';
}

/** An active escalation whose packet fails something. */
function failedId(): string {
  const failed = active.filter(({ packet_checks: checks }) => Object.values(checks ?? {}).includes('failed'));
  return failed[0]?.escalation_id ?? '';
}
