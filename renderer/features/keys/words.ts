import type { KeyPurpose } from '../../../shared/domain/verdict.ts';
import { numberText } from '../../components/numbers.ts';

/** The sentences about keys: whom the tenant trusts, and what signs here. */
export const words = {
  noTenant: 'There is no tenant yet, and keys belong to one.',
  toFirstRun: 'Name it in the first run',
  columns: {
    purpose: 'Purpose',
    name: 'Name',
    fingerprint: 'Fingerprint',
    valid: 'Valid',
    status: 'Status',
    more: 'More',
  },
  /** The key's digits go with its name: a rotated key and its successor are called alike. */
  more: (name: string, digits: string) => `More for ${name} ${digits}`,
  cancel: 'Cancel',
  close: 'Close',

  trust: {
    title: 'Keys to trust',
    note: 'Evidence is judged with these keys only, never with a key that came with it.',
    compare: 'Compare with a file…',
    add: 'Add key…',
    export: 'Export trust file…',
    exported: (n: number) => `The trust file has ${n === 1 ? '1 entry' : `${n} entries`}.`,
  },
  does: {
    gate: 'signs capsule roots',
    issuer: 'signs continuation tokens',
    reviewer: 'signs decisions',
    witness: 'cosigns checkpoints',
    desk: 'signs checkpoints',
  } as { readonly [purpose in KeyPurpose]: string },
  did: {
    gate: 'signed capsule roots',
    issuer: 'signed continuation tokens',
    reviewer: 'signed decisions',
    witness: 'cosigned checkpoints',
    desk: 'signed checkpoints',
  } as { readonly [purpose in KeyPurpose]: string },
  lacks: {
    gate: { title: 'No gate key.', text: 'Signatures on packets stay unchecked.' },
    issuer: { title: 'No issuer key.', text: 'Signatures on continuation tokens stay unchecked.' },
    witness: { title: 'No witness key.', text: 'Cosignatures on checkpoints stay unchecked.' },
  },
  status: {
    'in-use': 'In use',
    'not-yet': 'Not yet valid',
    ended: 'Ended',
    revoked: 'Revoked',
    waits: 'Waits for you',
  },
  valid: {
    from: (day: string) => `from ${day}`,
    until: (day: string) => `until ${day}`,
    between: (from: string, until: string) => `${from} to ${until}`,
    open: 'no end given',
  },
  acts: {
    show: 'Show the fingerprint',
    confirm: 'Confirm…',
    forget: 'Forget',
    retire: 'Retire…',
    replace: 'Replace…',
    revoke: 'Revoke…',
    unlock: 'Unlock…',
    lock: 'Lock now',
    rotate: 'Rotate…',
    backup: 'Save a backup…',
  },

  fingerprint: {
    title: 'Fingerprint',
    whole: 'SHA-256 of the public key',
    wholeOfValues: 'SHA-256 of the aid and its values',
    words: 'In words',
    publicKey: 'Public key',
    source: 'Came from',
    pinned: 'Pinned',
    pinnedBy: (who: string, at: string) => `by ${who}, ${at}`,
    revoked: 'Revoked because',
    copy: 'Copy the fingerprint',
  },

  add: {
    title: 'Add a key',
    replaceTitle: (name: string) => `Replace ${name}`,
    typed: 'Type it in',
    file: 'From a trust file',
    purpose: 'Purpose',
    purposes: {
      gate: 'gate: signs packets',
      issuer: 'issuer: signs continuation tokens',
      reviewer: 'reviewer: signs resolution packets',
      witness: 'witness: cosigns checkpoints',
      desk: 'desk: signs checkpoints',
    } as { readonly [purpose in KeyPurpose]: string },
    name: 'Name',
    nameNote: 'as your team calls it',
    hex: 'Public key',
    hexNote: '64 hex digits',
    hexBad: 'A public key has 64 hex digits.',
    from: 'Valid from',
    until: 'Valid until',
    dayNote: 'optional, a day in UTC',
    next: 'Continue',
    choose: 'Choose a trust file…',
    reading: 'Reading the file…',
    fileNote: 'A JSON array of keys and PCR baselines. Each is compared before it counts.',
    known: (n: number) => (n === 1 ? '1 of these is known here already.' : `${n} of these are known here already.`),
    allKnown: 'All of it is known here already. Nothing is to be confirmed.',
  },

  confirm: {
    title: 'Compare before you trust',
    note: 'A key that came with a file proves nothing about itself. Ask its owner over another channel: a call, a visit, a page that you know.',
    typed: 'Type the fingerprint from the other channel',
    typedNote: '32 hex digits or more, or the 12 words',
    typedRight: 'This is its fingerprint.',
    typedWrong: 'This is not its fingerprint. Do not trust the key before you know why.',
    compared: 'I compared it with what its owner told me over another channel.',
    comparedValues: 'I compared these values with what the machine’s owner gave me.',
    pin: (n: number) => (n === 0 ? 'Pin' : `Pin ${n}`),
    rest: (n: number) =>
      n === 1
        ? '1 is not confirmed. It stays and waits for you.'
        : `${n} are not confirmed. They stay and wait for you.`,
    later: 'Later',
    off: 'Pin is off: type a fingerprint, or say that you compared it.',
  },

  compare: {
    title: 'Compare with a file',
    note: 'Nothing is changed by looking.',
    same: (n: number) => `${n} the same`,
    differs: (n: number) => `${n} with another name or validity`,
    fresh: (n: number) => `${n} only in the file`,
    missing: (n: number) => `${n} only here`,
    offer: (n: number) => (n === 1 ? 'Confirm the new one…' : `Confirm the ${n} new ones…`),
    choose: 'Choose a trust file…',
    again: 'Choose another file…',
  },

  end: {
    retireTitle: (name: string) => `Retire ${name}`,
    retireNote: 'What it signed until then stays verified. What it signs later fails.',
    until: 'Last day, in UTC',
    untilNote: 'now when left empty',
    retire: 'Retire',
    revokeTitle: (name: string) => `Revoke ${name}`,
    revokeNote: 'All trust is taken from it, whatever its validity was: everything that it signed fails from now on.',
    revokeOwnNote:
      'All trust is taken from your key and its private part is removed. Packets that it signed fail from now on. This can’t be undone.',
    reason: 'Reason',
    reasonNote: 'required; it is kept with the key',
    revoke: 'Revoke',
  },

  baselines: {
    title: 'PCR baselines',
    note: 'A packet whose aid has no baseline is unchecked, whatever else is verified.',
    pin: 'Pin from a file…',
    none: 'No PCR baseline.',
    noneText: 'The machines’ measurements in packets stay unchecked.',
    pcr: (index: string) => `PCR ${index}`,
    pinned: (aids: number, by: string, at: string) =>
      `for ${aids === 1 ? '1 aid' : `${numberText(aids)} aids`}, pinned by ${by} ${at}`,
    you: 'you',
    aid: 'aid',
    forAid: 'for aid',
    showAids: (n: number) => `Show the ${n} aids`,
  },

  own: {
    title: 'Your keys and the desk’s',
    note: 'Private parts stay on this computer, encrypted. Back them up: a lost key cannot be made again.',
    desk: 'This desk',
    does: { reviewer: 'signs your packets', desk: 'signs checkpoints' },
    none: 'You have no key yet.',
    noneText: 'Without one no packet can be sealed with your decisions.',
    make: 'Make a key…',
    recover: 'Recover from a file…',
    open: (minutes: number | null) => (minutes === null ? 'open' : `${minutes} min open`),
    locked: 'locked',
    lost: 'can’t be opened',
    rotated: 'Rotated',
    notBackedUp: 'Not backed up.',
    notBackedUpText: 'Your key exists on this computer only.',
    backedUp: (at: string) => `Backed up ${at}.`,
  },

  make: {
    title: 'Make your key',
    note: 'Your key is made on this computer and never leaves it unencrypted. It seals packets of your decisions.',
    keyring: 'This computer’s keyring protects it. You need no passphrase.',
    name: 'Name',
    go: 'Make the key',
    making: 'Making…',
  },
  passphrase: {
    label: 'Passphrase',
    newLabel: 'New passphrase',
    again: 'Passphrase again',
    note: 'Nobody can reset it. A recovery file and its own passphrase are the only way back.',
    differs: 'The two are not the same.',
    strength: {
      empty: 'At least 8 characters. Four words that nobody would put together are good.',
      short: 'Too short: at least 8 characters.',
      weak: 'Weak: a program guesses this quickly. Make it longer.',
      fair: 'Fair. One or two words more make it strong.',
      strong: 'Strong.',
    },
  },
  unlock: {
    title: 'Unlock your key',
    go: 'Unlock',
    going: 'Unlocking…',
    time: 'Stays open for',
    minutes: (n: number) => (n < 60 ? `${n} minutes` : n === 60 ? '1 hour' : `${n / 60} hours`),
  },
  rotate: {
    title: 'Rotate your key',
    note: 'A new key takes its place. What the old one signed stays verified; it signs nothing more.',
    go: 'Rotate',
    backup: 'Back the new key up afterwards.',
  },
  backup: {
    title: 'Save a recovery file',
    note: 'The file holds your private key, encrypted under a passphrase of its own. Keep it away from this computer.',
    go: 'Save the file',
    goDesktop: 'Save the file…',
    saved: 'The recovery file is saved. Keep it away from this computer.',
    locked: 'Unlock your key first: a locked key can’t be copied.',
  },
  recover: {
    title: 'Recover a key from its file',
    choose: 'Choose the recovery file…',
    filePassphrase: 'Passphrase of the file',
    go: 'Recover',
  },
  lost: {
    title: 'Your key can’t be opened any more',
    what: 'The keyring of this computer that protected it is another now, locked, or gone. Nothing was removed.',
    works:
      'Still works: reading, verifying, searching, exporting, and deciding with a packet that you attach. Only sealing with this key does not.',
    todo: 'If the keyring comes back, so does the key. Else recover it from its file, or revoke it and make a new one.',
    again: 'Try again',
  },

  verifying: {
    running: (n: number) =>
      n === 1 ? '1 escalation is being verified again' : `${numberText(n)} escalations are being verified again`,
    progress: (done: string, total: string | null) => (total === null ? done : `${done} of ${total}`),
    waiting: (n: number) =>
      n === 1
        ? '1 escalation is not verified with the present keys yet.'
        : `${numberText(n)} escalations are not verified with the present keys yet.`,
    start: 'Verify now',
    changed: (n: number) => (n === 1 ? '1 verdict changed' : `${numberText(n)} verdicts changed`),
    unchanged: (n: number) =>
      n === 1
        ? '1 escalation was verified again. No verdict changed.'
        : `${numberText(n)} escalations were verified again. No verdict changed.`,
    first: (shown: number, all: number) => `The first ${numberText(shown)} of ${numberText(all)}.`,
    failed: 'The verification ended early. What was judged stands.',
    dismiss: 'Dismiss',
    counts: (verified: number, unchecked: number, failed: number) =>
      `${numberText(verified)} verified, ${numberText(unchecked)} unchecked, ${numberText(failed)} failed.`,
    stopped: 'Stopped. What was judged stands.',
  },
};
