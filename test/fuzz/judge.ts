import { createPublicKey, verify } from 'node:crypto';
import { type CheckName, type EvidenceReport, worstVerdict } from '../../shared/domain/verdict.ts';
import type { Corpus, Original } from './corpus.ts';
import { type Covered, coveredBy } from './covered.ts';

/** What may verify, by what names it. */
export interface Genuine {
  readonly covered: ReadonlyMap<string, readonly Covered[]>;
  /**
   * Names of what was signed as something that no original says: a file with a member too many, whose signature covers
   * the one without. With its fault mended it is genuine, and nothing here can tell that from a forgery.
   */
  readonly untold: ReadonlySet<string>;
}

export function genuineOf({ originals, trust }: Corpus): Genuine {
  const told = originals.filter(({ genuine }) => genuine).map(coveredOf);
  const covered = Map.groupBy(
    told.filter((one) => one !== null),
    ({ key }) => key,
  );
  const keys = trust.keys.map(({ public_hex }) => public_hex);
  const others = originals.filter((original) => !original.genuine && isSigned(original, keys)).map(coveredOf);
  const untold = new Set(others.flatMap((one) => (one === null || covered.has(one.key) ? [] : [one.key])));
  return { covered, untold };
}

/** Why the report must not say what it says; null where it may. */
export function judge(bytes: Buffer, report: EvidenceReport, { covered, untold }: Genuine): string | null {
  const worst = worstVerdict(report.checks.map(({ verdict }) => verdict));
  if (report.verdict !== worst) return 'it is not the worst of its checks';
  const verified = new Set(report.checks.filter(({ verdict }) => verdict === 'verified').map(({ name }) => name));
  const proof: readonly CheckName[] = report.kind === 'token' ? ['token.signature'] : ['root', 'signature'];
  if (!proof.every((name) => verified.has(name))) {
    return worst === 'verified' ? 'it is verified without root and signature' : null;
  }
  const said = coveredBy(bytes);
  if (said === null) return 'what nobody can read is said to be genuine';
  const originals = covered.get(said.key) ?? [];
  if (!untold.has(said.key) && !originals.some((original) => isSame(original, said))) {
    return 'its signature is said to cover what was never signed';
  }
  return worst === 'verified' ? said.fault : null;
}

function isSame(original: Covered, said: Covered): boolean {
  return original.signature === said.signature && original.texts.some((text) => said.texts.includes(text));
}

function coveredOf({ bytes }: Original): Covered | null {
  return coveredBy(bytes);
}

/** Whether a pinned key signed the root that a packet names; of a token, which names nothing, nobody knows. */
function isSigned({ bytes }: Original, keys: readonly string[]): boolean {
  const said = coveredBy(bytes);
  if (said === null) return false;
  const isToken = said.key === said.signature;
  return (
    isToken || keys.some((key) => isSignedWith(key, Buffer.from(said.key, 'hex'), Buffer.from(said.signature, 'hex')))
  );
}

const SPKI = '302a300506032b6570032100';

function isSignedWith(publicHex: string, message: Buffer, signature: Buffer): boolean {
  const key = createPublicKey({ key: Buffer.from(`${SPKI}${publicHex}`, 'hex'), format: 'der', type: 'spki' });
  return verify(null, message, key, signature);
}
