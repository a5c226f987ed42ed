import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localClient } from '../../../electron/desk/local-client.ts';
import { openDesk } from '../../../electron/desk/open-desk.ts';
import { runProgram } from '../../../electron/hosts/cli/program.ts';
import type { Clock } from '../../../shared/domain/clock.ts';
import { CountedIds } from '../../hosts/hand-clock.ts';
import { testServices } from '../../hosts/test-desk.ts';
import { told, waiveChecks } from './client-driver.ts';
import { type Change, type DeskDriver, type Imported, PASSPHRASE, Refused, type Target, type Why } from './driver.ts';

export interface CliRun {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command of the program in this process, on a clock in the test's hand. */
export async function runCli(home: string, store: string, clock: Clock, argv: readonly string[]): Promise<CliRun> {
  const [out, err]: string[][] = [[], []];
  const write = (to: string[]) => (text: string | Uint8Array) => to.push(Buffer.from(text).toString('utf8'));
  runs += 1;
  const ids = new CountedIds(`${home} ${runs}`);
  const exit = await runProgram(argv, {
    streams: { out: { write: write(out ?? []) }, err: { write: write(err ?? []) } },
    stop: new AbortController().signal,
    pageFolder: '',
    open: {
      home,
      desk: (path, host) => openDesk(testServices(home, { host, clock, ids }), path === '' ? store : path),
      services: () => testServices(home, { host: 'cli', clock, ids }),
    },
  });
  return { exit, out: (out ?? []).join(''), err: (err ?? []).join('') };
}
let runs = 0;

/** Drives a desk through the command line with `--json`: what a script does. */
export function cliDriver(home: string, store: string, clock: Clock): DeskDriver {
  async function run(...argv: string[]): Promise<unknown[]> {
    const at = argv.indexOf('--');
    const options = ['--json', '--store', store];
    const whole = at === -1 ? [...argv, ...options] : [...argv.slice(0, at), ...options, ...argv.slice(at)];
    const { exit, out, err } = await runCli(home, store, clock, whole);
    if (exit > 1 || (exit === 1 && err !== '')) throw refusalIn(err);
    return out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as unknown);
  }
  async function one<T>(...argv: string[]): Promise<T> {
    const [document] = await run(...argv);
    return document as T;
  }

  return {
    import: (paths, tenants = []) =>
      one<Imported>('import', ...tenants.flatMap((name) => ['--tenant', name]), '--', ...paths),
    export: ({ tenant, format, status = 'all' }, out) =>
      one('export', '--tenant', tenant, '--format', format, '--status', status, '--out', out),
    async list({ tenant, ...query }) {
      const given = Object.entries(query).flatMap(([name, value]) => [`--${name}`, String(value)]);
      const lines = await run('list', '--tenant', tenant, ...given);
      const last = lines.at(-1) as { next_cursor?: string } | undefined;
      const next = last?.next_cursor ?? null;
      return { rows: (next === null ? lines : lines.slice(0, -1)) as never[], next };
    },
    show: (target) => one('show', ...targetArgs(target)),
    record: ({ eventId, token, ...target }) =>
      one('record', '--event-id', eventId, ...tokenArgs(home, token), ...targetArgs(target)),
    resolve: (target, { vep, vepHash, seal, eventId, overrides = [], ...given }) =>
      one(
        'resolve',
        ...option('vep', vep),
        ...option('vep-hash', vepHash),
        ...sealArgs(home, seal),
        ...option('event-id', eventId),
        ...overrides.flatMap((check) => ['--override', check]),
        ...whyArgs(given),
        ...targetArgs(target),
      ),
    reject: (target, { seal, ...given }) =>
      one('reject', ...sealArgs(home, seal), ...whyArgs(given), ...targetArgs(target)),
    withdraw: (target, given) => one('withdraw', ...whyArgs(given), ...targetArgs(target)),
    expire: (target, change) => one('expire', ...changeArgs(change), ...targetArgs(target)),
    claim: (target, change) => one('claim', ...changeArgs(change), ...targetArgs(target)),
    release: (target, change) => one('release', ...changeArgs(change), ...targetArgs(target)),
    correct: (target, given) => one('correct', ...whyArgs(given), ...targetArgs(target)),
    attach: (target, files, role = 'escalation') => one('attach', '--role', role, ...targetArgs(target), ...files),
    async evidence(target, sha256) {
      const out = join(mkdtempSync(join(home, 'out-')), 'evidence');
      const facts = await one<{ sha256: string; kind: string; role: string }>(
        'evidence',
        '--out',
        out,
        ...option('sha256', sha256),
        ...targetArgs(target),
      );
      return { ...facts, bytes: new Uint8Array(readFileSync(out)) };
    },
    async trust(tenant, file) {
      await run('keys', 'trust', '--tenant', tenant, '--', file);
    },
    async waive(tenant, checks) {
      const desk = await openDesk(testServices(home, { host: 'cli', clock }), store);
      try {
        const { main } = localClient(desk);
        const [profile] = await told(main.profile.list({}));
        const acting = { by: profile?.profile_id ?? '', idempotency_key: randomUUID(), tenant };
        return await told(waiveChecks(main, acting, checks));
      } finally {
        await desk.close();
      }
    },
    async makeKey(tenant) {
      const made = await one<{ public_hex: string }>('keys', 'make', '--tenant', tenant, ...passphraseArgs(home));
      return made.public_hex;
    },
    verifyLog: (tenant) => one('log', 'verify', '--tenant', tenant),
    checkpoint: (tenant) => one('log', 'checkpoint', '--tenant', tenant),
    async prove(target, out) {
      await run('log', 'prove', '--out', out, ...targetArgs(target));
    },
    async acceptLog(tenant, reason) {
      await run('log', 'accept', '--tenant', tenant, '--reason', reason);
    },
    close: () => Promise.resolve(),
  };
}

function sealArgs(home: string, seal: boolean | undefined): string[] {
  return seal === true ? ['--seal', ...passphraseArgs(home)] : [];
}

/** A passphrase comes from a file that only its person can read. */
function passphraseArgs(home: string): string[] {
  const file = join(mkdtempSync(join(home, 'passphrase-')), 'passphrase');
  writeFileSync(file, `${PASSPHRASE}\n`, { mode: 0o600 });
  return ['--passphrase-file', file];
}

/** An id goes after `--`, where it is taken as it stands; one that no argument can carry goes as JSON. */
function targetArgs({ tenant, id, event }: Target): string[] {
  const named = ['--tenant', tenant, ...option('event', event)];
  return id.includes('\u0000') ? [...named, '--id-json', JSON.stringify(id), '--'] : [...named, '--', id];
}

function whyArgs({ reason, reasonCode, ...change }: Why): string[] {
  return ['--reason', reason, ...option('reason-code', reasonCode), ...changeArgs(change)];
}

function changeArgs({ key, expectVersion }: Change = {}): string[] {
  return [...option('idempotency-key', key), ...option('expect-version', expectVersion)];
}

function tokenArgs(home: string, token: string | undefined): string[] {
  if (token === undefined) return [];
  const file = join(mkdtempSync(join(home, 'token-')), 'token.json');
  writeFileSync(file, token);
  return ['--token', file];
}

function option(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`--${name}`, value];
}

function refusalIn(err: string): Refused {
  const { error } = JSON.parse(err) as { error: { code: string; message: string; details: Record<string, unknown> } };
  return new Refused(error.code, error.message, error.details);
}
