import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TrustStore } from '../../electron/evidence/trust/trust.ts';
import { makeSpecimen } from '../audit/bundle-mutants.ts';
import { desk, NOBODY, reviewer, trust, verify } from '../audit/synthetic-bundle.ts';
import { projectRoot } from '../helpers/project-root.ts';

const COUNT = Number(process.env.VEX_BUNDLE_SPECIMENS ?? 120);
const GO = process.platform === 'win32' ? 'go.exe' : 'go';
const hasGo = spawnSync(GO, ['version'], { stdio: 'ignore' }).status === 0;
const sources = join(projectRoot, 'test/peers/verify-bundle');
let folder = '';
let peer = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-peer-'));
  if (!hasGo) return;
  peer = join(folder, process.platform === 'win32' ? 'peer.exe' : 'peer');
  const files = readdirSync(sources).filter((name) => name.endsWith('.go'));
  // Nothing is fetched, and the standard library is compiled once.
  const env = {
    ...process.env,
    GOCACHE: join(projectRoot, '.cache/go-build'),
    GOTOOLCHAIN: 'local',
    GOPROXY: 'off',
    GOFLAGS: '',
  };
  execFileSync(GO, ['build', '-o', peer, ...files], { cwd: sources, env, stdio: 'pipe' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Line = { name: string; verdict: string; code: string };

/** The container's faults have one code there. */
const CONTAINER = [
  'NOT_AN_ARCHIVE',
  'ARCHIVE_FORM',
  'UNSAFE_NAME',
  'COLLIDING_NAMES',
  'NOT_A_FILE',
  'COMPRESSED',
  'OUT_OF_PLACE',
  'TOO_MANY_FILES',
  'DAMAGED',
];
const plain = ({ name, verdict, code }: Line): Line => ({
  name,
  verdict,
  code: CONTAINER.includes(code) ? 'CONTAINER' : code,
});

function askPeer(bytes: Uint8Array, trusted: TrustStore, previous: Uint8Array | null): Line[] {
  const file = (name: string, content: Uint8Array | string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const args = [`-trust=${file('trust.json', JSON.stringify(trusted.keys))}`];
  if (previous !== null) args.push(`-previous=${file('previous.txt', previous)}`);
  const answer = execFileSync(peer, [...args, file('bundle.zip', bytes)], { encoding: 'utf8' });
  return (JSON.parse(answer) as { checks: Line[] }).checks;
}

const EXPIRED = '2026-11-15T00:00:10Z';
const TRUSTS: readonly TrustStore[] = [
  trust,
  NOBODY,
  { keys: trust.keys.map((key) => ({ ...key, valid_until: EXPIRED })), baselines: [] },
  { keys: [{ name: 'gate', purpose: 'gate', public_hex: desk.publicHex }], baselines: [] },
  { keys: [{ name: 'both', purpose: 'desk', public_hex: reviewer.publicHex }], baselines: [] },
];

describe.skipIf(!hasGo)(`a verifier in Go${hasGo ? '' : ' (no go here)'}`, () => {
  test(
    `says of ${COUNT} bundles, sound and spoilt, check by check what ours says`,
    async () => {
      for (let seed = 1; seed <= COUNT; seed += 1) {
        const { how, bytes, previous } = await makeSpecimen(seed);
        const trusted = seed % 3 === 0 ? (TRUSTS[seed % TRUSTS.length] ?? trust) : trust;
        const ours = await verify(bytes, { trust: trusted, previous });
        expect(askPeer(bytes, trusted, previous), how).toEqual(ours.checks.map(plain));
      }
    },
    180_000 + COUNT * 1000,
  );
});
