import type { Verdict } from '../../../shared/domain/escalation.ts';
import type { Check } from '../../../shared/domain/verdict.ts';
import { check } from '../../evidence/packet/packet-checks.ts';
import type { TrustStore } from '../../evidence/trust/trust.ts';
import { emptyRoot, equalBytes, verifyConsistency } from '../log/merkle.ts';
import type { Checkpoint } from './checkpoint.ts';
import { judgeHead } from './judge-head.ts';
import { headFacts, readHead } from './signed-head.ts';

/** The head that a bundle says it follows, and the proof from it. */
export interface BundledPrevious {
  readonly head: Uint8Array;
  /** As the manifest says it. */
  readonly facts: { readonly size: string; readonly root: string } | null;
  /** Null where its file is none. */
  readonly proof: readonly Uint8Array[] | null;
}

export interface KnownRoot {
  readonly size: bigint;
  readonly root: Uint8Array;
}

export interface ConsistencyQuestion {
  readonly head: Checkpoint;
  readonly bundled: BundledPrevious | null;
  /** The checkpoint that the auditor kept. */
  readonly given: Uint8Array | null;
  /** A root that the log is known to have had before, from its entries. */
  readonly known: KnownRoot | null;
  readonly trust: TrustStore;
}

/**
 * Whether the log begins with the head that was there before; null where there is none. verified: FOLLOWS. failed:
 * PREVIOUS_FORM, OTHER_LOG, PREVIOUS_DIFFERS, NOT_CONSISTENT, FORKED, and the codes of judgeHead. unchecked:
 * PREVIOUS_NEWER, PREVIOUS_OTHER (of a size that the bundle proves nothing about), NO_KEY.
 */
export function consistencyCheck(question: ConsistencyQuestion): Check | null {
  const { bundled, given, trust } = question;
  const signed = given ?? bundled?.head ?? null;
  if (signed === null) return null;
  const answer = bundledAnswer(question) ?? givenAnswer(question);
  if (answer !== null) return check('consistency', answer.verdict, answer.code, answer.detail);
  const judged = judgeHead(signed, trust).check;
  const { head } = question;
  const detail = `The log of ${head.size} entries begins with that of the previous checkpoint. ${judged.detail}`;
  return judged.verdict === 'verified'
    ? check('consistency', 'verified', 'FOLLOWS', detail)
    : check('consistency', judged.verdict, judged.code, `The previous checkpoint: ${judged.detail}`);
}

interface Answer {
  readonly verdict: Verdict;
  readonly code: string;
  readonly detail: string;
}

/** What is wrong with the head that the bundle itself follows; null where nothing. */
function bundledAnswer({ bundled, head }: ConsistencyQuestion): Answer | null {
  if (bundled === null) return null;
  const previous = readHead(bundled.head)?.head ?? null;
  if (previous === null) return failed('PREVIOUS_FORM', 'The previous checkpoint in the bundle is none.');
  if (previous.origin !== head.origin)
    return failed('OTHER_LOG', 'The previous checkpoint in the bundle is of another log.');
  const facts = headFacts(previous);
  if (facts.size !== bundled.facts?.size || facts.root !== bundled.facts.root) {
    return failed('PREVIOUS_DIFFERS', 'The manifest names another previous checkpoint than the bundle has.');
  }
  const follows =
    previous.size === 0n ? equalBytes(previous.root, emptyRoot()) : isProven(previous, head, bundled.proof);
  return follows ? null : failed('NOT_CONSISTENT', 'The log does not begin with that of the previous checkpoint.');
}

function isProven(from: Checkpoint, to: Checkpoint, proof: readonly Uint8Array[] | null): boolean {
  return proof !== null && verifyConsistency({ from, to, proof });
}

/** What is wrong with, or not proven of, the checkpoint that the auditor kept; null where the log begins with it. */
function givenAnswer({ given, bundled, head, known }: ConsistencyQuestion): Answer | null {
  if (given === null) return null;
  const previous = readHead(given)?.head ?? null;
  if (previous === null) return failed('PREVIOUS_FORM', 'The previous checkpoint is none.');
  if (previous.origin !== head.origin) return failed('OTHER_LOG', 'The previous checkpoint is of another log.');
  if (previous.size > head.size) return unchecked('PREVIOUS_NEWER', 'The previous checkpoint is newer than this file.');
  const roots = [head, known, headOf(bundled)];
  const same = roots.find((one) => one?.size === previous.size);
  if (same == null) {
    return unchecked(
      'PREVIOUS_OTHER',
      'Nothing here is proven about that size. Ask for a bundle made with this checkpoint as previous.',
    );
  }
  return equalBytes(same.root, previous.root)
    ? null
    : failed('FORKED', 'The log had another root at the size of the previous checkpoint.');
}

/** The bundle's own previous head: its proof has held. */
function headOf(bundled: BundledPrevious | null): Checkpoint | null {
  return bundled === null ? null : (readHead(bundled.head)?.head ?? null);
}

/** The size of a kept checkpoint; null where it is none. */
export function sizeOf(checkpoint: Uint8Array | null): number | null {
  const head = checkpoint === null ? null : readHead(checkpoint);
  return head === null ? null : Number(head.head.size);
}

function failed(code: string, detail: string): Answer {
  return { verdict: 'failed', code, detail };
}

function unchecked(code: string, detail: string): Answer {
  return { verdict: 'unchecked', code, detail };
}
