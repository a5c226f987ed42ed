import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrustStore } from '../../electron/evidence/trust/trust.ts';
import { projectRoot } from '../helpers/project-root.ts';

const GO = process.platform === 'win32' ? 'go.exe' : 'go';
const sources = join(projectRoot, 'test/peers/verify-bundle');

export const hasGo = spawnSync(GO, ['version'], { stdio: 'ignore' }).status === 0;

/** One check as the peer says it. */
export interface PeerLine {
  readonly name: string;
  readonly verdict: string;
  readonly code: string;
}

/** The verifier in Go, built. */
export interface Peer {
  readonly ask: (
    kind: 'bundle' | 'checkpoint' | 'proof',
    bytes: Uint8Array,
    trusted: TrustStore,
    previous: Uint8Array | null,
  ) => PeerLine[];
  readonly close: () => void;
}

/** Builds the verifier in a folder of its own; without Go it is never to be asked. */
export function openPeer(): Peer {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-peer-'));
  const program = join(folder, process.platform === 'win32' ? 'peer.exe' : 'peer');
  if (hasGo) build(program);
  const file = (name: string, content: Uint8Array | string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  return {
    ask: (kind, bytes, trusted, previous) => {
      const args = [`-kind=${kind}`, `-trust=${file('trust.json', JSON.stringify(trusted.keys))}`];
      if (previous !== null) args.push(`-previous=${file('previous.txt', previous)}`);
      const answer = execFileSync(program, [...args, file('judged', bytes)], { encoding: 'utf8' });
      return (JSON.parse(answer) as { checks: PeerLine[] }).checks;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function build(program: string): void {
  const files = readdirSync(sources).filter((name) => name.endsWith('.go'));
  // Nothing is fetched, and the standard library is compiled once.
  const env = {
    ...process.env,
    GOCACHE: join(projectRoot, '.cache/go-build'),
    GOTOOLCHAIN: 'local',
    GOPROXY: 'off',
    GOFLAGS: '',
  };
  execFileSync(GO, ['build', '-o', program, ...files], { cwd: sources, env, stdio: 'pipe' });
}
