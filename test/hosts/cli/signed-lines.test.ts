import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../contract/desk/cli-driver.ts';
import { HandClock } from '../hand-clock.ts';
import { DEMO_LEDGER, temporaryHome } from '../test-desk.ts';

const TENANT = 'acme-payments';
const REASON = ['--reason', 'Checked with the supplier by phone, on the number that is on file.'];
const SEALED = 'esc-pay-0007';

/** A line without what is each store's own, and without verdicts, which follow from the keys that are pinned. */
function lasting(text: string): unknown[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { version: _v, claim: _c, delivery: _d, evidence, ...rest } = JSON.parse(line);
      return { ...rest, evidence: evidence.map(({ verdict: _verdict, ...piece }: { verdict: unknown }) => piece) };
    });
}

/** `export --format jsonl` of one desk, imported by another that has never seen its keys. */
describe('signed decisions between two desks', () => {
  const [here, there] = [temporaryHome(), temporaryHome()];
  const passphrase = ['--passphrase-file', join(here.path, 'passphrase')];
  const clock = new HandClock();
  const on = (home: typeof here, command: string, ...argv: string[]) =>
    runCli(home.path, home.store, clock, [command, '--store', home.store, ...argv]);
  const first = join(here.path, 'first.jsonl');
  const second = join(there.path, 'second.jsonl');
  afterAll(() => {
    here.remove();
    there.remove();
  });
  beforeAll(async () => {
    writeFileSync(passphrase[1] ?? '', 'correct horse battery staple\n', { mode: 0o600 });
    const calls = [
      ['import', DEMO_LEDGER],
      ['reject', '--tenant', TENANT, ...REASON, '--', 'esc-pay-0001'],
      ['keys', 'make', '--tenant', TENANT, ...passphrase],
      ['resolve', '--seal', '--tenant', TENANT, ...passphrase, ...REASON, '--', SEALED],
      ['export', '--tenant', TENANT, '--format', 'jsonl', '--out', first],
    ] as const;
    for (const [command, ...argv] of calls) expect(await on(here, command, ...argv)).toMatchObject({ exit: 0 });
  });

  test('come back as the same lines, signed and sealed as they were', async () => {
    const { exit, out } = await on(there, 'import', first, '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(out).findings.map(({ code }: { code: string }) => code)).not.toContain('STATEMENT_NOT_HELD');
    expect((await on(there, 'export', '--tenant', TENANT, '--format', 'jsonl', '--out', second)).exit).toBe(0);
    expect(lasting(readFileSync(second, 'utf8'))).toEqual(lasting(readFileSync(first, 'utf8')));
    const shown = JSON.parse((await on(there, 'show', '--json', '--tenant', TENANT, '--', SEALED)).out);
    expect(shown.decision).toMatchObject({ signed: true, sealed: true });
    expect(shown).not.toHaveProperty('statement');
    expect((await on(there, 'log', 'verify', '--tenant', TENANT)).exit).toBe(0);
  });

  test('I6: show names the key and says that it is not pinned here, until it is', async () => {
    const signer = async () => {
      const { out } = await on(there, 'show', '--tenant', TENANT, '--', SEALED);
      return out.split('\n').find((line) => line.startsWith('Signed by'));
    };
    expect(await signer()).toMatch(/^Signed by {4}reviewer’s key [0-9a-f]{64}, not pinned here$/);
    const trust = join(here.path, 'trust.json');
    expect((await on(here, 'keys', 'export', '--tenant', TENANT, trust)).exit).toBe(0);
    expect((await on(there, 'keys', 'trust', '--tenant', TENANT, trust)).exit).toBe(0);
    expect(await signer()).toMatch(/^Signed by {4}reviewer’s key [0-9a-f]{64}, .+, pinned$/);
  });
});
