import type { Check, EvidenceReport, UsedKey } from '../../../shared/domain/verdict.ts';
import { dateText } from '../time.ts';
import { whyFailed } from './why.ts';

/** Of a report what the rows of its checks tell beside them. */
export type Reported = Pick<EvidenceReport, 'kind' | 'profile' | 'generation' | 'root' | 'header' | 'key'>;

/** What stands beside a check's name: a few words, or a machine word. */
export interface Note {
  readonly text: string;
  readonly mono: boolean;
}

const plain = (text: string): Note => ({ text, mono: false });
const mono = (text: string): Note => ({ text, mono: true });

/**
 * A verified check in a few words: the fact that was checked; an unchecked one by what it lacks, where that is said in
 * full once for all; a failed one by the verifier's sentence, or where that is long by what it comes to. It may quote the
 * agent's side.
 */
export function noteOf({ name, verdict, code, detail }: Check, report: Reported): Note {
  const whole = detail.replace(/\.$/, '');
  if (verdict === 'verified') return OF_VERIFIED[name]?.(report, whole) ?? plain(whole);
  if (verdict === 'unchecked') return LACKS[code] ?? plain(whole);
  return plain(whole.length <= TWO_LINES ? whole : whyFailed({ name, code }).lead.replace(/\.$/, ''));
}

/** Characters that a failed check has room for beside its name. */
const TWO_LINES = 70;

const LACKS: { readonly [code: string]: Note | undefined } = {
  NO_KEY: plain('no key pinned'),
  NO_BASELINE: plain('no baseline pinned'),
  NO_VERIFIER: plain('no verifier'),
};

const OF_VERIFIED: { readonly [name in Check['name']]?: (report: Reported, whole: string) => Note | undefined } = {
  structure: ({ profile, header }) => plain([...(profile === null ? [] : [profile]), formText(header)].join(', ')),
  root: ({ root }) => (root === null ? undefined : mono(cut(root))),
  signature: (report) => signedNote('signature', report),
  aid: () => plain('header and identity agree'),
  pcrs: () => plain('match the pinned baseline'),
  nonce: ({ header }) => (header === undefined ? undefined : mono(header.nonce)),
  // Of a packet that carries a token these members are the packet's own.
  'token.structure': ({ kind, generation }) =>
    kind === 'token' && generation !== undefined ? plain(`generation ${generation}`) : undefined,
  'token.signature': (report) => signedNote('token.signature', report),
  'token.lifecycle': (_, whole) => plain(whole.replace(/^The token lasts until/, 'until')),
};

/** The key that a check of a signature rests on; null where the report's key is that of another signature. */
export function keyOf(name: Check['name'], { key }: Pick<Reported, 'key'>): UsedKey | null {
  if (name !== 'signature' && name !== 'token.signature') return null;
  return key !== null && (key.purpose === 'issuer') === (name === 'token.signature') ? key : null;
}

function formText(header: Reported['header']): string {
  return header === undefined ? 'JSON form' : `version ${header.version}`;
}

function signedNote(check: Check['name'], report: Reported): Note | undefined {
  const key = keyOf(check, report);
  if (key === null) return undefined;
  return plain(key.valid_from === null ? key.name : `${key.name}, since ${dateText(key.valid_from)}`);
}

/** A hash in eight digits and four, as everywhere where the whole has no room. */
function cut(hex: string): string {
  return `${hex.slice(0, 8)}…${hex.slice(-4)}`;
}
