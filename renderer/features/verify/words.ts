import type { PillarName } from '../../../shared/domain/anatomy.ts';
import type { OpenCause } from '../../components/checks/ways-out.ts';
import { numberText } from '../../components/numbers.ts';

const plural = new Intl.PluralRules('en-GB');
const counted = (n: number, one: string, other: string): string =>
  `${numberText(n)} ${plural.select(n) === 'one' ? one : other}`;

/** The sentences about evidence: what could not be checked, what a packet is made of, what a dropped file is worth. */
export const words = {
  none: 'none',

  waysOut: 'What would make it checked',
  manyWait: (n: number) => `${counted(n, 'check waits', 'checks wait')} for the same thing:`,
  oneWaits: (check: string) => `${check} was not checked:`,
  openCheck: (check: string) => `${check} was not checked.`,
  cause: {
    packet: 'No packet is attached: nothing shows that a gate signed this request.',
    'gate-key': 'no key of a gate is pinned.',
    'issuer-key': 'no key of a token issuer is pinned.',
    baseline: 'no PCR baseline is pinned for this agent.',
    verifier: 'this desk does not verify STARK proofs. No key changes that.',
    other: '',
  } as { readonly [cause in OpenCause]: string },
  way: {
    gate: 'Pin a gate’s key…',
    issuer: 'Pin an issuer’s key…',
    baseline: 'Set this baseline…',
    baselines: 'Set a baseline…',
    attach: 'Attach the packet…',
  },
  noBaselineInPacket: 'The packet names no measurements that could be a baseline.',

  parts: 'parts',
  fits: 'fits',
  claimed: 'Claimed',
  claimedShort: 'claimed',
  computed: 'Computed',
  difference: 'Difference',
  partFrom: (n: number) => `They part from character ${numberText(n)} on.`,
  sides: {
    hash: ['Claimed', 'Computed from the contents'],
    aid: ['In the header', 'In the identity'],
    nonce: ['In the header', 'In the authority'],
  } as const,

  treeTitle: 'How its parts make the root',
  tree: {
    name: {
      root: 'Root',
      left: 'Intent and authority',
      right: 'Identity and witness',
      intent: 'Intent',
      authority: 'Authority',
      identity: 'Identity',
      witness: 'Witness',
    } as { readonly [name in PillarName | 'root' | 'left' | 'right']: string },
    state: {
      fits: 'fits',
      parts: 'parts from what is claimed',
      computed: 'computed',
      missing: 'could not be computed',
    },
    caption: {
      fits: 'Each part has a fingerprint, and they are joined two by two. The last one is the root, and it is the root that the packet claims.',
      parts:
        'Each part has a fingerprint, and they are joined two by two. The last one is the root, and it is not the root that the packet claims: what it says was changed.',
      computed: 'Each part has a fingerprint, and they are joined two by two. The packet claims no root to hold it to.',
      missing: 'A part is missing or can’t be read, so there is no root to compare.',
    },
  },

  pillarsTitle: 'Its four parts',
  pillar: {
    intent: 'what the agent wants to do',
    authority: 'what the gate said to it',
    identity: 'which agent, on which machine',
    witness: 'who saw it, and when',
  } as { readonly [name in PillarName]: string },
  rule: {
    prefixed: 'it fits: SHA-256 with the leading zero byte, as the root’s leaves',
    naked: 'it fits: SHA-256 of the text alone',
    neither: 'it fits by neither rule',
  },
  noPillar: 'This part is missing or can’t be read.',
  pillarText: (name: PillarName) => `The ${name} of the packet`,
  pillarTitle: 'As it stands in the packet',
  pillarBytes: (name: PillarName) => `Bytes of the ${name}`,
  showBytes: (n: string) => `Show its ${n} bytes`,
  hideBytes: 'Hide its bytes',
  moreBytes: (shown: string, all: string) => `Show more: ${shown} of ${all} bytes shown`,
  cut: (n: string) => `Only the beginning is shown; the whole has ${n} bytes.`,
  fault: 'It could not be read to its end:',

  formTitle: 'How it is written',
  form: {
    profile: 'Profile',
    generation: 'Generation',
    canonicalization: 'Canonical form',
    version: 'Version',
    aid: 'Header: agent',
    root: 'Header: root',
    nonce: 'Header: nonce',
  },
  unknownProfile: 'none that is known gives this root',
  canonicalization: {
    same: 'RFC 8785 and the protocol’s own form agree',
    'serde_jcs only': 'the protocol’s own form; RFC 8785 would give another root',
    'rfc8785 only': 'RFC 8785; the protocol’s own form would give another root',
  } as { readonly [form: string]: string | undefined },
  segments: 'Segments',
  segmentColumns: { type: 'Type', name: 'Segment', offset: 'Offset', length: 'Bytes', covered: 'Covered by the root' },
  covered: 'yes',
  notCovered: 'no: it can be changed unseen',
  overRoot: 'no: it is made over the root',

  signatureTitle: 'Signature',
  noSignature: 'It has no signature.',
  keysTried: 'Pinned keys that were tried',
  noKeys: 'None: no key that could have made it is pinned.',
  purpose: { gate: 'gate', issuer: 'token issuer', reviewer: 'reviewer', witness: 'witness', desk: 'desk' },

  opening: {
    title: 'Open the commitment',
    note: 'The agent keeps its prompt hidden and committed itself to it. With the prompt and the salt you can see whether it was this one. A commitment binds 64 bits only, so a match is no proof by itself. Nothing you enter is kept.',
    prompt: 'Prompt',
    salt: 'Salt',
    saltNote: 'An even number of hex digits; empty if there was none.',
    badSalt: 'These are no pairs of hex digits.',
    open: 'Open',
    answer: { verified: 'It opens', failed: 'It does not open', unchecked: 'It could not be tried' },
  },

  file: {
    title: (n: number) => (n === 1 ? 'What this file is worth' : `What these ${numberText(n)} files are worth`),
    reading: 'Verifying…',
    stored: 'Nothing was stored.',
    checks: 'Checks',
    kind: {
      vep: 'packet',
      capsule: 'capsule',
      token: 'continuation token',
      bundle: 'bundle',
      checkpoint: 'checkpoint',
      proof: 'proof',
      unknown: 'no evidence that this desk knows',
    },
    unknown: 'This file is neither a packet, a capsule nor a token, so there is nothing in it to verify.',
    about: (kind: string, bytes: string) => `${kind}, ${bytes}`,
    sha256: 'SHA-256',
    copySha: 'Copy SHA-256',
    findings: 'Odd, and no reason to fail',
    which: 'File',
    more: 'All bytes and details',
    less: 'Checks only',
    import: 'Import…',
    attach: 'Attach to this escalation',
    close: 'Close',
  },
};

/** The sentences of a verification as a job. */
export const JOB_WORDS = {
  title: 'Verification',
  section: 'Verifications',
  running: (done: string, total: string | null) =>
    total === null ? `${done} verified so far` : `${done} of ${total} verified`,
  stop: 'Stop',
  stopped: 'Stopped. What was verified before is kept; the rest stays unchecked.',
  result: (judged: string, changed: string) => `Verified ${judged}: ${changed} changed`,
  again: 'Verify all again',
  note: 'All evidence of the tenant, judged with the keys that are pinned now.',
  tiles: {
    judged: 'escalations judged',
    verified: 'verified',
    failed: 'failed',
    unchecked: 'unchecked',
    changed: 'verdicts changed',
  },
  changedTitle: 'What changed',
  columns: { id: 'Escalation', before: 'Before', after: 'Now', detail: 'Why' },
  noChange: 'No verdict changed.',
  listed: (shown: string, all: string) => `The first ${shown} of ${all} are listed.`,
  emptyId: 'empty id',
  see: 'See which',
  barRunning: (done: string, total: string | null) =>
    total === null
      ? `Verifying with the present keys: ${done} done`
      : `Verifying with the present keys: ${done} of ${total}`,
  dismiss: 'Dismiss',
} as const;
