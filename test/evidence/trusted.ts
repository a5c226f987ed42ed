import { readFileSync } from 'node:fs';
import type { TrustStore } from '../../electron/evidence/trust/trust.ts';
import { readTrustFile, trustOf } from '../../electron/evidence/trust/trust-file.ts';
import { type Instant, parseInstant } from '../../shared/domain/instant.ts';

const fixtures = new URL('../fixtures/fixtures/', import.meta.url);

/** The trust file that the fixtures' expectations were made with. */
export function fixtureTrust(): TrustStore {
  const answer = readTrustFile(readFileSync(new URL('trust.json', fixtures)));
  if (!answer.ok) throw new Error(answer.why);
  return trustOf(answer.entries);
}

const keys = JSON.parse(readFileSync(new URL('keys.json', fixtures), 'utf8')) as {
  name: string;
  seed_hex: string;
  public_hex: string;
}[];

/** A key of the fixtures, with its secret part: `gate`, `gate-old`, `issuer` or `stranger`. */
export function fixtureKey(name: string): { seed: Uint8Array; public_hex: string } {
  const key = keys.find((candidate) => candidate.name === name);
  if (key === undefined) throw new Error(`no key ${name}`);
  return { seed: Buffer.from(key.seed_hex, 'hex'), public_hex: key.public_hex };
}

export function instant(text: string): Instant {
  const read = parseInstant(text);
  if (read === null) throw new Error(`no instant: ${text}`);
  return read;
}
