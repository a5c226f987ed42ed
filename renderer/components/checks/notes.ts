import type { Check, EvidenceReport } from '../../../shared/domain/verdict.ts';
import { dateText } from '../time.ts';

/** Of a report what the rows of its checks tell beside them. */
export type Reported = Pick<EvidenceReport, 'profile' | 'generation' | 'root' | 'header' | 'key'>;

/** What stands beside a check's name: a few words, or a machine word. */
export interface Note {
  readonly text: string;
  readonly mono: boolean;
}

const plain = (text: string): Note => ({ text, mono: false });
const mono = (text: string): Note => ({ text, mono: true });

/**
 * A verified check in a few words: the fact that was checked. Every other check in the verifier's own sentence, which
 * may quote the agent's side.
 */
export function noteOf(check: Check, report: Reported): Note {
  const short = check.verdict === 'verified' ? OF_VERIFIED[check.name]?.(report) : undefined;
  return short ?? plain(check.detail.replace(/\.$/, ''));
}

const OF_VERIFIED: { readonly [name in Check['name']]?: (report: Reported) => Note | undefined } = {
  structure: ({ profile, header }) =>
    profile === null
      ? undefined
      : plain([profile, header === undefined ? 'JSON form' : versionText(header)].join(', ')),
  root: ({ root }) => (root === null ? undefined : mono(cut(root))),
  signature: ({ key }) => (key === null ? undefined : plain(signedWith(key))),
  aid: () => plain('header and identity agree'),
  nonce: ({ header }) => (header === undefined ? undefined : mono(header.nonce)),
  'token.structure': ({ generation }) => (generation === undefined ? undefined : plain(`generation ${generation}`)),
  'token.signature': ({ key }) => (key === null ? undefined : plain(signedWith(key))),
};

const versionText = ({ version }: { version: number }): string => `version ${version}`;

function signedWith({ name, valid_from }: NonNullable<Reported['key']>): string {
  return valid_from === null ? name : `${name}, since ${dateText(valid_from)}`;
}

/** A hash in eight digits and four, as everywhere where the whole has no room. */
function cut(hex: string): string {
  return `${hex.slice(0, 8)}…${hex.slice(-4)}`;
}
