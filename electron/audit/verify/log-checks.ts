import { decodeHex } from '../../../shared/domain/hex.ts';
import type { Check } from '../../../shared/domain/verdict.ts';
import { check } from '../../evidence/packet/packet-checks.ts';
import { statementsShard } from '../bundle/layout.ts';
import { type Manifest, rangeOf, withheldText } from '../bundle/manifest.ts';
import { equalBytes } from '../log/merkle.ts';
import { countsAgree, type Fault, type ReadLog, withheldAgrees } from './check-log.ts';

/** What the checks on the entries are made of; null where a file that they need is not sound. */
export interface LogFacts {
  readonly manifest: Manifest;
  readonly log: ReadLog | null;
  /** What the evidence index lacks or has too much; null where nothing. */
  readonly evidence: Fault | null;
}

/**
 * Whether the range is complete under the checkpoint's root. verified: COMPLETE, or COMPLETE_BUT_HASHED where some
 * entries are here as hashes alone. failed: RANGE_FORM, ENTRY_FORM, ENTRY_PLACE, ROOT_DIFFERS, COUNT_DIFFERS,
 * EVIDENCE_OTHER. unchecked: FILE_DIFFERS.
 */
export function inclusionCheck({ manifest, log, evidence }: LogFacts): Check {
  if (log === null) return unsound('inclusion');
  const fault = log.unreadable ?? rootFault(manifest, log) ?? evidence;
  if (fault !== null) return check('inclusion', 'failed', fault.code, fault.detail);
  const { from, to } = rangeOf(manifest);
  const range = from === to ? 'No entry' : `Entries ${from} to ${to - 1}`;
  if (log.hashed === 0) return check('inclusion', 'verified', 'COMPLETE', `${range}: complete.`);
  const hashed = `${range}: complete but for ${log.hashed} hashed ${log.hashed === 1 ? 'entry' : 'entries'}.`;
  return check('inclusion', 'verified', 'COMPLETE_BUT_HASHED', hashed);
}

function rootFault(manifest: Manifest, log: ReadLog): Fault | null {
  if (log.root === null || !equalBytes(log.root, decodeHex(manifest.checkpoint.root) ?? new Uint8Array())) {
    const detail = 'The entries do not give the root of the checkpoint: one was changed, added or left out.';
    return { code: 'ROOT_DIFFERS', detail };
  }
  if (!countsAgree(manifest, log))
    return { code: 'COUNT_DIFFERS', detail: 'The manifest counts other entries than are here.' };
  return null;
}

/**
 * Whether the values that are given open the commitments of their entries; null where none is given and all is said of
 * what was withheld. verified: OPENED. failed: FIELD_DIFFERS, FIELDS_OTHER, WITHHELD_DIFFERS. unchecked: FILE_DIFFERS,
 * NOT_READ.
 */
export function openingCheck({ manifest, log }: LogFacts): Check | null {
  if (log === null) return unsound('opening');
  if (log.unreadable !== null) return notRead('opening');
  if (log.field !== null) return check('opening', 'failed', log.field.code, log.field.detail);
  if (!withheldAgrees(manifest, log)) {
    return check(
      'opening',
      'failed',
      'WITHHELD_DIFFERS',
      'The manifest counts other withheld fields than are withheld.',
    );
  }
  if (log.opened === 0) return null;
  const withheld = withheldText(manifest);
  const rest = withheld === null ? 'Nothing was withheld.' : `Withheld: ${withheld}.`;
  return check('opening', 'verified', 'OPENED', `${log.opened} values are those that the log committed to. ${rest}`);
}

/**
 * Whether every decision's statement is signed and says what its entry says; null where no decision is here. verified:
 * SIGNED. failed and unchecked: as judgeStatement, of the first entry; STATEMENTS_DIFFER; UNSIGNED; FILE_DIFFERS; NOT_READ.
 */
export function statementCheck({ manifest, log }: LogFacts): Check | null {
  if (log === null) return unsound('statement');
  if (log.unreadable !== null) return notRead('statement');
  const total = log.signed + log.unsigned;
  if (total === 0) return null;
  if (log.failed !== null) return check('statement', 'failed', log.failed.code, log.failed.detail);
  if (!shardsAgree(manifest, log)) {
    const detail = 'The statements beside the log are not those in its entries.';
    return check('statement', 'failed', 'STATEMENTS_DIFFER', detail);
  }
  if (log.unchecked !== null) return check('statement', 'unchecked', log.unchecked.code, log.unchecked.detail);
  return check('statement', 'verified', 'SIGNED', `All ${total} decisions are signed with pinned keys.`);
}

function shardsAgree({ files }: Manifest, { statementShards }: ReadLog): boolean {
  const listed = files.filter(({ name }) => name.startsWith('statements/'));
  return (
    listed.length === statementShards.length &&
    statementShards.every((sha256, n) => listed[n]?.name === statementsShard(n) && listed[n]?.sha256 === sha256)
  );
}

export function unsound(name: Check['name']): Check {
  return check(name, 'unchecked', 'FILE_DIFFERS', 'A file that it needs is not the one that the manifest names.');
}

function notRead(name: Check['name']): Check {
  return check(name, 'unchecked', 'NOT_READ', 'The entries could not be read to their end.');
}
