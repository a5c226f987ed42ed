import type { Instant } from '../../../shared/domain/instant.ts';
import { JsonObject } from '../../../shared/domain/json/value.ts';
import type { PcrBaseline } from '../../../shared/domain/trust.ts';
import type { Check } from '../../../shared/domain/verdict.ts';
import { quoted } from '../text/quoted.ts';
import { placeInValidity, type TrustStore } from '../trust/trust.ts';

/**
 * Compares the platform measurements of an identity with what is pinned for its agent.
 * verified: PCRS_MATCH, equal to a baseline that is valid at `at`. failed: PCRS_DIFFER, and PCRS_MISSING where a
 * baseline is pinned and none are shown. unchecked: NO_BASELINE. Null, where the check does not apply: no PCRs and no
 * baseline. `at` null leaves validity aside: the packet's time is not proven.
 */
export function judgePcrs(identity: JsonObject, aid: string, trust: TrustStore, at: Instant | null): Check | null {
  const shown = identity.get('pcrs');
  const baselines = trust.baselines.filter(
    (baseline) => baseline.aid.toLowerCase() === aid.toLowerCase() && isValid(baseline, at),
  );
  if (!(shown instanceof JsonObject)) {
    return baselines.length === 0 ? null : check('failed', 'PCRS_MISSING', MISSING);
  }
  if (baselines.length === 0) return check('unchecked', 'NO_BASELINE', 'No PCR baseline is pinned.');
  const measured = measurementsOf(shown);
  const equal = baselines.find((baseline) => differingIndex(measured, baseline) === null);
  if (equal !== undefined) {
    return check('verified', 'PCRS_MATCH', `The PCRs are those of the pinned baseline ${quoted(equal.name)}.`);
  }
  const index = differingIndex(measured, baselines[0] as PcrBaseline) ?? '';
  return check('failed', 'PCRS_DIFFER', `The PCRs are not those of the pinned baseline: number ${index} differs.`);
}

const MISSING = 'A PCR baseline is pinned for this agent, but the packet shows no PCRs.';

function isValid(baseline: PcrBaseline, at: Instant | null): boolean {
  return at === null || placeInValidity(baseline, at) === 'inside';
}

/** Indexes and hex digits in lower case, which name the same bytes. */
function measurementsOf(shown: JsonObject): ReadonlyMap<string, string> {
  return new Map([...shown.members].map(([index, hex]) => [index, String(hex).toLowerCase()]));
}

/** The lowest index on which the two part, also where only one has it; null where they are equal. */
function differingIndex(measured: ReadonlyMap<string, string>, { pcrs }: PcrBaseline): string | null {
  const pinned = new Map(Object.entries(pcrs));
  const indexes = [...new Set([...pinned.keys(), ...measured.keys()])].sort((a, b) => Number(a) - Number(b));
  return indexes.find((index) => pinned.get(index) !== measured.get(index)) ?? null;
}

function check(verdict: Check['verdict'], code: string, detail: string): Check {
  return { name: 'pcrs', verdict, code, detail };
}
