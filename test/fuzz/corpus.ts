import { readFileSync } from 'node:fs';
import type { TrustStore } from '../../electron/evidence/trust/trust.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { PcrBaseline } from '../../shared/domain/trust.ts';
import { fixtureTrust, instant } from '../evidence/trusted.ts';

const fixtures = new URL('../fixtures/fixtures/', import.meta.url);

export interface Original {
  readonly name: string;
  readonly bytes: Buffer;
  /** The instant that its expectation holds at. */
  readonly at: Instant;
  /** Whether the fixtures say that root and signature (of a token: its signature) are genuine. */
  readonly genuine: boolean;
}

export interface Corpus {
  readonly originals: readonly [Original, ...Original[]];
  /** The fixtures' keys, and a baseline for each agent that shows PCRs, so that every check can verify. */
  readonly trust: TrustStore;
}

interface Expectation {
  readonly file: string;
  readonly now?: string;
  readonly signature?: string;
  readonly checks?: Readonly<Record<string, string>>;
}

/** Every packet, capsule and token of the fixtures. */
export function readCorpus(): Corpus {
  const [first, ...rest] = ['packets', 'capsules', 'tokens'].flatMap(originalsIn);
  if (first === undefined) throw new Error('there are no fixtures');
  const baselines = [first, ...rest].flatMap(baselineOf);
  return { originals: [first, ...rest], trust: { ...fixtureTrust(), baselines } };
}

function originalsIn(folder: string): Original[] {
  const at = new URL(`${folder}/`, fixtures);
  const expectations = JSON.parse(readFileSync(new URL('expected.json', at), 'utf8')) as Expectation[];
  return expectations.map((expected) => ({
    name: `${folder}/${expected.file}`,
    bytes: readFileSync(new URL(expected.file, at)),
    at: instant(expected.now ?? '2026-11-15T12:00:00Z'),
    genuine: isGenuine(expected),
  }));
}

function isGenuine({ checks, signature }: Expectation): boolean {
  if (checks === undefined) return signature === 'verified';
  return checks.root === 'verified' && checks.signature === 'verified';
}

const WITH_PCRS = /\{"aid":"[0-9a-f]{64}","identity_type":"[^"]*","pcrs":\{[^}]*\}\}/;

function baselineOf({ name, bytes }: Original): PcrBaseline[] {
  const identity = WITH_PCRS.exec(bytes.toString('latin1'));
  if (identity === null) return [];
  const { aid, pcrs } = JSON.parse(identity[0]) as { aid: string; pcrs: Record<string, string> };
  return [{ name, purpose: 'pcrs', aid, pcrs }];
}
